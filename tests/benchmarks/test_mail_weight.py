"""What is told of the weight of mails adds up."""

from __future__ import annotations

import pytest

from app import languages
from benchmarks.mail_weight import Mail, main, weigh
from mail.render import HEAVIEST


@pytest.fixture(scope="module")
def mails() -> list[Mail]:
    return list(weigh(runners=3, weeks=2))


def test_every_week_of_every_runner_is_weighed_in_every_language(mails: list[Mail]) -> None:
    assert len(mails) == 3 * 2 * len(languages.library().codes)
    assert all(0 < mail.octets <= HEAVIEST for mail in mails)


def test_every_byte_is_counted_once(mails: list[Mail]) -> None:
    for mail in mails:
        assert sum(mail.kinds.values()) == sum(mail.parts.values()) == mail.full
        assert min(mail.kinds.values()) >= 0


def test_the_tables_name_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    main(runners=1, weeks=1)
    said = capsys.readouterr().out
    assert all(f" {code} " in said for code in languages.library().codes)
    assert f"{HEAVIEST:,}" in said
