from __future__ import annotations

import logging

import pytest

from web.logs import MaskTokens, mask, mask_access_log

TOKEN = "WyJhYmMiLDE1Miw3OF0.k3Jd-_s"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"/a/{TOKEN}?s=0&c=h", "/a/…"),
        (f"/stridewell/u/{TOKEN}", "/stridewell/u/…"),
        (f'GET /a/{TOKEN} HTTP/1.1" 200', 'GET /a/… HTTP/1.1" 200'),
        (f"/f/{TOKEN}/stretch", "/f/…"),
        (f"/progress/{TOKEN}", "/progress/…"),
        (f"/calendar/{TOKEN}.ics", "/calendar/…"),
        (f"/sign-in/{TOKEN}", "/sign-in/…"),
        (f"/confirm/{TOKEN}", "/confirm/…"),
        (f"/move/new/{TOKEN}", "/move/new/…"),
        ("/sign-in", "/sign-in"),
        ("/healthz", "/healthz"),
        ("/mailbox/weekly.2026-11-23", "/mailbox/weekly.2026-11-23"),
        ("/static/site.css?ab", "/static/site.css?ab"),
    ],
)
def test_tokens_and_answers_are_taken_out_of_addresses(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_the_access_log_keeps_everything_but_the_token(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("uvicorn.access")
    mask_access_log()
    mask_access_log()
    try:
        assert sum(isinstance(f, MaskTokens) for f in logger.filters) == 1
        with caplog.at_level(logging.INFO, "uvicorn.access"):
            logger.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:9", "GET", f"/a/{TOKEN}?s=0&c=h", "1.1", 200)
        assert caplog.messages == ['127.0.0.1:9 - "GET /a/… HTTP/1.1" 200']
    finally:
        for name in ("uvicorn.access", "uvicorn.error"):
            for f in list(logging.getLogger(name).filters):
                logging.getLogger(name).removeFilter(f)
