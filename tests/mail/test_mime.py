from __future__ import annotations

import email
import html as html_entities
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail.headers import HeaderRefused
from mail.mime import Attachment, BodyRefused, Headers, build, letterhead


@dataclass(frozen=True)
class Words:
    subject: str = "Your week: three sessions"
    text: str = "Hello Ann,\r\n\r\nthree sessions this week.\r\n"
    html: str = "<!doctype html>\r\n<p>Hello Ann</p>\r\n"


HEAD = letterhead("Stridewell <coach@stridewell.example>", "Help desk <help@stridewell.example>")
ANN = Headers(
    letterhead=HEAD,
    to_name="Ann Runner",
    to_address="ann@example.org",
    message_id="weekly.2026-11-23.4f1c9a",
    date=datetime(2026, 11, 22, 17, 0, tzinfo=UTC),
    unsubscribe_url="https://stridewell.example/u/WyJxM1pwMHZYMXlUNW1COG5DMmtMdzdBIiwxMDg1XQ.r8DM4U3eCEX",
    campaign="weekly:2026-11-23",
)
WHOLE = st.text(st.characters(exclude_categories=["Cs"]))
ONE_LINE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in (*range(9), *range(10, 32), 127)])
)


def read(octets: bytes):
    message = email.message_from_bytes(octets, policy=default)
    text, html = message.iter_parts()
    return message, text, html


def lines_of(words: str) -> str:
    """The words as mail carries them: CRLF after every line."""
    ended = re.sub(r"\r\n|\r|\n", "\r\n", words)
    return ended if ended.endswith("\r\n") else ended + "\r\n"


def assert_fit_for_the_wire(octets: bytes):
    assert octets.endswith(b"\r\n")
    assert octets.count(b"\r\n") == octets.count(b"\r") == octets.count(b"\n")
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    assert b"\0" not in octets


def test_a_weekly_mail_carries_every_header_that_receivers_ask_for():
    message, text, html = read(build(Words(), ANN))
    assert dict(message.items()) == {
        "From": "Stridewell <coach@stridewell.example>",
        "Reply-To": "Help desk <help@stridewell.example>",
        "List-Id": "Stridewell <stridewell.stridewell.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "To": "Ann Runner <ann@example.org>",
        "Subject": "Your week: three sessions",
        "Date": "Sun, 22 Nov 2026 17:00:00 +0000",
        "Message-ID": "<weekly.2026-11-23.4f1c9a@stridewell.example>",
        "List-Unsubscribe": f"<{ANN.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": "weekly:2026-11-23:stridewell",
        "Content-Type": f'multipart/alternative; boundary="{message.get_boundary()}"',
    }
    assert text.get_content_type() == "text/plain"
    assert html.get_content_type() == "text/html"
    assert text.get_content() == Words().text
    assert html.get_content() == Words().html


@settings(deadline=None)
@given(ONE_LINE, ONE_LINE | st.text('<"\\@, .ü🏃ש', max_size=10), WHOLE, WHOLE)
@example("שלום", "Zoë <z@evil.example>", "…\r\n.\r\nFrom here on\r\n..", "<p>×</p>\n.\n<p>🏃</p>")
@example("=?x?=", '"', "trailing \t\r\n\r\n \r\n", "<style>a::before{content:'→'}</style>")
@example("s", "n", "é" * 2000, "x" * 3000)
@example("s", "n", "plain\rbare\nends\n\r", "<p>\x80\x85</p>\0")
@example("s", "n", "", "")
def test_whatever_is_written_is_read_back(subject, name, text, html):
    octets = build(Words(subject, text, html), replace(ANN, to_name=name))
    assert_fit_for_the_wire(octets)
    message, text_part, html_part = read(octets)
    assert not message.defects
    assert message["Subject"] == " ".join(subject.split())
    (person,) = message["To"].addresses
    assert person.addr_spec == "ann@example.org"
    if len(name.encode()) <= 40:  # longer names: test_headers.py
        assert person.display_name == " ".join(name.split())
    assert text_part.get_content() == lines_of(text)
    assert html_entities.unescape(html_part.get_content()) == html_entities.unescape(lines_of(html))


