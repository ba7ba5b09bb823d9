"""An address changes when both ends have agreed, and not before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models import moves, sessions, subscribers, suppressions
from models.moves import Move
from tests.builders import SUNDAY_EVENING as NOW
from tests.models.seeds import signed_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.moves import End

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(("first", "second"), [("old", "new"), ("new", "old")])
def test_the_address_changes_when_both_ends_have_agreed(session: Session, first: End, second: End) -> None:
    ana = signed_up(session)
    assert moves.ask(session, ana, "Ana@New.example", occasion="one", now=NOW)
    half = moves.agree(session, ana, first, occasion="one", now=LATER)
    assert half is not None
    assert half.old_agreed != half.new_agreed
    assert subscribers.find(session, "ana@example.org") is not None
    whole = moves.agree(session, ana, second, occasion="one", now=LATER)
    assert whole == Move("Ana@new.example", "one", NOW, old_agreed=True, new_agreed=True)
    assert subscribers.find(session, "ana@example.org") is None
    moved = subscribers.find(session, "ana@new.example")
    assert moved is not None
    assert (moved.id, moved.key) == (ana.id, ana.key)
    assert moves.of(session, ana.id) is None


def test_a_move_signs_out_what_was_signed_in_before(session: Session) -> None:
    ana = signed_up(session)
    moves.ask(session, ana, "new@example.org", occasion="one", now=NOW)
    for end in ("old", "new"):
        moves.agree(session, ana, end, occasion="one", now=LATER)
    assert sessions.signed_in(session, ana.key, since=NOW) is None
    assert sessions.signed_in(session, ana.key, since=LATER + timedelta(seconds=1)) is not None


def test_a_link_of_an_earlier_change_does_nothing(session: Session) -> None:
    ana = signed_up(session)
    moves.ask(session, ana, "one@example.org", occasion="one", now=NOW)
    moves.agree(session, ana, "old", occasion="one", now=NOW)
    moves.ask(session, ana, "two@example.org", occasion="two", now=NOW)
    assert moves.agree(session, ana, "new", occasion="one", now=NOW) is None
    waiting = moves.of(session, ana.id)
    assert waiting == Move("two@example.org", "two", NOW, old_agreed=False, new_agreed=False)


def test_an_address_that_is_taken_or_barred_is_not_to_be_written_to(session: Session) -> None:
    ana = signed_up(session)
    signed_up(session, "ben@example.org")
    suppressions.suppress(session, "gone@example.org", "bounced", now=NOW)
    assert not moves.ask(session, ana, "BEN@example.org", occasion="one", now=NOW)
    assert not moves.ask(session, ana, "gone@example.org", occasion="two", now=NOW)


def test_an_address_taken_meanwhile_ends_the_change(session: Session) -> None:
    ana = signed_up(session)
    moves.ask(session, ana, "new@example.org", occasion="one", now=NOW)
    signed_up(session, "new@example.org")
    moves.agree(session, ana, "old", occasion="one", now=NOW)
    assert moves.agree(session, ana, "new", occasion="one", now=NOW) is None
    assert subscribers.find(session, "ana@example.org") == ana


def test_a_change_can_be_taken_back_and_lapses(session: Session) -> None:
    ana = signed_up(session)
    moves.ask(session, ana, "new@example.org", occasion="one", now=NOW)
    assert moves.cancel(session, ana.id)
    assert not moves.cancel(session, ana.id)
    moves.ask(session, ana, "new@example.org", occasion="two", now=NOW)
    assert moves.forget(session, before=NOW) == 0
    assert moves.forget(session, before=LATER) == 1
