"""Somebody at a phone, without an account yet: fills in forms as pages give them and reads the mails that come."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import httpx

from coach.profile import Profile
from models import subscribers
from tests.web.conftest import Website
from tests.web.reading import form_of

ADA = {
    "name": "Ada",
    "email": "ada@example.org",
    "birth_year": "1988",
    "body_mass": "62",
    "weekly_km": "35",
    "run.1": "quality",
    "run.6": "long",
    "time_zone": "Europe/Oslo",
    "consent": "yes",
}
"""What Ada types and chooses; everything else she leaves as the page has it."""

TICKED = [("day", "0"), ("day", "3"), ("screen", "none")]


@dataclass
class Phone:
    """A browser with cookies of its own, and the mailbox of whoever holds it. shown: the page that was last opened."""

    website: Website
    mailbox: Path
    shown: httpx.Response = field(init=False)

    def open(self, path: str) -> httpx.Response:
        """The page of an address, after what it leads on to."""
        self.shown = self._followed(self.website.get(path))
        return self.shown

    def send(self, path: str, fields: list[tuple[str, str]] | None = None) -> httpx.Response:
        """A posted form, and the page it leads on to."""
        self.shown = self._followed(self.website.post(path, fields or []))
        return self.shown

    def press(self, *said: tuple[str, str], at: int = 0, **changes: str) -> httpx.Response:
        """Save a form of the page that is shown, with some fields set and some added. at: which form."""
        form = form_of("<form" + self.shown.text.split("<form")[1:][at])
        assert set(changes) <= form.names
        return self.send(form.action, [*((n, v) for n, v in form.fields if n not in changes), *changes.items(), *said])

    def sign_up(self, *, also: list[tuple[str, str]] | None = None, **changes: str) -> httpx.Response:
        """From the empty form to wherever it leads. changes: in place of Ada's; `__` stands for a dot."""
        self.open("/join")
        form = form_of(self.shown.text)
        said = ADA | {k.replace("__", "."): v for k, v in changes.items()}
        fields = [(n, v) for n, v in form.fields if n not in said and n != "consent"]
        ticked = TICKED if also is None else also
        return self.send("/join", [*fields, *ticked, *((n, v) for n, v in said.items() if v)])

    def mails(self, to: str = "ada@example.org") -> list[EmailMessage]:
        """What came to an address, oldest first."""
        found = []
        for path in sorted(self.mailbox.glob("*.eml"), key=lambda p: (p.stat().st_mtime_ns, p.name)):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.SMTP)
            assert isinstance(mail, EmailMessage)
            if to in str(mail["To"]):
                found.append(mail)
        return found

    def link(self, start: str, to: str = "ada@example.org") -> str:
        """The path of a link in the newest mail that has one, like that which begins with "/confirm/"."""
        for mail in reversed(self.mails(to)):
            found = re.search(rf"https?://[^/\s]+({re.escape(start)}\S+)", text_of(mail))
            if found:
                return found[1]
        raise AssertionError(f"no mail to {to} has a link to {start}: {[m['Subject'] for m in self.mails(to)]}")

    def join(self, *, also: list[tuple[str, str]] | None = None, **changes: str) -> None:
        """Sign up, confirm, and be signed in."""
        self.sign_up(also=also, **changes)
        self.open(self.link("/confirm/", changes.get("email", "ada@example.org")))
        self.press()

    def profile(self) -> Profile:
        """What is known of Ada."""
        with self.website.deps.sessionmaker() as session:
            runner = subscribers.find(session, "ada@example.org")
            assert runner is not None
            found = subscribers.profile_of(session, runner.id)
        assert found is not None
        return found

    def _followed(self, answer: httpx.Response) -> httpx.Response:
        while answer.is_redirect:
            answer = self.website.get(answer.headers["location"])
        return answer


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
