"""Tests a runner may do at home: how each goes, who had better not, and what came of them. docs/evidence.md#self-tests"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import profile_changes
from app.profile_changes import Effect
from coach import safety
from coach.errors import ProfileError
from coach.profile import MOST, Profile, Region, SelfTests, Sides
from language.tongue import Tongue, marked
from models import subscribers
from web import described
from web.account import runner_form
from web.account import session as cookie
from web.account.account_pages import elsewhere
from web.account.runner_form import Said
from web.account.session import SignedIn
from web.form import limited_body, whole
from web.pages import READING

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from web.deps import Deps
    from web.pages import Pages

LEFT, RIGHT = "left", "right"


@dataclass(frozen=True, slots=True)
class Test:
    """key: its field in SelfTests. how: one step a sentence. counts: what is counted. sided: each side by itself. spares: regions it asks too much of while they hurt."""

    key: str
    name: str
    counts: str
    how: tuple[str, ...]
    sided: bool
    spares: frozenset[Region]


TESTS = (
    Test(
        "calf_raises",
        marked("Calf raises"),
        marked("Full raises"),
        (
            marked("Stand on one leg beside a wall, two fingertips on it."),
            marked("Rise as high as you can and come down again, two seconds for both."),
            marked("Stop when the heel no longer comes up all the way."),
        ),
        sided=True,
        spares=frozenset({Region.CALF, Region.ANKLE, Region.FOOT, Region.SHIN}),
    ),
    Test(
        "balance_open_s",
        marked("Balance, eyes open"),
        marked("Seconds"),
        (
            marked("Barefoot on one leg, arms crossed, something to hold within reach."),
            marked("Stop when the other foot comes down, the standing foot moves, or the arms come loose."),
            marked("Three tries; write the middle one."),
        ),
        sided=True,
        spares=frozenset({Region.ANKLE, Region.FOOT}),
    ),
    Test(
        "balance_closed_s",
        marked("Balance, eyes closed"),
        marked("Seconds"),
        (
            marked("The same, in a corner or with somebody beside you."),
            marked("Close your eyes once you stand still. Leave it out if you are unsteady or get dizzy."),
        ),
        sided=True,
        spares=frozenset({Region.ANKLE, Region.FOOT}),
    ),
    Test(
        "side_plank_s",
        marked("Side plank"),
        marked("Seconds"),
        (
            marked("On the elbow, legs straight, feet on top of each other, the body one line."),
            marked("Breathe on. Stop when the hips sink."),
        ),
        sided=True,
        spares=frozenset({Region.BACK, Region.LATERAL_HIP, Region.GROIN}),
    ),
    Test(
        "sit_to_stands",
        marked("Sit to stand"),
        marked("Times in 30 seconds"),
        (
            marked("A steady chair against a wall, arms crossed, feet flat."),
            marked("Stand up fully and sit down again, as often as you can in 30 seconds."),
        ),
        sided=False,
        spares=frozenset({Region.KNEE, Region.HIP}),
    ),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One number of a test. name: its field; label: its side, or what is counted."""

    name: str
    label: str
    value: str
    most: int
    wrong: str


@dataclass(frozen=True, slots=True)
class TestView:
    """sore: it is better left out for now."""

    key: str
    name: str
    how: tuple[str, ...]
    counts: str
    fields: tuple[Field, ...]
    sore: bool


