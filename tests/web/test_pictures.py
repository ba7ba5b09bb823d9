from __future__ import annotations

import base64
import re
from collections.abc import Callable
from hashlib import sha256

import pytest

from coach.errors import CatalogueError
from tests.web.conftest import Website
from web.pictures import Pictures


@pytest.fixture
def drawer(website: Website) -> Pictures:
    return Pictures("", website.deps.catalogue, website.deps.figures, "/static/figure.svg?x")


def test_an_exercise_has_a_picture_that_moves_and_one_that_does_not(website: Website, drawer: Pictures) -> None:
    found = drawer.of("goblet-squat")
    moving, still = website.get(found.moving), website.get(found.still)
    assert moving.headers["content-type"] == still.headers["content-type"] == "image/svg+xml"
    assert "<animate " in moving.text
    assert "<animate " not in still.text
    assert "<title>Goblet squat</title>" in still.text


def test_a_picture_may_be_kept_for_long_because_its_address_changes_with_it(website: Website, drawer: Pictures) -> None:
    address = drawer.of("goblet-squat").moving
    assert website.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert website.get(address.partition("?")[0]).headers["cache-control"] == "public, max-age=3600"
    assert drawer.of("front-plank").moving.partition("?")[2] != address.partition("?")[2]


def test_a_picture_travels_packed_where_the_browser_unpacks(website: Website, drawer: Pictures) -> None:
    address = drawer.of("goblet-squat").moving
    packed = website.get(address, **{"accept-encoding": "gzip"})
    plain = website.get(address, **{"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_a_picture_opened_by_itself_is_called_what_its_reader_calls_it(website: Website, drawer: Pictures) -> None:
    for address in (drawer.of("side-plank").moving, drawer.of("side-plank").still):
        for language, title in (("de-AT, en;q=0.5", "Seitstütz"), ("en", "Side plank"), ("de", "Seitstütz")):
            assert f"<title>{title}</title>" in website.get(address, **{"accept-language": language}).text


def test_a_picture_may_hold_its_own_style_and_nothing_else(website: Website, drawer: Pictures) -> None:
    answer = website.get(drawer.of("goblet-squat").moving)
    (style,) = re.findall("<style>(.*?)</style>", answer.text)
    by_hash = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{by_hash}'" in answer.headers["content-security-policy"]


def test_what_is_not_drawn_yet_has_a_plain_runner_in_its_place(website: Website, drawer: Pictures) -> None:
    assert drawer.of("no-such-thing").moving == drawer.of("").still == "/static/figure.svg?x"
    for path in ("/p/no-such-thing.svg", "/p/no-such-thing.still.svg", "/p/..%2fsecret.svg"):
        assert website.get(path).status_code == 404


def test_a_broken_drawing_takes_no_session_away(
    open_website: Callable[..., Website], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> dict[str, object]:
        raise CatalogueError("figures/x.toml", "view", "is not one of side, front")

    site = open_website(figures=broken)
    page = site.get(site.follow_path("0"))
    assert page.status_code == 200
    assert "/static/figure.svg" in page.text
    assert "figures/x.toml" in caplog.text


def test_the_picture_of_a_mail_may_be_shown_by_web_mail_and_kept_for_long(website: Website) -> None:
    found = website.deps.pngs()["goblet-squat"]
    answer = website.get(f"/p/goblet-squat.png?{found.seen}")
    assert (answer.status_code, answer.content) == (200, found.octets)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert website.get("/p/goblet-squat.png").headers["cache-control"] == "public, max-age=3600"
    assert website.get("/p/no-such-thing.png").status_code == 404
