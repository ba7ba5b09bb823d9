from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import sessionmaker

from models.database import open_engine
from tests.web.conftest import Website
from tests.web.reading import form_of


def test_healthz_says_ok_when_the_database_is_there_and_up_to_date(website: Website) -> None:
    answer = website.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_healthz_tells_of_a_database_that_is_behind(website: Website) -> None:
    with website.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    answer = website.get("/healthz")
    assert answer.status_code == 503
    assert "stridewell db upgrade" in answer.json()["problem"]


def test_healthz_tells_of_a_database_that_is_missing_and_does_not_make_one(
    open_website: Callable[..., Website], tmp_path: Path
) -> None:
    website = open_website()
    engine = open_engine(f"sqlite:///{tmp_path / 'none.db'}")
    website.deps.sessionmaker.configure(bind=engine)
    answer = website.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert not (tmp_path / "none.db").exists()
    engine.dispose()


def test_healthz_tells_of_a_database_out_of_reach(open_website: Callable[..., Website], tmp_path: Path) -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:9/none?connect_timeout=2")
    website = open_website()
    website.deps.sessionmaker.configure(bind=engine)
    answer = website.get("/healthz")
    assert answer.status_code == 503
    assert "stridewell doctor" in answer.json()["problem"]
    engine.dispose()


def test_making_the_app_opens_no_connection(website: Website) -> None:
    from web.site import create_app

    create_app(replace(website.deps, sessionmaker=sessionmaker()))


def test_the_front_page_says_what_this_is(website: Website) -> None:
    page = website.get("/")
    assert page.status_code == 200
    assert "Strength and stretching for runners" in page.text
    assert "/mailbox" not in page.text


def test_search_engines_are_turned_away(website: Website) -> None:
    assert website.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert '<meta name="robots" content="noindex, nofollow">' in website.get("/").text


def test_an_address_that_leads_nowhere_gets_a_page_that_helps(website: Website) -> None:
    for path in ("/nowhere", "/a/", "/a", "/docs", "/openapi.json", "/static/../site.py", "/static/%2e%2e/site.py"):
        page = website.get(path)
        assert page.status_code == 404
        assert "There is nothing here" in page.text


def test_the_stylesheet_may_be_kept_because_its_address_changes_with_it(website: Website) -> None:
    page = website.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    style = website.get(address)
    assert style.status_code == 200
    assert style.headers["content-type"].startswith("text/css")
    assert "max-age=604800" in style.headers["cache-control"]


def test_the_pages_can_live_under_a_path(open_website: Callable[..., Website]) -> None:
    website = open_website(public_url="https://club.example/stridewell/")
    link = website.answer_path()
    assert link.startswith("/stridewell/a/")
    page = website.get(link.removeprefix("/stridewell"))
    assert form_of(page.text).action == link
    assert 'href="/stridewell/static/site.css' in page.text


def test_without_https_the_browser_is_not_told_to_insist_on_it(open_website: Callable[..., Website]) -> None:
    website = open_website(public_url="http://127.0.0.1:8000")
    assert "strict-transport-security" not in website.get("/").headers
