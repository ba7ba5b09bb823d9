"""Settings: `.env` and the environment, read here and nowhere else, checked all at once.

A variable of the environment wins over `.env`; an empty value means the default. Every setting has the prefix STRIDEWELL_.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import secrets
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values, set_key
from dotenv.parser import Binding, parse_stream
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from app import places
from app import setting_rules as rules
from coach.errors import StridewellError

PREFIX = "STRIDEWELL_"

UNSET_POSTAL_ADDRESS = "(postal address not set)"


class SettingsError(StridewellError):
    """One or more settings are wrong. problems: a sentence each, with the full name, the rule and the remedy."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseModel):
    """Every setting, checked. The description of a field is its line of help in `.env.example`."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    home: Path
    """The folder that relative paths start from; holds `.env` and `var/`. Not a setting."""

    database_url: Annotated[str, BeforeValidator(rules.database_url)] = Field(
        default="sqlite:///var/stridewell.db",
        repr=False,
        description="Where runners, weeks and answers are kept: sqlite:///a/file or postgresql://user:password@host/name.",
    )
    smtp_url: Annotated[str, BeforeValidator(rules.smtp_url)] = Field(
        default=rules.EMBEDDED,
        repr=False,
        description="Mail server: smtp://user:password@host:587?starttls=1 or smtps://…; embedded keeps mails as files.",
    )
    mailbox: Annotated[str, BeforeValidator(rules.one_line)] = Field(
        default="var/mailbox", description="Folder of the embedded mailbox: one .eml file a mail."
    )
    public_url: Annotated[str, BeforeValidator(rules.public_url)] = Field(
        default="http://127.0.0.1:8000",
        description="Address of the web app as runners reach it; links in mails use it.",
    )
    secret_key: Annotated[tuple[str, ...], BeforeValidator(rules.keys)] = Field(
        default=(),
        repr=False,
        description="Signs the links in mails. Made on first run. To change it put the new key first: new,old.",
    )
    mail_from: Annotated[str, BeforeValidator(rules.mail_address)] = Field(
        default="Stridewell <coach@stridewell.localhost>", description="Sender of every mail: Name <address>."
    )
    reply_to: Annotated[str, BeforeValidator(rules.mail_address_or_none)] = Field(
        default="", description="Where a runner's reply goes; empty: to the sender."
    )
    returns_url: Annotated[str, BeforeValidator(rules.returns_url)] = Field(
        default="",
        repr=False,
        description="Where bounces and complaints arrive: imaps://user:password@host/INBOX or maildir:/a/folder; empty: not read.",
    )
    operator: Annotated[str, BeforeValidator(rules.mail_address_or_none)] = Field(
        default="", description="Who is told by mail how each day went, and what needs a hand; empty: nobody."
    )
    postal_address: Annotated[str, BeforeValidator(rules.one_line)] = Field(
        default=UNSET_POSTAL_ADDRESS,
        description="Your postal address, in every mail's footer because the law asks for it.",
    )
    images: Annotated[Literal["auto", "hosted", "inline"], rules.one_of("auto", "hosted", "inline")] = Field(
        default="auto",
        description="Pictures of mails: hosted (fetched from PUBLIC_URL), inline (going along), auto (inline in the embedded mailbox).",
    )
    send_rate: Annotated[float, rules.number(0, 10_000, "50")] = Field(
        default=50.0, description="Mails a second at most, 0 for no limit; the embedded mailbox is never slowed."
    )
    connections: Annotated[int, rules.number(1, 64, "4", whole=True)] = Field(
        default=4, description="Connections to the mail server at once."
    )
    refusal_limit: Annotated[float, rules.number(0.01, 1, "0.2")] = Field(
        default=0.2, description="Share of refused mails above which a delivery stops and tells you."
    )
    ambiguous: Annotated[Literal["hold", "resend"], rules.one_of("hold", "resend")] = Field(
        default="hold",
        description="A mail that may or may not have arrived: hold it for you to decide, or resend (may arrive twice).",
    )
    slot: Annotated[str, BeforeValidator(rules.slot)] = Field(
        default="sun 17:00",
        description="When the weekly mail goes out, in the runner's own time zone, unless they choose.",
    )
    chunk: Annotated[int, rules.number(1, 10_000, "1000", whole=True)] = Field(
        default=1000, description="Runners planned or mails claimed in one go."
    )
    lease_s: Annotated[int, rules.number(10, 3600, "300", whole=True)] = Field(
        default=300, description="Seconds after which another worker may take over what a dead one had claimed."
    )
    link_days: Annotated[int, rules.number(7, 400, "35", whole=True)] = Field(
        default=35, description="Days the answer links of a mail stay open."
    )
    unsubscribe_days: Annotated[int, rules.number(60, 4000, "800", whole=True)] = Field(
        default=800, description="Days the unsubscribe links of a mail stay open."
    )
    web_processes: Annotated[int, rules.number(1, 64, "2", whole=True)] = Field(
        default=2, description="Processes that serve the pages; each answers some 400 a second."
    )
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], rules.one_of("DEBUG", "INFO", "WARNING", "ERROR")
    ] = Field(default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR.")

    @model_validator(mode="after")
    def _real_mail_needs_real_names(self) -> Settings:
        if self.smtp_url == rules.EMBEDDED:
            return self
        wrong = []
        if self.postal_address == UNSET_POSTAL_ADDRESS:
            wrong.append(
                "STRIDEWELL_POSTAL_ADDRESS: mail that leaves the machine must carry your postal address. "
                "Write it on one line, like Stridewell, 1 Mill Lane, Leeds LS1 4DY, United Kingdom."
            )
        if parseaddr(self.mail_from)[1].endswith(".localhost"):
            wrong.append(
                "STRIDEWELL_MAIL_FROM: mail that leaves the machine needs a sender of your own. "
                "Write an address your mail server may send for, like Stridewell <coach@example.org>."
            )
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    @property
    def embedded(self) -> bool:
        """Mails stay on this machine."""
        return self.smtp_url == rules.EMBEDDED

    @property
    def pictures_go_along(self) -> bool:
        """Pictures are parts of the mails they are in."""
        return self.images == "inline" or (self.images == "auto" and self.embedded)

    @property
    def database(self) -> str:
        """The database's URL with a SQLite file's path made absolute."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix) or self.database_url.startswith(prefix + ":memory:"):
            return self.database_url
        return prefix + str(self.path(self.database_url.removeprefix(prefix)))

    @property
    def mailbox_folder(self) -> Path:
        return self.path(self.mailbox)

    @property
    def returns(self) -> str:
        """Where mails come back to; with the embedded mailbox a folder in it, and empty when nobody reads them."""
        return self.returns_url or (f"maildir:{self.mailbox_folder / 'returns'}" if self.embedded else "")

    @property
    def default_slot(self) -> tuple[int, int]:
        """Weekday (0 is Monday) and minute of the day."""
        return rules.parse_slot(self.slot)

    def path(self, text: str) -> Path:
        """A path from a setting: absolute as it stands, else below `home`."""
        return (self.home / Path(text).expanduser()).resolve()


