"""Runners look at their own progress: charts, tables, and a card to share without a word on health."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import event

from coach.answers import Answers, Effort, Pain, SessionReport
from coach.profile import Region
from models import erasing, subscribers
from models.people import Status
from tests.builders import MONDAY, a_prescription, a_session, a_subscriber, a_week
from tests.web.conftest import Website
from tests.web.seasons import a_season


def path_of(website: Website) -> str:
    link = website.deps.links.progress(website.runner.key, expires=MONDAY + timedelta(days=28))
    return urlsplit(link).path


@pytest.fixture
def trained(open_website: Callable[..., Website]) -> Website:
    website = open_website()
    a_season(website, 14)
    return website


def test_every_chart_has_a_name_a_description_and_a_table(trained: Website) -> None:
    page = trained.get(path_of(trained))
    assert page.status_code == 200
    drawings = re.findall(r'<svg class="chart"[^>]*>', page.text)
    assert len(drawings) >= 6
    for drawing in drawings:
        named, described = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', drawing)
        assert f'<h2 id="{named}">' in page.text
        assert f'<p id="{described}">' in page.text
    assert page.text.count("As a table") == len(drawings)
    assert len(set(re.findall(r' id="([^"]+)"', page.text))) == len(re.findall(r' id="([^"]+)"', page.text))


def test_it_tells_sessions_exercises_qualities_and_pain(trained: Website) -> None:
    text = trained.get(path_of(trained)).text
    for heading in (
        "Sessions done, by week",
        "What your sets trained",
        "How hard the weeks were",
        "Pain you told us of",
    ):
        assert f">{heading}</h2>" in text
    assert "Highest: knee 7." in text
    assert "An estimate from your answers, not a test." in text
    assert "four fifths sure" in text
    assert "All your exercises" in text


def test_the_first_week_answered_is_enough_to_show_something(website: Website) -> None:
    website.tell(Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    page = website.get(path_of(website))
    assert "Done: 1 of 2 planned sessions, in 1 of 1 week." in page.text
    assert "<strong>1</strong> session done" in page.text


def test_before_the_first_answer_it_says_how_to_begin(website: Website) -> None:
    page = website.get(path_of(website))
    assert page.status_code == 200
    assert "No session has been answered yet" in page.text
    assert "Save the picture" not in page.text


def test_before_the_first_week_it_says_that_it_will_fill(website: Website) -> None:
    website.hands["now"] += timedelta(weeks=60)
    link = website.deps.links.progress(website.runner.key, expires=website.deps.today())
    page = website.get(urlsplit(link).path)
    assert page.status_code == 200
    assert "There is nothing to show yet" in page.text


def test_a_runner_who_counts_in_pounds_reads_pounds(open_website: Callable[..., Website]) -> None:
    website = open_website(a_subscriber(units="lb"))
    a_season(website, 6)
    text = website.get(path_of(website)).text
    assert " lb" in text
    assert " kg" not in text


def test_odd_names_are_shown_as_they_are_and_never_run(open_website: Callable[..., Website]) -> None:
    odd = a_session(exercises=(a_prescription(exercise='<script>"x"</script>'),))
    website = open_website(week=a_week(sessions=(odd,)))
    website.tell(Answers(sessions=(SessionReport(0, Effort.RIGHT),), note="<b>note</b>"))
    text = website.get(path_of(website)).text
    assert text.count("<script") == text.count('<script src="/static/card.js') == 1
    assert "&lt;script&gt;" in text


def test_looking_takes_few_statements_however_long_the_season(trained: Website) -> None:
    count = 0

    def counting(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(trained.engine, "before_cursor_execute", counting)
    trained.get(path_of(trained))
    event.remove(trained.engine, "before_cursor_execute", counting)
    assert count <= 4


def test_a_full_year_stays_within_a_hundred_kilobytes(open_website: Callable[..., Website]) -> None:
    website = open_website()
    a_season(website, 52)
    assert len(website.get(path_of(website)).content) < 100_000


def test_the_card_tells_what_was_done_and_nothing_of_health(trained: Website) -> None:
    page = trained.get(path_of(trained))
    sessions = re.search(r"<strong>(\d+)</strong> sessions done", page.text)
    assert sessions is not None
    drawn = trained.get(f"{path_of(trained)}/year.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    words = " ".join(ET.fromstring(drawn.text).itertext()).lower()  # noqa: S314 our own answer
    assert f"{sessions[1]} sessions done" in words
    for secret in ("pain", "knee", "hurt", "sore", "sleep", "kg", trained.runner.name.lower(), "@"):
        assert secret not in words
    for forbidden in ("<script", "<style", "href", "style="):
        assert forbidden not in drawn.text


def test_the_card_is_the_same_whatever_hurt(open_website: Callable[..., Website]) -> None:
    cards = []
    for pains in ((), (Pain(Region.KNEE, 8),)):
        website = open_website()
        website.tell(Answers(sessions=(SessionReport(0, Effort.RIGHT),), pains=pains, soreness=len(pains)))
        cards.append(website.get(f"{path_of(website)}/year.svg").content)
    assert cards[0] == cards[1]


@pytest.mark.parametrize("tail", ["", "/year.svg"])
def test_links_of_another_kind_old_links_and_erased_runners_see_nothing(website: Website, tail: str) -> None:
    for other in (website.answer_path(), website.unsubscribe_path()):
        page = website.get(f"/progress/{other.rpartition('/')[2]}{tail}")
        assert page.status_code == 404
        assert "This link does not work" in page.text
    path = path_of(website) + tail
    for purpose in ("a", "u", "f"):
        page = website.get(f"/{purpose}/{path_of(website).rpartition('/')[2]}")
        assert page.status_code == 404
        assert "Please open it again from the newest mail" in page.text
    website.hands["now"] += timedelta(days=60)
    page = website.get(path)
    assert page.status_code == 410
    assert "newest mail" in page.text
    website.hands["now"] -= timedelta(days=60)
    with website.deps.sessionmaker.begin() as session:
        erasing.erase(session, website.runner, now=website.deps.clock())
    page = website.get(path)
    assert page.status_code == 410
    assert "nothing is kept" in page.text


def test_a_runner_who_has_left_may_still_look_but_gets_no_calendar(trained: Website) -> None:
    with trained.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, trained.runner.id, Status.UNSUBSCRIBED, now=trained.deps.clock())
    page = trained.get(path_of(trained))
    assert page.status_code == 200
    assert "in your calendar" not in page.text


def test_the_page_after_an_answer_leads_to_the_progress(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "right")]).text
    link = re.search(r'href="([^"]+)">See your progress', page)
    assert link is not None
    assert website.get(urlsplit(link[1]).path).status_code == 200
