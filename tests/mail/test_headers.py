from __future__ import annotations

import email
from email.header import decode_header, make_header
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail import headers
from mail.addresses import is_plain, with_ascii_domain
from mail.headers import HeaderRefused

NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in (*range(9), *range(10, 32), 127)])
)
NEWLINES = ("\r\nBcc: all@example.org", "\n", "\r", "\0", "\r\n\r\n<script>", "\x0b", "\x1f", "\x7f")


def read(line: str):
    return email.message_from_bytes(line.encode() + b"\r\n\r\n", policy=default)


def assert_well_folded(line: str, longest: int = 78):
    assert line.endswith("\r\n")
    for part in line[:-2].split("\r\n"):
        assert len(part.encode()) <= longest
        assert part.strip()
        assert "\r" not in part
        assert "\n" not in part


def assert_reads_as(display_name: str, line: str, name: str):
    if line.count("=?utf-8?B?") > 1:
        # Python 3.11's structured parser keeps a space between two encoded words of a name, against RFC 2047 section
        # 6.2; its older reader does not.
        display_name = str(make_header(decode_header(line.partition(": ")[2].rpartition("<")[0].strip())))
    assert display_name == name


@settings(deadline=None)
@given(NAMES)
@example("")
@example('Your week: 3 sessions, <b>15 min</b> & "stretching"')
@example("שלום, השבוע שלך")
@example("🏃🏽‍♀️" * 40)
@example("=?utf-8?B?w6k=?=")
@example("word " * 60)
@example("x" * 300)
@example("Ελληνικά " * 20)
def test_every_subject_is_read_back_as_it_was_meant(subject):
    line = headers.unstructured("Subject", subject)
    assert_well_folded(line)
    message = read(line)
    assert message["Subject"] == " ".join(subject.split())
    assert message.keys() == ["Subject"]


@settings(deadline=None)
@given(NAMES)
@example("")
@example('Zoë "Z" O\'Neill')
@example('Ann "The Hill" \\ Lee, Jr. (coach) <ann@evil.example>')
@example("<b>Bold</b>")
@example("محمد العربي")
@example("王小明 🏃")
@example("=?utf-8?B?w6k=?=")
@example("a" * 61)
@example("Mary-Jane " * 30)
@example("J. R. Runner")
def test_every_name_is_read_back_and_stays_a_name(name):
    line = headers.mailbox("To", name, "runner@example.org")
    assert_well_folded(line)
    (person,) = read(line)["To"].addresses
    assert_reads_as(person.display_name, line, " ".join(name.split()))
    assert person.addr_spec == "runner@example.org"


@pytest.mark.parametrize("bad", NEWLINES)
def test_a_line_break_in_any_value_is_refused(bad):
    for refused in (
        lambda: headers.unstructured("Subject", f"Your week{bad}"),
        lambda: headers.mailbox("To", f"Ann{bad}", "ann@example.org"),
        lambda: headers.mailbox("To", "Ann", f"ann@example.org{bad}"),
        lambda: headers.link("List-Unsubscribe", f"https://stridewell.example/u/x{bad}"),
        lambda: headers.token("Message-ID", f"weekly.1{bad}"),
    ):
        with pytest.raises(HeaderRefused):
            refused()


def test_half_a_character_is_refused_by_name():
    with pytest.raises(HeaderRefused, match="Subject"):
        headers.unstructured("Subject", "\ud83c")
    with pytest.raises(HeaderRefused, match="To"):
        headers.mailbox("To", "\udfff", "ann@example.org")
    with pytest.raises(HeaderRefused, match="To"):
        headers.mailbox("To", "", "\udfff@example.org")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "a b@example.org",
        "a@b>, <c@d.example",
        "a@b@c.example",
        "a,b@c.example",
        '"a b"@c.example',
        "a@b c",
        "a\u2028@b.example",
        "x" * 250 + "@b.example",
    ],
)
def test_what_is_no_address_is_refused(address):
    assert not is_plain(address)
    with pytest.raises(HeaderRefused, match="not an e-mail address"):
        headers.mailbox("To", "Ann", address)


@pytest.mark.parametrize(
    "address",
    ["ann@example.org", "ann+run@sub.example.org", "o'neill@example.org", "jürgen@example.org", "a.b@müller.example"],
)
def test_everyday_addresses_are_taken(address):
    assert is_plain(address)


def test_a_domain_in_its_own_script_is_written_in_ascii():
    assert with_ascii_domain("ann@straße.example") == "ann@xn--strae-oqa.example"
    assert "<ann@xn--mller-kva.example>" in headers.mailbox("To", "Ann", "ann@müller.example")
    assert with_ascii_domain("ann@under_score.müller..example") == "ann@under_score.müller..example"


def test_a_local_part_in_its_own_script_is_kept():
    assert headers.mailbox("To", "", "δρομέας@example.org") == "To: δρομέας@example.org\r\n"


def test_a_long_address_stands_on_a_line_of_its_own():
    address = "a" * 64 + "@" + "b" * 60 + ".example"
    assert headers.mailbox("To", "Ann Runner", address) == f"To: Ann Runner\r\n <{address}>\r\n"


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.example", "https://a b", "https://x/>", "https://x/é", "https://x/" + "a" * 990]
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(HeaderRefused, match="List-Unsubscribe"):
        headers.link("List-Unsubscribe", url)
