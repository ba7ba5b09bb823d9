"""The house put together from real parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import anyio
import httpx
import pytest
from sqlalchemy import text

from app import places, website, wiring
from app.settings import Settings
from app.wiring import House, NotReady
from coach.errors import CatalogueError
from tests.app.conftest import KEY
from tests.app.people import add, plan
from tests.builders import MONDAY


def test_the_web_app_of_a_house_is_well_and_opens_the_link_of_a_mail(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    link = house.links.answer(ana.key, MONDAY, expires=date(2027, 1, 1))
    web = httpx.ASGITransport(website.create(house))

    async def browse() -> tuple[httpx.Response, httpx.Response]:
        async with httpx.AsyncClient(transport=web, base_url=house.settings.public_url) as browser:
            return await browser.get("/healthz"), await browser.get(f"{link}?s=0&c=r")

    health, page = anyio.run(browse)
    assert health.json() == {"status": "ok"}
    assert page.status_code == 200
    assert "<form" in page.text


def test_a_database_that_was_never_set_up_is_not_made_by_looking(tmp_path: Path) -> None:
    with (
        pytest.raises(NotReady, match="stridewell db upgrade"),
        wiring.open_house(Settings(home=tmp_path, secret_key=(KEY,))),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_version_is_named_with_both_revisions(house: House) -> None:
    with house.sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    with pytest.raises(NotReady, match="from-the-future"):
        house.ready()
    assert not house.at_head()


@pytest.mark.parametrize(
    ("day", "monday"), [("2026-11-22", "2026-11-23"), ("2026-11-23", "2026-11-23"), ("2026-11-24", "2026-11-30")]
)
def test_the_coming_week_begins_on_the_next_monday(day: str, monday: str) -> None:
    assert wiring.next_monday(date.fromisoformat(day)) == date.fromisoformat(monday)


def test_the_catalogue_is_read_whole_and_a_broken_file_is_named(house: House, tmp_path: Path) -> None:
    assert len(house.catalogue.exercises) > 50
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "squat.md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CatalogueError, match=r"exercises/squat\.md"):
        wiring.load_catalogue(tmp_path)
    with pytest.raises(CatalogueError):
        wiring.load_catalogue(tmp_path / "none")


def test_the_home_folder_is_named_by_the_environment_or_is_the_checkout(tmp_path: Path) -> None:
    assert places.home({"STRIDEWELL_HOME": str(tmp_path)}) == tmp_path
    assert (places.home({}) / "pyproject.toml").exists()
    assert places.sample_file().exists()
    assert places.templates_folder().is_dir()
