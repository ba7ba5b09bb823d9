"""The pages to follow along, as any browser gets them: what they say, whom they let in, what they allow."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

import coach
from coach.answers import Answers, Pain, RedFlag
from coach.profile import Region
from coach.week import Notice, NoticeKind, Reason, Week
from models import erasing
from tests.builders import MONDAY, a_profile, a_subscriber, a_week
from tests.web.conftest import Website, the_catalogue
from web.following import KEEP, POLICY


def a_planned_week() -> Week:
    catalogue, profile = the_catalogue(), a_profile()
    return coach.next_week(profile, coach.start(profile, catalogue), catalogue, week_of=MONDAY)


@pytest.fixture
def site(open_website: Callable[..., Website]) -> Website:
    return open_website(week=a_planned_week())


def text_of(html: str) -> str:
    body = re.sub(r"<script.*?</script>|<dialog.*?</dialog>", "", html, flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_list_leads_to_every_routine_of_the_week(site: Website) -> None:
    page = site.get(site.follow_path())
    assert page.status_code == 200
    first = a_planned_week().sessions[0]
    listed = (("0", "Session A", first.minutes), ("stretch", "Stretching", 15), ("before", "Loosening", 3))
    for key, name, minutes in listed:
        assert f'href="{site.follow_path(key)}"' in page.text
        assert f"{name} {minutes} min" in text_of(page.text)
        assert site.get(site.follow_path(key)).status_code == 200


@pytest.mark.parametrize("key", ["0", "stretch", "before"])
def test_every_sentence_ends_with_one_full_stop(site: Website, key: str) -> None:
    text = text_of(site.get(site.follow_path(key)).text)
    assert key != "0" or "at most." in text
    assert ".." not in text


def test_without_a_script_every_step_stands_there_to_be_read(site: Website) -> None:
    week, catalogue = a_planned_week(), the_catalogue()
    text = text_of(site.get(site.follow_path("0")).text)
    for p in week.sessions[0].exercises:
        exercise = catalogue.by_slug[p.exercise]
        for words in (exercise.name, exercise.cue, exercise.carry_over, exercise.how):
            assert words in text
    assert "Two sets: 12 on the left, 12 on the right, then 75 s of rest." in text
    assert "2 s down, 1 s still, 1 s up." in text
    assert "5 or more left even then? Next set:" in text
    assert "left at 12? Go on, to" in text
    assert "Not possible today? Instead:" in text
    assert week.stretch is not None
    text = text_of(site.get(site.follow_path("stretch")).text)
    for item in week.stretch.items:
        assert catalogue.stretch_by_slug[item.stretch].name in text


def test_the_script_is_given_the_same_steps_and_all_that_it_may_keep(site: Website) -> None:
    page = site.get(site.follow_path("0"))
    data = data_of(page.text)
    steps = [step for move in data["routine"]["moves"] for step in move["steps"]]
    minutes = a_planned_week().sessions[0].minutes
    assert 60 * (minutes - 1) < sum(seconds for _, seconds, _, _ in steps) <= 60 * minutes
    assert {kind for kind, *_ in steps} == {"warm-up", "ready", "reps", "hold", "switch", "rest"}
    assert any(move["instead"] for move in data["routine"]["moves"])
    for address in data["keep"]:
        assert site.get(address).status_code == 200, address
    assert {site.follow_path(key) for key in ("", "0", "stretch", "before")} <= set(data["keep"])
    assert not any(address.startswith("/a/") for address in data["keep"])


def test_every_script_that_the_player_loads_is_kept(site: Website) -> None:
    kept = data_of(site.get(site.follow_path("0")).text)["keep"]
    page = site.get(site.follow_path("0")).text
    (entry,) = re.findall(r'<script type="module" src="([^"]+)">', page)
    loaded, wanted = set[str](), {entry}
    while wanted - loaded:
        address = min(wanted - loaded)
        script = site.get(address)
        assert script.status_code == 200, address
        loaded.add(address)
        folder = address.rpartition("/")[0]
        wanted |= {f"{folder}/{name}" for name in re.findall(r'from "\./([^"]+)"', script.text)}
    assert loaded == {address for address in kept if address.endswith(".js")}, "no more and no less"
    assert loaded == set(re.findall(r'<link rel="modulepreload" href="([^"]+)">', page))


def test_scripts_of_different_versions_are_never_mixed(site: Website) -> None:
    (entry,) = re.findall(r'<script type="module" src="([^"]+)">', site.get(site.follow_path("0")).text)
    assert site.get(entry).headers["cache-control"] == "public, max-age=604800"
    folder, fingerprint, name = entry.rsplit("/", 2)
    for address in (f"{folder}/{name}", f"{folder}/{'0' * len(fingerprint)}/{name}", f"{folder}/{fingerprint}/"):
        answer = site.get(address)
        assert answer.status_code == 404
        assert "max-age" not in answer.headers["cache-control"]


def test_after_a_session_the_answer_is_one_tap_away(site: Website) -> None:
    html = site.get(site.follow_path("0")).text
    found = re.findall(r'href="(/a/[^"]+)"', html)
    assert {unescape(x).partition("?")[2] for x in found if "?" in x} == {"s=0&c=e", "s=0&c=r", "s=0&c=h"}
    answer = site.get(unescape(next(x for x in found if "c=r" in x)))
    assert answer.status_code == 200
    assert "About right" in answer.text
    assert site.answers_stored() == 0


def test_a_page_says_for_how_long_it_may_be_kept_and_allows_one_script(site: Website) -> None:
    for path in (site.follow_path(), site.follow_path("stretch")):
        headers = site.get(path).headers
        assert headers[KEEP] == "2026-11-23/2026-12-21"
        assert headers["content-security-policy"] == POLICY
        assert headers["cache-control"] == "no-store"
    assert KEEP not in site.get(site.answer_path()).headers


def test_the_worker_reaches_the_pages_it_keeps_and_no_others(site: Website) -> None:
    headers = site.get(data_of(site.get(site.follow_path()).text)["worker"]).headers
    assert headers["service-worker-allowed"] == "/f/"
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "service-worker-allowed" not in site.get("/static/site.css").headers


def test_the_player_can_live_under_a_path(open_website: Callable[..., Website]) -> None:
    site = open_website(week=a_planned_week(), public_url="https://club.example/stridewell")
    page = site.get(site.follow_path("0").removeprefix("/stridewell"))
    data = data_of(page.text)
    assert data["scope"] == "/stridewell/f/"
    assert all(address.startswith("/stridewell/") for address in (*data["keep"], data["worker"]))
    assert 'href="/stridewell/a/' in page.text
    worker = site.get(data["worker"].removeprefix("/stridewell"))
    assert worker.headers["service-worker-allowed"] == "/stridewell/f/"


def test_a_link_that_leads_nowhere_gets_a_page_that_helps(site: Website) -> None:
    assert site.get("/f/forged").status_code == 404
    assert site.get("/f/forged/0").status_code == 404
    assert site.get(site.follow_path("7")).status_code == 404
    assert site.get(site.follow_path(week_of=MONDAY + timedelta(days=7))).status_code == 404
    path = site.follow_path("0")
    site.hands["now"] += timedelta(days=60)
    assert site.get(path).status_code == 410
    assert KEEP not in site.get(path).headers


def test_nothing_is_shown_of_a_runner_who_was_erased(site: Website) -> None:
    with site.deps.sessionmaker.begin() as session:
        erasing.erase(session, site.runner, now=site.deps.clock())
    assert site.get(site.follow_path()).status_code == 410


def test_after_a_warning_sign_there_is_nothing_to_follow(site: Website) -> None:
    site.tell(Answers(red_flags=frozenset({RedFlag.CHEST_PAIN})))
    for path in (site.follow_path(), site.follow_path("0")):
        page = site.get(path)
        assert "emergency number now" in page.text
        assert "Start" not in text_of(page.text)
        assert "Session A" not in text_of(page.text)
        assert data_of(page.text)["keep"][0] == site.follow_path()
        assert site.follow_path("0") not in data_of(page.text)["keep"]


def test_a_week_that_was_stopped_says_so(open_website: Callable[..., Website]) -> None:
    stop = Notice(NoticeKind.STOP, Reason("stop", (("flags", "chest-pain"),)))
    site = open_website(week=a_week(sessions=(), stretch=None, notices=(stop,)))
    assert "Your training rests" in site.get(site.follow_path()).text
    site = open_website(a_subscriber(email="bo@example.org"), week=a_week(sessions=(), stretch=None))
    assert "nothing to follow this week" in site.get(site.follow_path()).text


def test_pain_told_a_moment_ago_stands_above_the_routine_and_is_heeded_in_what_else(site: Website) -> None:
    def knees(html: str) -> int:
        catalogue = the_catalogue()
        moves = data_of(html)["routine"]["moves"]
        others = [catalogue.by_slug[o["slug"]] for move in moves for o in move["instead"]]
        return sum(e.tissue(Region.KNEE) >= 2 for e in others)

    assert knees(site.get(site.follow_path("0")).text) > 0
    site.tell(Answers(pains=(Pain(Region.KNEE, 8),)))
    page = site.get(site.follow_path("0"))
    assert "strong pain" in page.text
    assert knees(page.text) == 0


def test_pounds_are_pounds_here_too(open_website: Callable[..., Website]) -> None:
    new = a_subscriber()
    site = open_website(replace(new, units="lb"), week=a_planned_week())
    assert " lb dumbbells" in site.get(site.follow_path("0")).text
    assert " kg dumbbells" not in site.get(site.follow_path("0")).text