def routes(deps: Deps, pages: Pages) -> APIRouter:
    router = APIRouter()

    @router.api_route("/account/tests", methods=READING)
    def tests(request: Request) -> Response:
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            profile = None if me is None else subscribers.profile_of(session, me.runner.id)
            version = 0 if me is None else subscribers.version_of(session, me.runner.id)
        if me is None or profile is None:
            return elsewhere(deps)
        return _page(profile, _kept(profile.self_tests) | {runner_form.VERSION: str(version)}, {}, me)

    @router.post("/account/tests", openapi_extra=described.SELF_TESTS)
    def done(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Keeps what came of the tests; with every field empty, takes them back. They count from the next plan on."""
        now = deps.clock()
        with deps.sessionmaker.begin() as session:
            me = cookie.who(session, deps, request)
            profile = None if me is None else subscribers.profile_of(session, me.runner.id)
            if me is None or profile is None:
                return elsewhere(deps)
            said = _brought_up(session, me, Said(cookie.own_form(deps, request, body, me)), profile)
            today = runner_form.local_day(now, me.runner.time_zone)
            if not _may(profile, today):
                return _page(profile, {}, {}, me, 422)
            typed = {name: said.one(name).strip() for name in NAMES}
            found, wrong = _read(typed, today, me.tongue)
            if wrong:
                version = said.one(runner_form.VERSION)
                return _page(profile, typed | {runner_form.VERSION: version}, wrong, me, 422)
            kept = profile.self_tests
            # The day is that of the results: saved as they are, they do not become younger.
            if kept is not None and found is not None and replace(found, on=kept.on) == kept:
                found = kept
            wanted = replace(profile, self_tests=found)
            subscribers.amend(session, me.runner, lambda _: wanted, now=now)
            effect, monday = profile_changes.apply(session, me.runner, profile, wanted, deps.catalogue, now=now)
        if effect is Effect.ANEW and monday is not None:
            deps.replan(me.runner, monday)
        return RedirectResponse(f"{deps.base}/account?counts={effect}" if effect else f"{deps.base}/account", 303)

    def _page(
        profile: Profile, typed: dict[str, str], wrong: dict[str, str], me: SignedIn, status: int = 200
    ) -> Response:
        on = None if profile.self_tests is None else profile.self_tests.on
        return pages.show(
            "account/tests",
            status,
            tongue=me.tongue,
            may=_may(profile, deps.today()),
            tests=[_view(test, profile, typed, wrong, me.tongue) for test in TESTS],
            on="" if on is None else me.tongue.day(on, marked("d MMMM y")),
            word=me.word,
            version=typed.get(runner_form.VERSION, ""),
            wrong=bool(wrong),
        )

    return router


def _brought_up(session: Session, me: SignedIn, posted: Said, kept: Profile) -> Said:
    """The form with what was told on another page since this one was opened."""
    version = whole(posted.one(runner_form.VERSION))
    shown = None if version is None else subscribers.profile_of(session, me.runner.id, version)
    if shown is None:
        return posted
    before, now = (Said({n: (v,) for n, v in _kept(p.self_tests).items()}) for p in (shown, kept))
    return Said(runner_form.brought_up(posted.fields, before, now))


def _may(profile: Profile, today: date) -> bool:
    """Whether what was answered about health lets anybody try how far they get."""
    return safety.screening_allows(profile, today)


def _names(test: Test) -> tuple[str, ...]:
    """The fields of a test; of one with sides, the left first."""
    return (f"{test.key}.{LEFT}", f"{test.key}.{RIGHT}") if test.sided else (test.key,)


def _labels(test: Test, tongue: Tongue) -> tuple[str, ...]:
    """What stands beside each of its fields."""
    counts = tongue.gettext(test.counts)
    if not test.sided:
        return (counts,)
    return tongue.gettext("%(counts)s, left", counts=counts), tongue.gettext("%(counts)s, right", counts=counts)


NAMES = tuple(name for test in TESTS for name in _names(test))


def _kept(tests: SelfTests | None) -> dict[str, str]:
    """What is stored, as the fields show it."""
    found: dict[str, str] = {}
    for test in TESTS if tests is not None else ():
        result: Sides | int | None = getattr(tests, test.key)
        if isinstance(result, Sides):
            sides = {LEFT: result.left, RIGHT: result.right}
            found |= {f"{test.key}.{side}": str(n) for side, n in sides.items() if n is not None}
        elif result is not None:
            found[test.key] = str(result)
    return found


def _read(typed: dict[str, str], today: date, tongue: Tongue) -> tuple[SelfTests | None, dict[str, str]]:
    """The results, None when there are none; and what is wrong, by field."""
    wrong: dict[str, str] = {}
    numbers: dict[str, int | None] = {}
    for name, text in typed.items():
        most = MOST[name.partition(".")[0]]
        number = numbers[name] = whole(text)
        if text and (number is None or not 0 <= number <= most):
            wrong[name] = tongue.gettext("Write a whole number from 0 to %(most)s, or leave it empty.", most=most)
    if wrong or not any(typed.values()):
        return None, wrong

    def sides(key: str) -> Sides | None:
        left, right = numbers[f"{key}.{LEFT}"], numbers[f"{key}.{RIGHT}"]
        return None if left is None and right is None else Sides(left, right)

    try:
        return SelfTests(
            on=today,
            calf_raises=sides("calf_raises"),
            balance_open_s=sides("balance_open_s"),
            balance_closed_s=sides("balance_closed_s"),
            side_plank_s=sides("side_plank_s"),
            sit_to_stands=numbers["sit_to_stands"],
        ), {}
    except ProfileError as error:
        return None, {error.field: f"{error.rule}. {error.remedy}"}


def _view(test: Test, profile: Profile, typed: dict[str, str], wrong: dict[str, str], tongue: Tongue) -> TestView:
    fields = tuple(
        Field(name, label, typed.get(name, ""), MOST[test.key], wrong.get(name, ""))
        for name, label in zip(_names(test), _labels(test, tongue), strict=True)
    )
    sore = any(i.current and i.region in test.spares for i in profile.injuries)
    how = tuple(tongue.gettext(step) for step in test.how)
    return TestView(test.key, tongue.gettext(test.name), how, tongue.gettext(test.counts), fields, sore)