NAMES: tuple[str, ...] = tuple(PREFIX + name.upper() for name in Settings.model_fields if name != "home")
"""The full name of every setting, in the order of `.env.example`."""


def load(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read `.env` below `home` and the environment; make the signing key on first run.

    Raises SettingsError with everything that is wrong.
    """
    environ = os.environ if environ is None else environ
    home = places.home(environ) if home is None else home.resolve()
    file = home / ".env"
    given = _given(file, environ)
    problems = _unreadable(file) + _unknown(file)
    settings: Settings | None = None
    try:
        settings = Settings(home=home, **given)
    except ValidationError as wrong:
        problems += _sentences(wrong)
    if problems or settings is None:
        # Raised outside the handler: pydantic's own error would show the values, secrets among them.
        raise SettingsError(*problems)
    if settings.secret_key:
        return settings
    return settings.model_copy(update={"secret_key": rules.keys(_made_key(file))})


def _given(file: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """What is set, by field name; the environment over the file, empty values left out."""
    values = _read(file) | {name: environ[name] for name in NAMES if environ.get(name, "").strip()}
    return {name.removeprefix(PREFIX).lower(): values[name] for name in NAMES if values.get(name, "").strip()}


def _read(file: Path) -> dict[str, str]:
    try:
        # No interpolation: a password may hold a dollar sign.
        return {k: v or "" for k, v in dotenv_values(file, interpolate=False).items()}
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "cannot be read"
        raise SettingsError(f"{file}: the file {why}. Save it as UTF-8 text that you may read, or remove it.") from None


def _unreadable(file: Path) -> list[str]:
    """A line that says nothing is wrong, not silent either: somebody meant something by it."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8") as lines:
        bindings = list(parse_stream(lines))
    return [
        f"{file}, line {number}: this is not NAME=value. Write it so, a value with spaces in quotation marks, or put # before it."
        for number, binding in ((_line_of(b), b) for b in bindings)
        if binding.error or (binding.key is not None and binding.value is None)
    ]


