"""The week of a mail as a page, for whoever's mail program does not show it well."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from models import subscribers
from models.people import Status
from tests.builders import MONDAY, a_week
from tests.web.conftest import Website
from tests.web.test_following import a_planned_week, text_of


@pytest.fixture
def site(open_website: Callable[..., Website]) -> Website:
    return open_website(week=a_planned_week())


def path_to(site: Website, *, days: int = 7, weeks: int = 0) -> str:
    last = site.deps.today() + timedelta(days=days)
    return urlsplit(site.deps.links.week(site.runner.key, MONDAY + timedelta(weeks=weeks), expires=last)).path


def test_the_page_has_the_sessions_and_the_stretches_of_the_mail(site: Website) -> None:
    page = site.get(path_to(site))
    assert page.status_code == 200
    text = text_of(page.text)
    assert "23–29 November 2026" in text
    assert "Session A" in text
    assert "Stretching, 15 minutes" in text
    assert "All your weeks" not in text, "that takes signing in"
    assert site.runner.email not in page.text


def test_every_exercise_is_shown_and_every_routine_can_be_followed_from_the_page(site: Website) -> None:
    week, page = a_planned_week(), site.get(path_to(site)).text
    for exercise in (p.exercise for session in week.sessions for p in session.exercises):
        assert f"/p/{exercise}.still.svg?" in page
    followed = re.findall(r'href="(/f/[^"]+)"', page)
    assert [path.rpartition("/")[2] for path in followed] == ["0", "stretch"]
    for path in (*followed, *re.findall(r'src="(/p/[^"]+)"', page)):
        assert site.get(path).status_code == 200


def test_a_page_that_is_too_old_forged_or_was_never_planned_says_so(site: Website) -> None:
    for path, status in ((path_to(site, days=-1), 410), ("/w/forged", 404), (path_to(site, weeks=3), 404)):
        assert site.get(path).status_code == status, path


def test_a_week_whose_words_are_gone_is_told_in_short(open_website: Callable[..., Website]) -> None:
    site = open_website(week=a_week())
    text = text_of(site.get(path_to(site)).text)
    assert "This week in short" in text
    assert "All your weeks" not in text


def test_who_has_left_is_shown_nothing(site: Website) -> None:
    with site.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, site.runner.id, Status.UNSUBSCRIBED, now=site.deps.clock())
    assert site.get(path_to(site)).status_code == 410
