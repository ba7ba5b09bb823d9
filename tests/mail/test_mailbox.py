from __future__ import annotations

import logging
import os
import re
import smtplib
import socket
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail.mailbox import Mailbox, MailboxError
from mail.mailbox_letters import letter, letters
from mail.outcomes import Accepted, Refused, TryLater
from mail.smtp import Transport
from mail.smtp_session import Message

SENDER = "b+7.mac@stridewell.example"
WEEKLY = (
    b"From: Stridewell <coach@stridewell.example>\r\n"
    b"To: =?utf-8?B?Wm/DqyBOZcO1?= <zoe@example.org>\r\n"
    b"Subject: =?utf-8?B?WW91ciB3ZWVrOiAzIHNlc3Npb25zIOKAkyBhIGxpdHRsZSBtb3JlIGxv?=\r\n =?utf-8?B?YWQ=?=\r\n"
    b"Date: Sun, 22 Nov 2026 17:00:00 +0000\r\n"
    b"Message-ID: <weekly.2026-11-23.4f1c9a@stridewell.example>\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="=_edge"\r\n\r\n'
    b"--=_edge\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"Hip thrust 3 =C3=97 12.\r\nPicture: https://stridewell.example/p/1.\r\n"
    b"--=_edge\r\nContent-Type: text/html; charset=us-ascii\r\n\r\n"
    b'<p>Hip thrust 3 &#215; 12. <a href="https://stridewell.example/a/T?s=0&amp;c=r">about right</a>\r\n'
    b'<a href="https://stridewell.example/u/T">stop</a> <a href="mailto:x@y.example">write</a></p>\r\n'
    b"--=_edge--\r\n"
)


def a_mail(message_id: str = "weekly.1", data: bytes | None = None, recipient: str = "zoe@example.org") -> Message:
    head = f"Subject: Hi\r\nMessage-ID: <{message_id}@stridewell.example>\r\n\r\nHello\r\n"
    return Message(SENDER, recipient, head.encode() if data is None else data)


@contextmanager
def post_to(folder, **options):
    with Mailbox(folder) as box, Transport(box.url, helo="sender.test", timeout_s=10, **options) as transport:
        yield transport


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_mail_is_kept_byte_for_byte_under_its_message_id(tmp_path):
    with post_to(tmp_path) as transport:
        assert transport.send(a_mail(data=WEEKLY)) == Accepted("2.0.0 kept as weekly.2026-11-23.4f1c9a")
    assert (tmp_path / "weekly.2026-11-23.4f1c9a.eml").read_bytes() == WEEKLY
    assert names(tmp_path) == ["weekly.2026-11-23.4f1c9a.eml", "weekly.2026-11-23.4f1c9a.json"]


def test_a_kept_mail_is_read_back_with_its_envelope(tmp_path):
    with post_to(tmp_path) as transport:
        transport.send(a_mail(data=WEEKLY))
    (kept,) = letters(tmp_path)
    assert kept == letter(tmp_path, "weekly.2026-11-23.4f1c9a")
    assert (kept.envelope_from, kept.envelope_to) == (SENDER, ("zoe@example.org",))
    assert kept.sender == "Stridewell <coach@stridewell.example>"
    assert kept.to == "Zoë Neõ <zoe@example.org>"
    assert kept.subject == "Your week: 3 sessions – a little more load"
    assert kept.date == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert kept.message_id == "<weekly.2026-11-23.4f1c9a@stridewell.example>"
    assert kept.text == "Hip thrust 3 × 12.\r\nPicture: https://stridewell.example/p/1."
    assert kept.html.startswith("<p>Hip thrust 3 &#215; 12.")
    assert kept.links == (
        "https://stridewell.example/a/T?s=0&c=r",
        "https://stridewell.example/u/T",
        "https://stridewell.example/p/1",
    )
    assert kept.octets == len(WEEKLY)


def test_a_mail_that_arrives_twice_is_seen_twice(tmp_path):
    with post_to(tmp_path) as transport:
        transport.send_batch([a_mail()] * 3)
    assert {kept.name for kept in letters(tmp_path)} == {"weekly.1", "weekly.1-2", "weekly.1-3"}


def test_two_mailboxes_on_one_folder_lose_nothing(tmp_path):
    with post_to(tmp_path) as one, post_to(tmp_path) as other:
        for _ in range(10):
            one.send(a_mail())
            other.send(a_mail())
    assert len(letters(tmp_path)) == 20


def test_a_name_another_mailbox_is_writing_is_left_to_it(tmp_path):
    (tmp_path / ".weekly.1.part").write_bytes(b"half a ma")
    with post_to(tmp_path) as transport:
        assert transport.send(a_mail()) == Accepted("2.0.0 kept as weekly.1-2")
    assert (tmp_path / ".weekly.1.part").read_bytes() == b"half a ma"
    assert [kept.name for kept in letters(tmp_path)] == ["weekly.1-2"]


