"""From the account a runner reaches what else there is."""

from __future__ import annotations

import re

from tests.web.account.people import Phone


def test_the_account_leads_to_progress_and_calendar(phone: Phone) -> None:
    phone.join()
    page = phone.open("/account").text
    progress = re.search(r'href="(/progress/[^"]+)"', page)
    feed = re.search(r'value="https://stridewell\.example(/calendar/[^"]+)"', page)
    assert progress is not None
    assert feed is not None
    assert "Your progress" in phone.open(progress[1]).text
    assert phone.website.get(feed[1]).status_code == 200