def _line_of(binding: Binding) -> int:
    """The parser counts the empty lines before a binding as part of it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _unknown(file: Path) -> list[str]:
    """A misspelt setting is wrong, not silent: the default it leaves in place may post real mail."""
    found = []
    for name in _read(file):
        if name.startswith(PREFIX) and name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1)
            remedy = f"Did you mean {near[0]}?" if near else "Remove the line; .env.example lists every setting."
            found.append(f"{name}: there is no such setting ({file}). {remedy}")
    return found


def _sentences(wrong: ValidationError) -> list[str]:
    lines = []
    for error in wrong.errors(include_url=False, include_input=False):
        # Our own validators raise ValueError with rule and remedy; their text follows pydantic's prefix.
        text = error["msg"].removeprefix("Value error, ")
        if not error["loc"]:
            lines += text.split("\n")
        else:
            lines.append(f"{PREFIX}{str(error['loc'][0]).upper()}: {text}{'' if text.endswith('?') else '.'}")
    return lines


def _made_key(file: Path) -> str:
    """A new signing key, kept in `.env`, readable by its owner alone; the key another process made meanwhile wins."""
    name = PREFIX + "SECRET_KEY"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file.parent):
            there = _read(file).get(name, "").strip()
            if there:
                return there
            key = secrets.token_urlsafe(48)
            set_key(file, name, key, quote_mode="never")
            file.chmod(0o600)
            return key
    except OSError as error:
        raise SettingsError(
            f"{name}: a key is needed and could not be written to {file} ({error.strerror}). "
            f"Make the folder writable, or set {name} in the environment to {rules.KEY_CHARS} random characters or more."
        ) from None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time in this folder, where the system can lock a folder."""
    try:
        import fcntl
    except ImportError:  # Windows: two first runs in the same second are left to chance
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def example() -> str:
    """The text of `.env.example`: every setting with its line of help and its default."""
    lines = [
        "# Copy to .env and change what you need. Everything has a default; a variable of the environment wins.",
        "# Relative paths start at the folder of this file. STRIDEWELL_HOME (environment only) names another folder.",
        "# `stridewell doctor` checks it all and says how to mend what is wrong.",
    ]
    for name, field in Settings.model_fields.items():
        if name == "home":
            continue
        default = field.default
        shown = "" if default in ((), UNSET_POSTAL_ADDRESS) else f"{default:g}" if _is_number(default) else str(default)
        quoted = f'"{shown}"' if " " in shown else shown
        lines += ["", f"# {field.description}", f"{PREFIX}{name.upper()}={quoted}"]
    return "\n".join(lines) + "\n"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