@settings(deadline=None)
@given(WHOLE, WHOLE)
@example("BEGIN:VCALENDAR\r\nSUMMARY:3 × 10\r\n é\r\nEND:VCALENDAR\r\n", "Hello")
@example("x" * 3000, "é" * 2000)
def test_a_file_goes_along_with_the_same_mail_and_is_read_back(file, text):
    plain = build(Words(text=text), ANN)
    octets = build(Words(text=text), ANN, attachment=Attachment("week.ics", "text/calendar; method=PUBLISH", file))
    assert_fit_for_the_wire(octets)
    headers, _, body = plain.partition(b"Content-Type: ")
    assert octets.startswith(headers)
    assert body in octets
    message = email.message_from_bytes(octets, policy=default)
    assert not message.defects
    assert message.get_content_type() == "multipart/mixed"
    mail, attached = message.iter_parts()
    assert mail.get_content_type() == "multipart/alternative"
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params["method"] == "PUBLISH"
    assert (attached.get_content_disposition(), attached.get_filename()) == ("attachment", "week.ics")
    assert attached.get_content() == lines_of(file)


def test_a_file_that_has_the_boundary_inside_gets_another():
    kind = "text/calendar; method=PUBLISH"
    boundary = email.message_from_bytes(build(Words(), ANN, attachment=Attachment("a.ics", kind, ""))).get_boundary()
    octets = build(Words(), ANN, attachment=Attachment("a.ics", kind, f"--{boundary}--"))
    _, attached = email.message_from_bytes(octets, policy=default).iter_parts()
    assert attached.get_content() == f"--{boundary}--\r\n"


@pytest.mark.parametrize("bad", ['a".ics', "a.ics\r\nBcc: everyone@example.org", "ü.ics"])
def test_nobody_can_add_a_header_through_the_name_of_a_file(bad):
    with pytest.raises(HeaderRefused, match="Content-Disposition"):
        build(Words(), ANN, attachment=Attachment(bad, "text/calendar", ""))


@settings(deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))
def test_the_date_is_read_back_to_the_second(moment, hours):
    moment = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    message, _, _ = read(build(Words(), replace(ANN, date=moment)))
    assert message["Date"].datetime == moment.replace(microsecond=0)


def test_the_same_mail_is_the_same_bytes_and_another_has_another_boundary():
    assert build(Words(), ANN) == build(Words(), replace(ANN))
    other = build(Words(), replace(ANN, message_id="weekly.2026-11-30.4f1c9a"))
    assert read(other)[0].get_boundary() != read(build(Words(), ANN))[0].get_boundary()


def test_a_text_that_has_the_boundary_inside_gets_another():
    boundary = read(build(Words(), ANN))[0].get_boundary()
    words = Words(text=f"--{boundary}\r\nContent-Type: text/html\r\n\r\n<p>not ours</p>\r\n--{boundary}--\r\n")
    message, text, html = read(build(words, ANN))
    assert message.get_boundary() != boundary
    assert text.get_content() == words.text
    assert html.get_content() == words.html


def test_plain_ascii_is_left_readable_and_other_letters_are_encoded():
    message, text, html = read(build(Words(html="<p>3 × 12 – slowly</p>"), ANN))
    assert text["Content-Transfer-Encoding"] == html["Content-Transfer-Encoding"] == "7bit"
    assert html.get_content() == "<p>3 &#215; 12 &#8211; slowly</p>\r\n"
    _, text, _ = read(build(Words(text="3 × 12"), ANN))
    assert text["Content-Transfer-Encoding"] == "quoted-printable"
    assert message.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "html",
    ["<p>" + "x" * 1000 + "</p>", "<style>a::before{content:'→'}</style>", "<p>\x80</p>", "<p>\0</p>"],
    ids=["line too long", "letter in a style", "C1 control", "NUL"],
)
def test_html_that_seven_bits_would_spoil_goes_quoted_printable(html):
    octets = build(Words(html=html), ANN)
    assert_fit_for_the_wire(octets)
    part = read(octets)[2]
    assert part["Content-Transfer-Encoding"] == "quoted-printable"
    assert part.get_content() == html + "\r\n"


