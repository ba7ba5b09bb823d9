"""Moving to another address, taking everything along, and being forgotten."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from models import erasing, subscribers, suppressions
from models.people import Subscriber
from tests.web.account.people import Phone, text_of

NEW = "ada@new.example"


def find(phone: Phone, email: str) -> Subscriber | None:
    with phone.website.deps.sessionmaker() as session:
        return subscribers.find(session, email)


def ask_to_move(phone: Phone, to: str = NEW) -> None:
    phone.join()
    phone.open("/account/address")
    phone.press(email=to)


def test_an_address_moves_when_both_ends_have_agreed(phone: Phone) -> None:
    ask_to_move(phone)
    assert "A change is waiting" in phone.shown.text
    old, new = phone.link("/move/old/"), phone.link("/move/new/", NEW)
    assert NEW in phone.open(old).text
    assert find(phone, NEW) is None
    assert "one yes of two" in phone.press().text
    assert "The old address: agreed" in phone.open("/account/address").text
    phone.website.hands["now"] += timedelta(minutes=1)
    phone.open(new)
    assert "Your mails have moved" in phone.press().text
    assert find(phone, "ada@example.org") is None
    assert find(phone, NEW) is not None
    assert "There is no password" in phone.open("/account").text, "signed out everywhere"
    assert "has done its work" in phone.open(old).text


def test_the_new_address_is_forgotten_by_the_outbox_and_hears_nothing_of_the_runner(phone: Phone) -> None:
    ask_to_move(phone)
    (mail,) = phone.mails(NEW)
    assert "Ada" not in mail.as_string()
    assert mail["List-Unsubscribe"] is None
    assert NEW not in repr(phone.website.everything()["outbox"])


def test_whether_an_address_is_taken_is_not_told(phone: Phone) -> None:
    ask_to_move(phone, "ana@example.org")
    waiting = re.sub("ana@example.org", "…", phone.shown.text)
    phone.open("/account/address")
    phone.press(email="free@example.org", at=1)
    assert re.sub("free@example.org", "…", phone.shown.text) == waiting
    assert [m for m in phone.mails("ana@example.org") if "from now on" in m["Subject"]] == []
    assert len(phone.mails("free@example.org")) == 1


def test_a_change_can_be_taken_back(phone: Phone) -> None:
    ask_to_move(phone)
    old = phone.link("/move/old/")
    phone.open("/account/address")
    phone.press(("stay", "yes"))
    assert phone.send(old).status_code == 410
    assert find(phone, NEW) is None


@pytest.mark.parametrize("typed", ["", "ada", "ADA@example.org", "a@b@c", "x" * 300 + "@example.org"])
def test_an_address_that_cannot_be_meant_is_not_asked(phone: Phone, typed: str) -> None:
    phone.join()
    before = len(phone.mails())
    phone.open("/account/address")
    page = phone.press(email=typed)
    assert page.status_code == 422
    assert 'id="wrong-email"' in page.text
    assert len(phone.mails()) == before


def test_links_of_a_change_lapse(phone: Phone) -> None:
    ask_to_move(phone)
    link = phone.link("/move/old/")
    phone.website.hands["now"] += timedelta(days=3, minutes=1)
    assert phone.send(link).status_code == 410
    assert phone.open("/move/sideways/x").status_code == 404


def test_everything_can_be_taken_along(phone: Phone) -> None:
    phone.join(injury__knee="4")
    answer = phone.open("/account/export")
    assert re.fullmatch(r'attachment; filename="stridewell-[\d-]+\.json"', answer.headers["content-disposition"])
    assert answer.headers["cache-control"] == "no-store"
    kept = answer.json()
    assert kept["runner"]["email"] == "ada@example.org"
    assert kept["profiles"][0]["profile"]["injuries"][0]["pain"] == 4
    assert kept["plans"][0]["week"]["number"] == 1
    assert kept["consents"][0]["version"]
    assert {letter["kind"] for letter in kept["letters"]} == {"confirm", "weekly"}
    assert "ana@example.org" not in answer.text


def test_erasing_asks_first_shows_a_receipt_and_says_good_bye(phone: Phone) -> None:
    phone.join()
    key = find(phone, "ada@example.org")
    assert key is not None
    phone.open("/account/erase")
    assert "Tick the box" in phone.press().text
    assert find(phone, "ada@example.org") is not None
    page = phone.press(("sure", "yes")).text
    assert "Everything of yours is erased" in page
    found = re.search(r"Receipt ([A-Z2-9-]{14})", page)
    assert found is not None
    with phone.website.deps.sessionmaker() as session:
        receipt = erasing.find(session, found[1])
    assert receipt is not None
    assert (receipt.profiles, receipt.plans, receipt.consents) == (1, 1, 1)
    last = phone.mails()[-1]
    assert last["Subject"] == "Everything of yours is erased"
    assert found[1] in text_of(last)
    assert last["List-Unsubscribe"] is None
    left = repr(phone.website.everything())
    for word in ("ada@", "Ada", key.key, "Oslo"):
        assert word not in left
    assert "There is no password" in phone.open("/account").text


def test_links_of_one_who_was_erased_lead_nowhere(phone: Phone) -> None:
    phone.join()
    confirm, leave = phone.link("/confirm/"), phone.link("/u/")
    phone.open("/account/erase")
    phone.press(("sure", "yes"))
    assert phone.open(confirm).status_code == 410
    assert "nothing more" in phone.open(leave).text


def test_one_who_was_erased_may_come_back_and_an_import_may_not_bring_them(phone: Phone) -> None:
    phone.join()
    phone.open("/account/erase")
    phone.press(("sure", "yes"))
    with phone.website.deps.sessionmaker() as session:
        assert suppressions.why(session, "ada@example.org") == "erased"
    phone.join()
    assert "Welcome" in phone.shown.text
    with phone.website.deps.sessionmaker() as session:
        assert not suppressions.is_suppressed(session, "ada@example.org")


def test_no_good_bye_goes_where_mail_comes_back(phone: Phone) -> None:
    phone.join()
    before = len(phone.mails())
    with phone.website.deps.sessionmaker.begin() as session:
        suppressions.suppress(session, "ada@example.org", "bounced", now=phone.website.deps.clock())
    phone.open("/account/erase")
    assert "last mail" not in phone.press(("sure", "yes")).text
    assert len(phone.mails()) == before
