"""Mails that came back are fetched from a real IMAP server, or from a Maildir, and none is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from mail import postbox
from mail.postbox import ImapAccount, Maildir, PostboxError
from mail.returns import LARGEST
from tests.mail import imap

MAILS = [b"Subject: one\r\n\r\n1\r\n", b"Subject: two\r\n\r\n2\r\n", b"Subject: three\r\n\r\n3\r\n"]


def delivered(folder: Path, *mails: bytes) -> Path:
    """A Maildir as a mail server leaves it."""
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True)
    for number, mail in enumerate(mails):
        (folder / "new" / f"17000000{number:02}.V1I{number}M1.mx").write_bytes(mail)
    return folder


def test_an_imap_mailbox_gives_each_mail_once_and_shows_a_person_what_was_kept():
    with imap.a_server(*MAILS) as port:
        with postbox.opened(imap.url(port), Path()) as box:
            first, second, third = box.waiting()
            assert [box.fetch(place) for place in (first, second, third)] == MAILS
            box.done(first)
            box.keep(second)
        with postbox.opened(imap.url(port), Path()) as box:
            assert box.waiting() == [third]
            assert box.fetch(first) is None
        left = imap.flags(port)
    assert sorted(left) == [second.removeprefix("UID "), third.removeprefix("UID ")]
    assert "Flagged" in left[second.removeprefix("UID ")]
    assert "Seen" not in left[third.removeprefix("UID ")], "looking is not reading"


def test_only_the_top_of_a_large_mail_crosses_the_network():
    with imap.a_server(MAILS[0] + b"x" * 2 * LARGEST) as port, postbox.opened(imap.url(port), Path()) as box:
        (place,) = box.waiting()
        assert len(box.fetch(place) or b"") == LARGEST


def test_a_wrong_password_or_folder_is_told_with_its_remedy_and_without_the_password():
    with imap.a_server() as port:
        for url, word in (
            (imap.url(port, password="guess-what"), "Check user and password"),
            (imap.url(port, folder="Nowhere"), "Check that the folder is there"),
        ):
            with pytest.raises(PostboxError) as told, postbox.opened(url, Path()):
                pass
            assert word in str(told.value)
            assert "guess-what" not in str(told.value)
            assert imap.USER not in str(told.value)


def test_a_server_that_is_away_is_told_with_its_remedy():
    url = imap.url(imap.a_free_port())
    with pytest.raises(PostboxError, match="cannot be reached"), postbox.opened(url, Path()):
        pass


def test_a_server_that_goes_away_in_the_middle_is_told_too():
    with imap.a_server(*MAILS) as port, postbox.opened(imap.url(port), Path()) as box:
        places = box.waiting()
        # The server ends before the mailbox is closed.
        box._server.shutdown()
        with pytest.raises(PostboxError):
            box.fetch(places[0])


def test_a_maildir_gives_each_mail_once_and_shows_a_person_what_was_kept(tmp_path):
    folder = delivered(tmp_path / "box", *MAILS)
    with postbox.opened(f"maildir:{folder}", Path("/nowhere")) as box:
        first, second, third = box.waiting()
        assert [box.fetch(place) for place in (first, second, third)] == MAILS
        box.done(first)
        box.keep(second)
    assert box.waiting() == [third]
    assert box.fetch(first) is None
    box.done(first)
    (kept,) = (folder / "cur").iterdir()
    assert kept.name.endswith("mx:2,FS")
    assert kept.read_bytes() == MAILS[1]


def test_what_a_mail_program_has_moved_in_a_maildir_is_read_too(tmp_path):
    folder = delivered(tmp_path / "box", MAILS[0])
    (there,) = (folder / "new").iterdir()
    there.rename(folder / "cur" / f"{there.name}:2,RS")
    box = Maildir(folder)
    (place,) = box.waiting()
    box.keep(place)
    assert [path.name for path in (folder / "cur").iterdir()] == [f"{there.name}:2,FRS"]
    assert box.waiting() == []


def test_a_maildir_that_is_not_there_yet_is_empty(tmp_path):
    with postbox.opened("maildir:returns", tmp_path) as box:
        assert box.waiting() == []
    assert not (tmp_path / "returns").exists()


def test_a_mail_that_cannot_be_opened_does_not_stop_the_others(tmp_path):
    folder = delivered(tmp_path / "box", *MAILS)
    (folder / "new" / "1700000099.odd").symlink_to(folder / "new")
    (folder / "new" / "1700000098.gone").symlink_to(folder / "nothing")
    assert len(Maildir(folder).waiting()) == 3


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("maildir:/var/mail/returns", Path("/var/mail/returns")),
        ("maildir:///var/mail/returns", Path("/var/mail/returns")),
        ("maildir:var/returns", Path("var/returns")),
        ("imaps://b:p%40ss@mx.example.org", ImapAccount("mx.example.org", 993, True, "b", "p@ss", "INBOX")),
        (
            "imap://b%40example.org:p@mx.example.org:1143/Old%20mail",
            ImapAccount("mx.example.org", 1143, False, "b@example.org", "p", "Old mail"),
        ),
    ],
)
def test_a_mailbox_is_named_by_a_url(url, expected):
    assert postbox.account(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "maildir:",
        "maildir:///",
        "pop3://b:hidden@mx.example.org",
        "imaps://mx.example.org",
        "imaps://b@mx.example.org",
        "imaps://b:hidden@/INBOX",
        "imaps://b:hidden@mx.example.org:99999",
        "imaps://b:hidden@mx.example.org/INBOX?x=1",
        "imaps://b:hid%0Aden@mx.example.org/INBOX",
        "imaps://b%20c:hidden@mx.example.org/INBOX",
        "imaps://b:hidden@mx.example.org/IN%22BOX",
        "imaps://b:hidden%ff@mx.example.org/INBOX",
    ],
)
def test_a_url_that_names_no_mailbox_is_refused_without_repeating_its_password(url):
    with pytest.raises(PostboxError, match=r"STRIDEWELL_RETURNS_URL: .* Write imaps://") as told:
        postbox.account(url)
    assert "hidden" not in str(told.value)
    assert "hid" not in str(told.value)
