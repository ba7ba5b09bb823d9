"""Every word a runner can meet has been given to translators: told by a language that is English in brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from babel.messages.pofile import write_po
from icalendar import Calendar
from playwright.sync_api import sync_playwright

from app import languages
from coach.answers import RedFlag
from coach.profile import Race
from coach.week import DoseMode, Question
from language import gathering
from language.library import Library
from models import moves, subscribers
from models.people import Status
from tests.builders import MONDAY, a_profile, a_session, a_subscriber, a_week, some_answers
from tests.conftest import ROOT
from tests.language.reading import met
from tests.language.test_translations import CATALOGUE
from tests.mail.sample_abroad import untranslated
from tests.web.chromium import OUT_OF_ITS_CHART, chromium, served
from tests.web.conftest import Website
from tests.web.reading import form_of
from tests.web.seasons import a_season
from tests.web.test_progress import path_of
from tests.web.test_reading_changes_nothing import paths, ticket_for

IN_BRACKETS = "he"
"""Its days and its lists come in letters of their own, so that no date looks like English."""
NAMES = {"Stridewell", "English", "Deutsch", "Ana", "ana", "example", "org", "new", "London", "Europe", "kg", "lb"}
FOR_OPERATORS = ("/mailbox", "/healthz", "/robots.txt", "/account/export", "/static/")


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A language as translators would make it, from what is gathered for them and nothing else."""
    folder = tmp_path_factory.mktemp("translations") / IN_BRACKETS
    folder.mkdir()
    for part, messages in gathering.gathered(ROOT, CATALOGUE).items():
        written = gathering.Messages(locale=IN_BRACKETS)
        for message in messages:
            if message.id:
                texts = [message.id] if isinstance(message.id, str) else list(message.id)
                said = [f"[{text}]" for text in texts]
                forms = said[0] if len(said) == 1 else (said[0], *[said[1]] * (written.num_plurals - 1))
                written.add(message.id, forms, context=message.context)
        with (folder / f"{part}.po").open("wb") as file:
            write_po(file, written)
    return Library(folder.parent)


@pytest.fixture
def website(
    open_website: Callable[..., Website], bracketed: Library, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Website]:
    """A runner of that language, with a season behind, a race ahead, and a week with a question."""
    monkeypatch.setattr(languages, "library", lambda: bracketed)
    languages.names.cache_clear()
    runner = a_subscriber(language=IN_BRACKETS, profile=a_profile(race=Race(MONDAY + timedelta(days=6), 21.1)))
    sessions = (a_session(name="A"), a_session(name="B", day=3))
    week = a_week(sessions=sessions, question=Question(0, "split-squat", DoseMode.REPS))
    site = open_website(runner, week, public_url="http://stridewell.example")
    a_season(site, 12)
    yield site
    languages.names.cache_clear()


def left_in_english(text: str) -> set[str]:
    return untranslated(text) - NAMES


def test_every_page_there_is(website: Website) -> None:
    website.tell(some_answers())
    website.sign_in()
    with website.deps.sessionmaker.begin() as session:
        moves.ask(session, website.runner, "new@example.org", occasion="one", now=website.deps.clock())
    seen = set()
    for path in paths(website):
        if path.startswith(FOR_OPERATORS) or path.endswith((".ics", ".png")):
            continue
        page = website.get(path, **{"accept-language": IN_BRACKETS})
        assert page.status_code == 200
        words = met(page.text)
        assert "[" in words, path
        assert left_in_english(words) == set(), path
        seen.add(path.split("/")[1])
    assert seen >= {"", "a", "f", "w", "u", "progress", "account", "join", "sign-in", "sent", "confirm", "move"}


