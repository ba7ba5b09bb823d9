"""What comes back by mail is read from a real mailbox, and only what we signed changes anything."""

from __future__ import annotations

import email
import email.policy
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import delivery, returning
from app.returning import ReturnCounts
from app.settings import Settings
from app.wiring import House, open_house
from mail.smtp import Transport
from models import erasing, moves, returns, suppressions
from models.people import Status
from tests.app.conftest import KEY, Clock
from tests.app.people import add, found, plan
from tests.mail import imap, returned
from tests.mail.servers import Arrived, Behaviour, a_server
from tests.mail.test_postbox import delivered


def sent(house: House, *names: str) -> dict[str, Arrived]:
    """A weekly mail that went out to each runner, by name, as the next server got it."""
    server = Behaviour()
    plan(house, *(found(house, n) for n in names))
    with a_server(server) as running, Transport(f"smtp://127.0.0.1:{running.port}", connections=1) as way:
        assert delivery.deliver_all(house, way, worker="w").sent == len(names)
    return {a.recipients[0].partition("@")[0]: a for a in server.arrived}


def read(house: House, *mails: bytes) -> ReturnCounts:
    total = ReturnCounts()
    for number, octets in enumerate(mails):
        total += returning.read_one(house, octets, f"mail {number}", now=house.clock())
    return total


def why(house: House, name: str) -> str | None:
    with house.sessions() as session:
        return suppressions.why(session, f"{name}@example.org")


@pytest.fixture
def both(house: House) -> House:
    add(house, "ana", "ben")
    return house


def test_a_bounce_from_an_imap_mailbox_ends_mail_to_that_runner_alone(home: Path, clock: Clock) -> None:
    with open_house(Settings(home=home, secret_key=(KEY,)), clock=clock) as house:
        add(house, "ana", "ben")
        mails = sent(house, "ana", "ben")
    bounce = returned.bounce(path=mails["ana"].sender)
    with imap.a_server(bounce, returned.by_a_person(), returned.away(mails["ben"].sender)) as port:
        settings = Settings(home=home, secret_key=(KEY,), returns_url=imap.url(port))
        with open_house(settings, clock=clock) as house:
            with returning.opened(house) as box:
                assert returning.read_all(house, box) == ReturnCounts(read=3, bounced=1, passed=1, kept=1)
            with returning.opened(house) as box:
                assert returning.read_all(house, box) == ReturnCounts()
            assert (why(house, "ana"), why(house, "ben")) == (suppressions.BOUNCED, None)
            with house.sessions() as session:
                (kept,) = returns.kept(session)
        left = imap.flags(port)
    assert [f"UID {uid}" for uid in left] == [kept.place], "what was read is gone, what is for a person is there"
    assert "a person wrote it" in kept.note


def test_without_a_setting_the_folder_in_the_embedded_mailbox_is_read(both: House) -> None:
    mails = sent(both, "ana")
    folder = delivered(both.settings.mailbox_folder / "returns", returned.exim(mails["ana"].sender))
    with returning.opened(both) as box:
        assert returning.read_all(both, box).bounced == 1
    assert list((folder / "new").iterdir()) == []


def test_where_no_mailbox_is_named_mail_goes_out_without_an_address_to_unsubscribe_at(home: Path) -> None:
    given = {"home": home, "secret_key": (KEY,), "smtp_url": "smtp://mx.example.org", "postal_address": "1 Mill Lane"}
    real = Settings(**given, mail_from="c@example.org")
    assert real.returns == ""
    assert Settings(**given, mail_from="c@example.org", returns_url="maildir:r").returns == "maildir:r"


def test_a_mail_program_can_unsubscribe_by_mail(both: House) -> None:
    mail = email.message_from_bytes(sent(both, "ana")["ana"].content, policy=email.policy.SMTP)
    page, address = (part.strip(" <>") for part in mail["List-Unsubscribe"].split(","))
    assert page.startswith("http")
    to = address.removeprefix("mailto:").removesuffix("?subject=unsubscribe").replace("%2B", "+")
    assert read(both, returned.leaving(to)).unsubscribed == 1
    assert found(both, "ana").status is Status.UNSUBSCRIBED


def test_a_complaint_unsubscribes_whoever_got_the_mail(both: House) -> None:
    mails = sent(both, "ana", "ben")
    assert read(both, returned.complaint(path=mails["ben"].sender)).complained == 1
    assert (why(both, "ana"), why(both, "ben")) == (None, suppressions.COMPLAINED)