@pytest.mark.parametrize("length", [997, 998, 999, 1000, 1001, 2000])
def test_no_line_is_longer_than_998(length):
    for words in (Words(text="y" * length), Words(html="x" * length), Words(html="a\r\n" + "x" * length + "\r\nb")):
        octets = build(words, ANN)
        assert_fit_for_the_wire(octets)
        _, text, html = read(octets)
        assert text.get_content() == lines_of(words.text)
        assert html.get_content() == lines_of(words.html)
        assert (b"quoted-printable" in octets) == (length > 998)


@pytest.mark.parametrize("bad", ["\r\nBcc: everyone@example.org", "\n", "\r", "\0"])
@pytest.mark.parametrize("field", ["to_name", "to_address", "message_id", "unsubscribe_url", "campaign"])
def test_nobody_can_add_a_header(field, bad):
    with pytest.raises(HeaderRefused, match=r"To|Message-ID|List-Unsubscribe|Feedback-ID"):
        build(Words(), replace(ANN, **{field: getattr(ANN, field) + bad}))


def test_nobody_can_add_a_header_through_the_subject_or_the_settings():
    with pytest.raises(HeaderRefused, match="Subject"):
        build(Words(subject="Your week\r\nBcc: everyone@example.org"), ANN)
    with pytest.raises(HeaderRefused, match="From"):
        letterhead("no address at all")
    with pytest.raises(HeaderRefused, match="Reply-To"):
        letterhead("coach@stridewell.example", "nobody")
    with pytest.raises(HeaderRefused, match="List-Id"):
        letterhead("coach@stridewell.example", list_name="a\r\nb")


def test_half_a_character_in_a_text_is_refused_and_the_part_is_named():
    with pytest.raises(BodyRefused, match="text"):
        build(Words(text="\ud83c"), ANN)
    with pytest.raises(BodyRefused, match="HTML"):
        build(Words(html="<p>\ud83c</p>"), ANN)


def test_a_date_without_a_zone_is_refused():
    with pytest.raises(HeaderRefused, match="Date"):
        build(Words(), replace(ANN, date=datetime(2026, 11, 22, 17, 0)))


def test_a_mail_one_cannot_unsubscribe_from_has_no_such_header():
    message, _, _ = read(build(Words(), replace(ANN, unsubscribe_url=None)))
    assert "List-Unsubscribe" not in message
    assert "List-Unsubscribe-Post" not in message


def test_without_a_reply_address_replies_go_to_the_sender():
    head = letterhead("coach@stridewell.example")
    message, _, _ = read(build(Words(), replace(ANN, letterhead=head)))
    assert "Reply-To" not in message
    assert message["From"] == "coach@stridewell.example"


def test_a_sender_of_another_script_is_encoded_and_the_message_id_stays_ascii():
    head = letterhead("Müller läuft <coach@müller.example>")
    message, _, _ = read(build(Words(), replace(ANN, letterhead=head)))
    assert message["From"].addresses[0].display_name == "Müller läuft"
    assert message["Message-ID"] == "<weekly.2026-11-23.4f1c9a@xn--mller-kva.example>"
    assert head.domain == "xn--mller-kva.example"


def test_a_runner_whose_address_is_not_ascii_gets_it_in_utf_8():
    octets = build(Words(), replace(ANN, to_name="", to_address="δρομέας@example.org"))
    assert "\r\nTo: δρομέας@example.org\r\n".encode() in octets