@pytest.mark.parametrize(
    "message_id",
    ["../../etc/passwd", "..", ".hidden", "a/b", "a\\b", "é" * 10, "x" * 300, "con:", "%2e%2e%2f", "~root"],
)
def test_no_message_id_leads_out_of_the_folder(tmp_path, message_id):
    folder = tmp_path / "deep" / "mailbox"
    with post_to(folder) as transport:
        assert isinstance(transport.send(a_mail(message_id)), Accepted)
    (kept,) = letters(folder)
    assert re.fullmatch(r"[A-Za-z0-9_+-][A-Za-z0-9._+-]*", kept.name)
    assert names(folder) == [f"{kept.name}.eml", f"{kept.name}.json"]
    assert names(tmp_path) == ["deep"]


def test_ids_that_look_alike_once_they_are_safe_keep_names_of_their_own(tmp_path):
    with post_to(tmp_path) as transport:
        transport.send_batch([a_mail("a/b"), a_mail("a:b"), a_mail("a_b")])
    assert not any(kept.name.endswith("-2") for kept in letters(tmp_path))
    assert len(letters(tmp_path)) == 3


def test_a_mail_without_a_message_id_is_kept(tmp_path):
    with post_to(tmp_path) as transport:
        transport.send(a_mail(data=b"Subject: bare\r\n\r\nMessage-ID: <not-a-header@x>\r\n"))
        transport.send(a_mail(data=b"Message-ID: <only.a.header@x>\r\n"))
    assert {kept.name for kept in letters(tmp_path)} == {"no-message-id", "only.a.header"}


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../weekly.1",
        "..%2fweekly.1",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "weekly.1\0",
        "weekly.1.eml",
        "x" * 300,
        ".weekly.1",
        "weekly.1\n",
        "é",
        "absent",
    ],
)
def test_no_name_reads_outside_the_folder(tmp_path, name):
    folder = tmp_path / "mailbox"
    folder.mkdir()
    (tmp_path / "weekly.1.eml").write_bytes(WEEKLY)
    assert letter(folder, name) is None


@pytest.fixture(scope="module")
def open_box(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mailbox")
    with post_to(folder, connections=1) as transport:
        yield folder, transport


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([b".", b"..", b"\r", b"\n", b"\r\n", b"a", b" ", b".\r\n", b"\r\n.\r\n", b"\0"]), max_size=60
    )
)
@example([])
@example([b".\r\n"])
@example([b"\r\n", b".\r\n"])
@example([b"a sentence.\r\n"] * 30)
@example([b"x" * 990, b".\r\n"] * 200)
def test_lines_of_dots_are_kept_as_they_were_sent(open_box, pieces):
    folder, transport = open_box
    data = b"".join(pieces)
    outcome = transport.send(a_mail(data=data))
    assert isinstance(outcome, Accepted)
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    name = outcome.reply.split()[-1]
    assert (folder / f"{name}.eml").read_bytes() == (lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def test_several_mails_in_one_write_are_all_kept(tmp_path):
    """RFC 2920 lets a client send a mail and the next envelope together."""
    with Mailbox(tmp_path) as box, socket.create_connection(("127.0.0.1", box.port), timeout=10) as raw:
        envelope = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"
        raw.sendall(b"EHLO x\r\n" + 3 * (envelope + b"..first\r\n\r\nbody\r\n.\r\n") + b"QUIT\r\n")
        heard = b""
        while piece := raw.recv(4096):
            heard += piece
    assert heard.count(b"250 2.0.0 kept as") == 3
    assert [path.read_bytes() for path in tmp_path.glob("*.eml")] == [b".first\r\n\r\nbody\r\n"] * 3


def test_the_mailbox_offers_what_a_modern_server_offers(tmp_path):
    with Mailbox(tmp_path) as box, smtplib.SMTP("127.0.0.1", box.port, "sender.test", timeout=10) as client:
        client.ehlo()
        assert {"pipelining", "8bitmime", "smtputf8", "size"} <= client.esmtp_features.keys()
        assert client.esmtp_features["size"] == str(10 * 1024 * 1024)


def test_an_address_in_its_own_script_is_kept_whole(tmp_path):
    with post_to(tmp_path) as transport:
        transport.send(a_mail(data="To: δρομέας@example.org\r\n\r\n×\r\n".encode(), recipient="δρομέας@example.org"))
    (kept,) = letters(tmp_path)
    assert kept.envelope_to == ("δρομέας@example.org",)
    assert kept.text == "×\r\n"


def test_a_line_that_other_servers_would_break_is_refused(tmp_path):
    with post_to(tmp_path, connections=1) as transport:
        long, fine = transport.send_batch(
            [a_mail(data=b"\r\n" + b"x" * 999 + b"\r\n"), a_mail(data=b"\r\n" + b"x" * 998 + b"\r\n")]
        )
    assert long == Refused(550, "5.6.0 a line of more than 998 octets")
    assert isinstance(fine, Accepted)


def test_more_than_ten_megabytes_are_refused_even_when_nobody_said_so_before(tmp_path):
    with Mailbox(tmp_path) as box, smtplib.SMTP("127.0.0.1", box.port, "sender.test", timeout=30) as client:
        client.helo("sender.test")
        client.mail("a@b.example")
        client.rcpt("c@d.example")
        code, _ = client.data(b"\r\n" + (b"y" * 900 + b"\r\n") * 24_000)
        assert code == 552
        client.sendmail("a@b.example", ["c@d.example"], b"\r\nsmall\r\n")
    assert len(letters(tmp_path)) == 1


def test_commands_in_the_wrong_order_are_told_so(tmp_path):
    with Mailbox(tmp_path) as box, smtplib.SMTP("127.0.0.1", box.port, "sender.test", timeout=10) as client:
        client.ehlo()
        assert client.docmd("DATA")[0] == 503
        client.mail("a@b.example")
        client.rcpt("c@d.example")
        assert client.docmd("DATA now")[0] == 501


def test_a_folder_that_cannot_be_written_is_for_later_and_nothing_half_written_stays(tmp_path):
    folder = tmp_path / "mailbox"
    with post_to(folder) as transport:
        folder.rmdir()
        outcome = transport.send(a_mail())
        assert isinstance(outcome, TryLater)
        assert outcome.code == 452
        folder.mkdir()
        assert isinstance(transport.send(a_mail()), Accepted)
    assert names(folder) == ["weekly.1.eml", "weekly.1.json"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "mail.example", ""])  # noqa: S104
