"""What comes back is read for what it is, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail import returns
from mail.returns import LARGEST
from mail.verp import Token
from tests.mail import returned

TOKEN = Token("b", 7, "abcdefghijklmnop")


def kind_and_status(octets: bytes) -> tuple[str, str]:
    found = returns.read(octets)
    return found.kind, found.status


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        ("5.1.1", "", ("hard", "5.1.1")),
        ("5.1.10", "", ("hard", "5.1.10")),
        ("5.2.1", "", ("hard", "5.2.1")),
        ("5.4.4", "", ("hard", "5.4.4")),
        ("5.0.0", "smtp; 550-5.1.1 there is no such person", ("hard", "5.1.1")),
        ("", "smtp; 550 5.1.1 nobody", ("hard", "5.1.1")),
        ("4.2.2", "smtp; 452 4.2.2 full", ("soft", "4.2.2")),
        ("4.4.7", "", ("soft", "4.4.7")),
        ("5.2.2", "", ("soft", "5.2.2")),
        ("5.7.1", "smtp; 550 5.7.1 looks like spam", ("soft", "5.7.1")),
        ("5.7.26", "", ("soft", "5.7.26")),
        ("5.0.0", "smtp; 550 not today", ("soft", "5.0.0")),
        ("", "smtp; 550 not today", ("soft", "5.0.0")),
        ("", "", ("soft", "")),
        ("nonsense", "", ("soft", "")),
        ("5.1.1 (bad mailbox)", "", ("hard", "5.1.1")),
    ],
)
def test_a_bounce_is_hard_when_its_status_says_that_nobody_is_there(status, said, expected):
    assert kind_and_status(returned.bounce(status, said)) == expected


def test_a_delay_and_a_delivery_are_no_bounces():
    for action in ("delayed", "delivered", "relayed", "expanded"):
        assert kind_and_status(returned.bounce("4.4.1", action=action)) == ("passing", "")


def test_a_report_that_was_sent_encoded_is_read_all_the_same():
    assert kind_and_status(returned.bounce(encoded=True)) == ("hard", "5.1.1")


def test_a_bounce_in_a_servers_own_words_is_read_when_it_shows_a_status():
    assert kind_and_status(returned.qmail()) == ("hard", "5.1.1")
    assert kind_and_status(returned.exim()) == ("hard", "5.2.1")
    assert kind_and_status(returned.exim(said="452 try later")) == ("soft", "4.0.0")
    assert returns.read(returned.qmail(said="No.")).kind == "unclear", "nor is the mail itself searched for one"


def test_an_address_of_a_machine_is_no_status():
    assert kind_and_status(returned.exim(said="said 550 to 4.2.2.1 and 5.1.1.9")) == ("soft", "5.0.0")


def test_a_complaint_is_one_unless_it_takes_the_mail_in_defence():
    for kind in ("abuse", "Fraud", "opt-out", "other"):
        assert returns.read(returned.complaint(kind)).kind == "complaint"
    for kind in ("not-spam", "auth-failure"):
        assert returns.read(returned.complaint(kind)).kind == "passing"
    assert returns.read(returned.complaint("")).kind == "unclear"


def test_an_automatic_answer_is_nothing_to_act_on():
    assert returns.read(returned.away()).kind == "passing"
    assert (
        returns.read(returned.away().replace(b"Auto-Submitted: auto-replied (vacation)", b"X-Autoreply: yes")).kind
        == "passing"
    )


def test_a_mail_to_unsubscribe_is_one_whatever_it_says():
    assert returns.read(returned.leaving()).kind == "unsubscribe"
    assert returns.read(returned.leaving(returned.OURS)).kind == "unclear", "a return path is nobody's wish to leave"


def test_what_a_person_writes_is_left_to_a_person():
    assert returns.read(returned.by_a_person()).kind == "unclear"


@pytest.mark.parametrize(
    "octets", [returned.bounce(), returned.complaint(), returned.away(), returned.qmail(), returned.exim()]
)
def test_what_came_back_says_which_mail_it_is_about(octets):
    assert returns.read(octets).tokens == {TOKEN}


def test_a_token_in_what_somebody_wrote_is_no_proof():
    said = returned.mail("From: mallory@example.net", "To: x@example.org", body=f"{returned.OURS}\n")
    assert returns.read(said).tokens == frozenset()


def test_the_mail_itself_behind_a_report_may_be_of_any_size():
    whole = returned.bounce() + b"x" * LARGEST
    assert kind_and_status(whole) == ("hard", "5.1.1")


WHOLE = [
    returned.bounce(),
    returned.bounce(encoded=True),
    returned.complaint(),
    returned.away(),
    returned.leaving(),
    returned.qmail(),
    returned.exim(),
    returned.by_a_person(),
]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(WHOLE), st.data())
def test_a_torn_mail_is_read_as_far_as_it_goes(whole, data):
    torn = whole[: data.draw(st.integers(0, len(whole)))]
    found = returns.read(torn)
    assert found.tokens <= returns.read(whole).tokens
    if found.kind == "hard":
        assert returns.read(whole).kind == "hard", "half a mail never says worse than the whole"


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(WHOLE), st.data())
def test_octets_changed_on_the_way_stop_nothing(whole, data):
    octets = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 20))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    assert returns.read(bytes(octets)).note


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_octets_have_an_answer(octets):
    found = returns.read(octets)
    assert found.note
    assert found.kind in ("unclear", "passing", "unsubscribe", "soft", "hard", "complaint")


@pytest.mark.parametrize(
    "hostile",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000)),
        b"Content-Type: message/rfc822\r\n\r\n" * 8000,
        b"Content-Type: text/plain; charset=no-such-set\r\nFrom: mailer-daemon@x\r\n\r\n5.1.1 \xff\xfe\r\n",
        b"To: " + b"b+1.aaaaaaaaaaaaaaaa@x, " * 8000 + b"\r\n\r\n",
        b"\0" * 5000,
        b"From: =?utf-8?B?////?= <mailer-daemon@x>\r\nContent-Type: multipart/report\r\n\r\n",
    ],
)
def test_a_mail_made_to_do_harm_is_only_a_mail(hostile):
    assert returns.read(hostile).note
