"""A reminder asks of the sessions that have been, and tells of those to come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mail.reminder import reminder
from tests.mail.letters import RENDERER
from tests.mail.sample import MARA, MONDAY, POSTAL_ADDRESS, URLS, a_week


@pytest.mark.parametrize(
    ("weekday", "asked", "ahead"),
    [
        (1, [], "Still to come: the sessions on Tuesday and Friday. When they are done, answer in your weekly mail."),
        (2, ["Tuesday"], "Still to come: the session on Friday. When it is done, answer in your weekly mail."),
        (4, ["Tuesday"], "Still to come: the session on Friday. When it is done, answer in your weekly mail."),
        (5, ["Tuesday", "Friday"], ""),
    ],
    ids=["Tuesday", "Wednesday", "Friday", "Saturday"],
)
def test_only_sessions_whose_day_is_over_are_asked_about(weekday: int, asked: list[str], ahead: str) -> None:
    letter = reminder(MARA, a_week(), today=MONDAY + timedelta(days=weekday), urls=URLS, postal_address=POSTAL_ADDRESS)
    assert [session.weekday for session in letter.sessions] == asked
    assert letter.ahead == ahead
    text = " ".join(RENDERER.render(letter).text.split())
    assert [day for day in ("Tuesday", "Friday") if f"How was {day}?" in text] == asked
    assert ahead in text
    assert ("there is nothing to answer" in text) == (not asked)
    assert ("One tap" in text + letter.preheader) == bool(asked)
