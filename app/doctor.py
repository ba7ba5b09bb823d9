"""The doctor: looks at everything an installation needs, and says how to mend what is wrong."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from app import catalogue_signing, places, settings, wiring
from app.catalogue_signing import State as Signed
from app.settings import Settings, SettingsError
from app.wiring import House, NotReady
from coach.errors import StridewellError

SPACE_MB = 200
"""Below this a week of a few thousand runners and their mails no longer fits comfortably."""

PATIENCE_S = 5.0

PINS = (("prefect", (3, 8, 8), (3, 9)), ("sqlalchemy", (2, 0, 40), (2, 1)), ("fastapi", (0, 100), (0, 151)))
"""From (included) to (excluded): outside, schedules are not kept or the server does not start. docs/adr/0002"""


class State(StrEnum):
    FINE = "fine"
    LOOK = "look"
    """Works, but somebody should look at it."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. remedy: what to do, empty when it is fine."""

    name: str
    state: State
    said: str
    remedy: str = ""


def examine(home: Path | None = None, environ: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything, in the order of dependence; nothing is changed but a missing signing key, which is made."""
    environ = os.environ if environ is None else environ
    found = [*_versions()]
    try:
        kept = settings.load(home, environ)
    except SettingsError as error:
        return [*found, *(_wrong("settings", *_split(problem)) for problem in error.problems)]
    found.append(Finding("settings", State.FINE, f"{len(settings.NAMES)} settings read, {kept.home / '.env'}"))
    found += _environment(kept, environ)
    try:
        house = wiring.build(kept)
    except NotReady as error:
        return [*found, _wrong("coach", *_split(str(error).removeprefix("coach: ")))]
    try:
        for look in (_disk, _database, _outbox, _catalogue, _templates, _mail, _returns, _public_url):
            found += _safely(look, house)
    finally:
        house.close()
    return found


def _safely(look: Callable[[House], Iterator[Finding]], house: House) -> list[Finding]:
    """The findings of one look; one that fails is a finding too, and the others still happen."""
    try:
        return list(look(house))
    except StridewellError as error:
        return [_wrong(look.__name__.strip("_"), *_split(str(error)))]
    except Exception as error:  # noqa: BLE001 a doctor who faints helps nobody
        return [_wrong(look.__name__.strip("_"), f"the check itself failed: {type(error).__name__}", "Report this.")]


def _versions() -> Iterator[Finding]:
    yield Finding("python", State.FINE, _dotted(sys.version_info[:3]))
    for package, low, high in PINS:
        span = f"from {_dotted(low)} to before {_dotted(high)}"
        remedy = "Install the locked versions: pip install --require-hashes -r requirements.lock"
        try:
            text = metadata.version(package)
        except metadata.PackageNotFoundError:
            yield _wrong(package, f"is not installed; needed {span}", remedy)
            continue
        numbers = tuple(int(part) for part in text.split(".")[:3] if part.isdecimal())
        if low <= numbers < high:
            yield Finding(package, State.FINE, text)
        else:
            yield _wrong(package, f"{text} is installed; needed {span}", remedy)


def _environment(kept: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    known = {*settings.NAMES, "STRIDEWELL_HOME"}
    for name in sorted(environ):
        if name.startswith(settings.PREFIX) and name not in known:
            yield Finding(
                "settings", State.LOOK, f"{name} is set and there is no such setting", "Unset it, or correct its name."
            )
    file = kept.home / ".env"
    if file.exists() and os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield _wrong("secret key", f"others on this machine can read {file}", f"Run: chmod 600 {file}")
    else:
        more = len(kept.secret_key) - 1
        yield Finding("secret key", State.FINE, "there" + (f", with {more} older that still verify" if more else ""))


def _disk(house: House) -> Iterator[Finding]:
    folders = {house.settings.home / "var"}
    if house.settings.embedded:
        folders.add(house.settings.mailbox_folder)
    if house.engine.dialect.name == "sqlite" and house.engine.url.database:
        folders.add(Path(house.engine.url.database).parent)
    for folder in sorted(folders):
        there = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
            yield _wrong(
                "disk", f"{folder} cannot be written", "Give the user that runs Stridewell the right to write there."
            )
            continue
        free = shutil.disk_usage(there).free // 1_000_000
        if free < SPACE_MB:
            yield _wrong(
                "disk", f"{folder} has {free} MB left", "Make room: delete old mails of the mailbox or old backups."
            )
        else:
            yield Finding("disk", State.FINE, f"{folder} ({free:,} MB free)")


def _database(house: House) -> Iterator[Finding]:
    house.ready()
    where = house.engine.url.render_as_string(hide_password=True)
    yield Finding("database", State.FINE, f"{where}, up to date")


def _outbox(house: House) -> Iterator[Finding]:
    from models import outbox

    if not house.at_head():
        return
    with house.sessions() as session:
        counts = outbox.counts(session)
    held = counts["ambiguous"]
    if held:
        said = f"{held} mails may or may not have arrived and are held"
        yield Finding("outbox", State.LOOK, said, "See them with: stridewell outbox held")
    else:
        yield Finding("outbox", State.FINE, f"{outbox.to_go(counts)} still to go, {counts['sent']} sent")


def _catalogue(house: House) -> Iterator[Finding]:
    found = house.catalogue
    said = f"{len(found.exercises)} exercises, {len(found.stretches)} stretches, version {found.version}"
    yield Finding("catalogue", State.FINE, said)
    survey = catalogue_signing.survey(places.catalogue_folder())
    # Never signed is a catalogue that waits for its reader; a signature that no longer holds looks like one that does.
    lapsed = survey.of(Signed.CHANGED, Signed.CLAIMED) or survey.gone
    said = catalogue_signing.summary(survey).removeprefix("Catalogue: ").rstrip(".")
    if lapsed:
        yield Finding(
            "signatures", State.LOOK, said, "See which, and have them read again: stridewell catalogue changes"
        )
    else:
        yield Finding("signatures", State.FINE, said)


def _templates(house: House) -> Iterator[Finding]:
    folder = places.templates_folder()
    missing = [name for name in ("email", "web") if not (folder / name).is_dir()]
    if missing:
        yield _wrong("templates", f"{folder} lacks {' and '.join(missing)}", "Install Stridewell again, complete.")
        return
    _ = house.renderer
    yield Finding("templates", State.FINE, str(folder))


def _mail(house: House) -> Iterator[Finding]:
    kept = house.settings
    if kept.embedded:
        said = f"kept as files in {kept.mailbox_folder}; none leaves this machine"
        yield Finding("mail", State.FINE, said)
        return
    from mail.outcomes import TryLater
    from mail.smtp_server import server
    from mail.smtp_session import Session

    at = server(kept.smtp_url)
    import ssl

    context = None if at.security == "plain" else ssl.create_default_context()
    session = Session(at, context=context, helo=socket.gethostname(), timeout_s=PATIENCE_S, verdict_s=PATIENCE_S)
    try:
        answer = session.open()
    finally:
        session.close()
    if isinstance(answer, TryLater):
        yield _wrong(
            "mail",
            f"{at}: {answer.text[:200]}",
            "Check STRIDEWELL_SMTP_URL (host, port, user, password) and that the server lets this machine in.",
        )
    else:
        yield Finding("mail", State.FINE, f"{at} answers" + (" and takes the login" if at.user else ""))


def _returns(house: House) -> Iterator[Finding]:
    from app import returning
    from mail import postbox

    if not house.settings.returns:
        yield Finding(
            "returned mail",
            State.LOOK,
            "nobody reads bounces and complaints",
            "Name the mailbox they arrive in: STRIDEWELL_RETURNS_URL. docs/returns.md tells how.",
        )
        return
    with returning.opened(house) as box:
        waiting = len(box.waiting())
    at = postbox.account(house.settings.returns)
    if house.settings.returns_url and isinstance(at, Path) and not house.settings.path(str(at)).is_dir():
        yield Finding(
            "returned mail",
            State.LOOK,
            f"the folder {at} is not there yet",
            "A mail server makes it when the first mail comes; should some have come, correct STRIDEWELL_RETURNS_URL.",
        )
        return
    yield Finding("returned mail", State.FINE, f"the mailbox opens, {waiting} waiting")


def _public_url(house: House) -> Iterator[Finding]:
    import httpx

    kept = house.settings
    parts = urlsplit(kept.public_url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not kept.embedded and (local or parts.scheme != "https"):
        why = "names this machine" if local else "is not encrypted (https)"
        yield _wrong(
            "public URL",
            f"{kept.public_url} {why}, and mails go out to runners",
            "Set STRIDEWELL_PUBLIC_URL to the https address that runners reach; one-click unsubscribe needs it.",
        )
        return
    try:
        answer = httpx.get(f"{kept.public_url}/healthz", timeout=PATIENCE_S)
        well = answer.status_code == httpx.codes.OK
        said = f"{kept.public_url} answers {answer.status_code}"
    except httpx.HTTPError:
        well, said = False, f"{kept.public_url} does not answer"
    if well:
        yield Finding("public URL", State.FINE, said)
    else:
        yield Finding(
            "public URL",
            State.LOOK,
            said,
            "Links in mails lead there: start the web app with `make up` or `stridewell web`.",
        )


def _wrong(name: str, said: str, remedy: str = "") -> Finding:
    return Finding(name, State.WRONG, said, remedy)


def _split(problem: str) -> tuple[str, str]:
    """A message in two: what is wrong, and what to do."""
    said, stop, remedy = problem.partition(". ")
    return (said, remedy) if stop else (problem, "")


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