def test_a_forged_bounce_silences_nobody(both: House) -> None:
    mails = sent(both, "ana", "ben")
    true = mails["ana"].sender
    other = mails["ben"].sender
    forged = [
        returned.bounce(),
        returned.complaint(),
        returned.leaving(),
        returned.bounce(path=true.replace(true[-24:-20], "aaaa")),
        returned.bounce(path=true.replace("b+", "u+")),
        returned.leaving(true.replace("b+", "u+")),
        # Ana's number with the signature of Ben's mail.
        returned.bounce(path=f"{true.partition('.')[0]}.{other.partition('.')[2]}"),
        # Two runners at once: one of the two is somebody else's.
        returned.bounce(path=true).replace(b"To: ", b"To: " + other.encode() + b", "),
    ]
    assert read(both, *forged) == ReturnCounts(read=len(forged), kept=len(forged))
    assert (why(both, "ana"), why(both, "ben")) == (None, None)


def test_a_mail_full_of_made_up_signatures_costs_no_more_than_another(both: House) -> None:
    true = sent(both, "ana")["ana"].sender
    many = ", ".join(f"b+{n}.aaaaaaaaaaaaaaaa@x" for n in range(100))
    assert read(both, returned.bounce(path=f"{true}, {many}")).kept == 1


def test_a_bounce_from_an_address_left_behind_says_nothing_of_the_new_one(both: House) -> None:
    ana = found(both, "ana")
    mails = sent(both, "ana")
    with both.sessions.begin() as session:
        moves.ask(session, ana, "new@example.org", occasion="one", now=both.clock())
        moves.agree(session, ana, "old", occasion="one", now=both.clock())
        moves.agree(session, ana, "new", occasion="one", now=both.clock())
    assert read(both, returned.bounce(path=mails["ana"].sender)).kept == 1
    assert (why(both, "ana"), why(both, "new")) == (None, None)


def test_a_bounce_after_good_bye_is_nobodys(both: House) -> None:
    ana = found(both, "ana")
    mails = sent(both, "ana")
    with both.sessions.begin() as session:
        erasing.erase(session, ana, now=both.clock())
    assert read(both, returned.bounce(path=mails["ana"].sender)).kept == 1


def test_reading_a_mail_again_after_a_crash_changes_nothing_more(both: House) -> None:
    soft = returned.bounce("4.2.2", path=sent(both, "ana")["ana"].sender)
    assert read(both, soft, soft) == ReturnCounts(read=2, counted=1, passed=1)


def test_one_bad_mail_does_not_stop_the_others(both: House) -> None:
    true = sent(both, "ana")["ana"].sender
    deep = b"Content-Type: message/rfc822\r\n\r\n" * 8000
    folder = delivered(both.settings.mailbox_folder / "returns", deep, b"", b"\0\xff", returned.bounce(path=true))
    with returning.opened(both) as box:
        assert returning.read_all(both, box) == ReturnCounts(read=4, bounced=1, kept=3)
    assert len(list((folder / "cur").iterdir())) == 3
    with both.sessions() as session:
        assert len(returns.kept(session)) == 3


def test_the_logs_hold_numbers_and_no_address(both: House, caplog: pytest.LogCaptureFixture) -> None:
    true = sent(both, "ana")["ana"].sender
    with caplog.at_level(logging.DEBUG):
        read(both, returned.bounce(path=true), returned.qmail(), returned.by_a_person(true))
    assert "5.1.1" in caplog.text
    assert "@" not in caplog.text
    assert "ana" not in caplog.text.replace("manager", "")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_forger_who_never_had_the_mail_silences_its_reader(forging: House, data: st.DataObject) -> None:
    mac = data.draw(st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16))
    purpose, number = data.draw(st.sampled_from("bu")), data.draw(st.integers(0, 4))
    path = f"{purpose}+{number}.{mac}@{data.draw(st.sampled_from(['stridewell.localhost', 'x']))}"
    kind = data.draw(st.sampled_from([returned.bounce, returned.qmail, returned.exim]))
    read(forging, kind(path=path), returned.complaint(path=path), returned.leaving(path))
    assert why(forging, "ana") is None


@pytest.fixture(scope="module")
def forging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house for many examples: nothing in it may change."""
    settings = Settings(home=tmp_path_factory.mktemp("forging"), secret_key=(KEY,))
    clock = Clock(datetime(2026, 11, 22, 18, 0, tzinfo=UTC))
    with open_house(settings, upgrade=True, clock=clock) as house:
        add(house, "ana")
        sent(house, "ana")
        yield house
