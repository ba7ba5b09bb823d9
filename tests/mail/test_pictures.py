"""Small pictures in mails: fetched from our own web app, or going along with the mail."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

import pytest

from app import drawing, places
from coach.errors import StridewellError
from mail import pictures
from mail.letter import Known, weekly
from mail.mime import build
from tests.mail.letters import RENDERER
from tests.mail.sample import MARA, POSTAL_ADDRESS, URLS, a_letter, a_week, say
from tests.mail.sample_catalogue import CATALOGUE
from tests.mail.sample_replies import a_reply
from tests.mail.test_mime import ANN, assert_fit_for_the_wire

DRAWN = {slug: pictures.png(octets) for slug, octets in drawing.pngs(places.catalogue_folder()).items()}


def a_mail(draw: pictures.Draw) -> tuple[EmailMessage, bytes]:
    letter = weekly(
        MARA, a_week(), CATALOGUE,
        urls=URLS, postal_address=POSTAL_ADDRESS, say=say, known=Known(), draw=draw,
    )  # fmt: skip
    words = RENDERER.weekly(letter)
    octets = build(words, ANN, {slug: DRAWN[slug].octets for slug in pictures.named(words.html)})
    found = email.message_from_bytes(octets, policy=default)
    assert isinstance(found, EmailMessage)
    return found, octets


def test_every_drawn_picture_is_small_and_says_its_size() -> None:
    assert len(DRAWN) > 80
    assert {(p.width, p.height) for p in DRAWN.values()} <= {(272, 104), (136, 104)}
    assert max(len(p.octets) for p in DRAWN.values()) <= 5 * 1024


def test_what_is_no_png_is_refused() -> None:
    with pytest.raises(StridewellError, match="catalogue pictures"):
        pictures.png(b"GIF89a" + bytes(40))


def test_a_hosted_picture_is_the_same_for_everybody() -> None:
    draw = pictures.hosted(DRAWN, "https://stridewell.example/")
    found = draw("side-plank")
    assert found is not None
    assert found.src == f"https://stridewell.example/p/side-plank.png?{DRAWN['side-plank'].seen}"
    assert draw("nothing-of-ours") is None
    message, _ = a_mail(draw)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_pictures_that_go_along_are_parts_of_the_html_each_once() -> None:
    message, octets = a_mail(pictures.along(DRAWN))
    assert_fit_for_the_wire(octets)
    text, related = message.iter_parts()
    assert (text.get_content_type(), related.get_content_type()) == ("text/plain", "multipart/related")
    html, *parts = related.iter_parts()
    names = pictures.named(html.get_content())
    assert names
    assert [part["Content-ID"] for part in parts] == [f"<{slug}@pictures>" for slug in names]
    assert [part.get_content() for part in parts] == [DRAWN[slug].octets for slug in names]


def test_the_same_mail_with_pictures_has_the_same_octets() -> None:
    assert a_mail(pictures.along(DRAWN))[1] == a_mail(pictures.along(DRAWN))[1]


def test_an_exercise_of_an_earlier_day_is_not_pictured_again() -> None:
    tuesday, friday = a_letter().sessions
    assert all(e.picture for e in tuesday.exercises)
    assert [bool(e.picture) for e in friday.exercises] == [not e.as_on for e in friday.exercises]


def test_a_reply_shows_what_the_weekly_mail_has_not_shown_and_nothing_else() -> None:
    reply = a_reply(draw=pictures.along(DRAWN))
    (friday,) = reply.sessions
    assert [e.picture is not None for e in friday.exercises] == [bool(e.how) for e in friday.exercises]
    assert pictures.named(RENDERER.safety(reply).html) == ("dead-bug",)