def test_every_page_that_follows_a_form(website: Website) -> None:
    website.sign_in()
    answer = website.answer_path()
    for path, fields in (
        (answer, [("s0.effort", "right")]),
        (answer, [("s0.effort", "easy"), ("s1.effort", "hard"), ("at", "knee"), ("pain.knee.level", "7")]),
        (answer, [("s0.effort", "perhaps"), ("sleep", "9"), ("s0.split-squat.load", "much"), ("red", "odd")]),
        (answer, [("red", flag) for flag in RedFlag]),
        (f"{answer}/followed", [("s0.split-squat.sets", "2"), ("s0.split-squat.load", "12.25")]),
        ("/join", []),
        ("/join", [("birth_year", "2020")]),
        ("/join", [("birth_year", "986"), ("minutes", "5"), ("gear", "dumbbells"), ("load.dumbbells", "x")]),
        ("/sign-in", []),
        (website.unsubscribe_path(), []),
    ):
        said = {"accept-language": IN_BRACKETS, "content-type": "application/x-www-form-urlencoded"}
        body = "&".join(f"{name}={value}" for name, value in fields).encode("ascii")
        words = met(website.ask("POST", path, content=body, headers=said).text)
        assert "[" in words, path
        assert left_in_english(words) == set(), path


def test_every_page_that_follows_a_form_of_the_account(website: Website) -> None:
    with website.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, website.runner.id, Status.PENDING, now=website.deps.clock())
    welcome = website.post(f"/confirm/{ticket_for('/confirm/', website)}")
    assert "[You are signed in on this device.]" in met(welcome.text)
    assert left_in_english(met(welcome.text)) == set()
    seen = 0
    for shown, posted, changes in (
        ("/account", "/account/pause", {"until": "1999-01-01"}),
        ("/account/profile", "/account/profile", {"name": "", "minutes": "5", "birth_year": "986"}),
        ("/account/profile", "/account/profile", {"birth_year": "2020"}),
        ("/account/address", "/account/address", {"email": "ana@example.org"}),
        ("/account/address", "/account/address", {"email": "nowhere"}),
        ("/account/tests", "/account/tests", {"calf_raises.left": "999"}),
        ("/account/erase", "/account/erase", {}),
        ("/account/erase", "/account/erase", {"sure": "yes"}),
    ):
        forms = [form_of("<form" + part) for part in website.get(shown).text.split("<form")[1:]]
        form = next(f for f in forms if f.action.endswith(posted))
        page = website.post(posted, [*((n, v) for n, v in form.fields if n not in changes), *changes.items()])
        assert page.status_code == (200 if changes.get("sure") else 422), (posted, changes)
        assert left_in_english(met(page.text)) == set(), (posted, changes)
        seen += 1
    assert seen == 8


def test_every_page_that_helps_when_something_went_wrong(website: Website) -> None:
    for path in (
        "/nowhere",
        "/a/x",
        "/f/x",
        "/progress/x",
        "/calendar/x.ics",
        "/w/x",
        "/sign-in/x",
        "/move/old/x",
        "/p/x.svg",
    ):
        told = website.get(path, **{"accept-language": IN_BRACKETS})
        assert told.status_code == 404
        assert left_in_english(met(told.text)) == set(), path


def test_every_word_of_the_calendar(website: Website) -> None:
    path = website.deps.links.calendar(website.runner.key).partition("stridewell.example")[2]
    events = Calendar.from_ical(website.get(path).content).walk("VEVENT")
    assert len(events) > 3
    for event in events:
        for name in ("summary", "description"):
            if name in event:
                assert left_in_english(str(event[name])) == set()
                assert event[name].params["LANGUAGE"] == IN_BRACKETS


@pytest.mark.browser
def test_the_labels_of_charts_stay_with_them_where_lines_begin_at_the_right(website: Website) -> None:
    with sync_playwright() as playwright, served(website.app) as address:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 375, "height": 740})
        page.goto(address + path_of(website))
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert page.locator("svg.chart text").count() > 20
        assert [words for words in page.evaluate(OUT_OF_ITS_CHART) if "[" not in words] == []
        browser.close()


@pytest.mark.browser
def test_the_bar_of_the_player_fills_from_where_lines_begin(website: Website) -> None:
    with sync_playwright() as playwright, served(website.app) as address:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 375, "height": 740})
        page.goto(address + website.follow_path("0"))
        page.get_by_role("button", name="[Start]", exact=True).click()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('#bar').getAttribute('aria-valuenow') > 0")
        bar, filled = (page.locator(x).bounding_box() for x in ("#bar", "#bar span"))
        assert bar is not None
        assert filled is not None
        assert 0 < filled["width"] < bar["width"]
        assert filled["x"] + filled["width"] == pytest.approx(bar["x"] + bar["width"], abs=1)
        browser.close()
