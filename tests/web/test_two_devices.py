"""One week, two pages open: what was told on the one is not taken back by saving the other, which still shows what was said before."""

from __future__ import annotations

import pytest

from coach.answers import Answers, Effort, Pain, SessionReport
from coach.profile import Region
from tests.web.conftest import Website
from tests.web.reading import PageForm, form_of


@pytest.fixture
def phone(website: Website) -> PageForm:
    """The page as the runner's phone has it since the morning."""
    website.tell(
        Answers(
            sessions=(SessionReport(0, Effort.EASY, rpe=4),),
            pains=(Pain(Region.KNEE, 2),),
            soreness=2,
            note="On holiday.",
        )
    )
    return form_of(website.get(website.answer_path()).text)


def at_the_desk(website: Website, **changes: str) -> None:
    """Told in the evening, on a page that knows all of the morning."""
    form = form_of(website.get(website.answer_path()).text)
    assert website.post(form.action, form.saved_with(**changes)).status_code == 200


def test_pain_told_since_is_not_taken_back_by_an_older_page(website: Website, phone: PageForm) -> None:
    at_the_desk(website, pain__knee__level="6", soreness="7", s0__effort="hard", s0__rpe="9", note="Slipped.")
    website.post(phone.action, phone.saved_with(s1__effort="right"))
    assert website.told() == Answers(
        sessions=(SessionReport(0, Effort.HARD, rpe=9), SessionReport(1, Effort.RIGHT)),
        pains=(Pain(Region.KNEE, 6),),
        soreness=7,
        note="Slipped.",
    )


def test_what_is_changed_on_the_older_page_is_the_later_word(website: Website, phone: PageForm) -> None:
    at_the_desk(website, pain__knee__level="6", s0__effort="hard")
    website.post(phone.action, phone.saved_with(pain__knee__level="4", s0__effort="right"))
    assert website.told().pains == (Pain(Region.KNEE, 4),)
    assert website.told().sessions == (SessionReport(0, Effort.RIGHT, rpe=4),)


def test_an_older_page_without_a_note_withdraws_none(website: Website) -> None:
    phone = form_of(website.get(website.answer_path()).text)
    at_the_desk(website, note="My calf is sore.")
    website.post(phone.action, phone.saved_with(s0__effort="easy"))
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.EASY),), note="My calf is sore.")


def test_an_older_page_saved_as_it_is_is_thanked_for_and_tells_nothing(website: Website, phone: PageForm) -> None:
    at_the_desk(website, pain__knee__level="6")
    stored = website.answers_stored()
    assert website.post(phone.action, phone.fields).status_code == 200
    assert website.answers_stored() == stored


@pytest.mark.parametrize("said", ["", "-1", "many", "999999", "1.5"])
def test_a_page_that_does_not_say_what_it_showed_is_taken_at_its_word(
    website: Website, phone: PageForm, said: str
) -> None:
    at_the_desk(website, pain__knee__level="6")
    website.post(phone.action, [(n, v) for n, v in phone.fields if n != "said"] + [("said", said)])
    assert website.told().pains == (Pain(Region.KNEE, 2),)