def test_the_mailbox_is_for_this_machine_alone(tmp_path, host):
    with pytest.raises(MailboxError, match="this machine alone"):
        Mailbox(tmp_path, host=host)


def test_a_port_in_use_is_told_and_can_be_tried_again(tmp_path):
    with Mailbox(tmp_path) as first:
        second = Mailbox(tmp_path, port=first.port)
        with pytest.raises(MailboxError, match=rf"127\.0\.0\.1:{first.port} cannot be opened"):
            second.start()
    with second:
        assert second.port == first.port


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(MailboxError, match=r"^STRIDEWELL_MAILBOX: .* cannot be made .* Name a folder"):
        Mailbox(tmp_path / "file").start()


def test_stopping_closes_open_connections_and_starting_again_works(tmp_path):
    box = Mailbox(tmp_path)
    box.stop()
    for _ in range(2):
        box.start()
        box.start()
        with socket.create_connection(("127.0.0.1", box.port), timeout=10) as client:
            assert client.recv(100).startswith(b"220 ")
            box.stop()
            assert client.recv(100) == b""
        box.stop()


def test_no_address_of_a_runner_is_logged(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with post_to(tmp_path) as transport:
        transport.send(a_mail())
    assert "zoe" not in caplog.text


# The page


def test_the_latest_letter_comes_first(tmp_path):
    with post_to(tmp_path) as transport:
        for n in range(5):
            transport.send(a_mail(f"weekly.{n}"))
    for n, moment in enumerate([30, 10, 50, 20, 40]):
        os.utime(tmp_path / f"weekly.{n}.eml", (moment, moment))
    assert [kept.name for kept in letters(tmp_path)] == [f"weekly.{n}" for n in (2, 4, 0, 3, 1)]
    assert [kept.name for kept in letters(tmp_path, limit=2)] == ["weekly.2", "weekly.4"]


def test_an_absent_or_empty_folder_is_an_empty_mailbox(tmp_path):
    assert letters(tmp_path) == letters(tmp_path / "absent") == []


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: =?no-such-charset?B?w6k=?=\r\nDate: yesterday\r\n\r\nbody",
        b"Subject: =?utf-8?B?!!!?=\r\nTo: <<<>>>,,\r\n\r\n",
        b"Content-Type: text/html; charset=no-such\r\n\r\n<a href='https://x.example/\xff'>",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n",
        b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nbody",
        b"Content-Type: multipart/alternative\r\n\r\nno boundary",
        b"Subject: \xc3\xa9\r\n\r\n",
    ],
)
def test_a_mail_nobody_can_read_does_not_break_the_page(tmp_path, octets):
    (tmp_path / "odd.eml").write_bytes(octets)
    (tmp_path / "odd.json").write_bytes(b"[not json")
    (tmp_path / "not a mail.eml").write_bytes(WEEKLY)
    (tmp_path / "notes.txt").write_bytes(b"")
    assert [kept.name for kept in letters(tmp_path)] == ["odd"]


@settings(deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=100))
def test_whatever_the_file_holds_the_page_shows_something(tmp_path_factory, octets, about):
    folder = tmp_path_factory.mktemp("mailbox")
    (folder / "odd.eml").write_bytes(octets)
    (folder / "odd.json").write_bytes(about)
    assert letter(folder, "odd").octets == len(octets)
