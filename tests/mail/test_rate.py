from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.rate import Rate
from tests.mail.posting import MAIL, Clock, posting
from tests.mail.servers import (
    Behaviour,
)


def test_mails_keep_to_the_rate():
    clock = Clock()
    with posting(Behaviour(), connections=1, rate=4, clock=clock, pause=clock.wait) as transport:
        transport.send_batch([MAIL] * 9)
    assert clock.now == pytest.approx(1002.0)


def test_no_rate_is_no_waiting():
    clock = Clock()
    with posting(Behaviour(), rate=0, clock=clock, pause=clock.wait) as transport:
        transport.send_batch([MAIL] * 9)
    assert clock.now == 1000.0


@settings(deadline=None)
@given(st.floats(0.5, 1000), st.integers(1, 20), st.lists(st.floats(0, 5), max_size=60))
def test_in_no_stretch_of_time_do_more_mails_go_than_the_rate_and_the_burst_allow(per_s, burst, idle):
    clock = Clock()
    rate = Rate(per_s, clock=clock, pause=clock.wait, burst=burst)
    went = []
    for quiet in idle:
        clock.wait(quiet)
        rate.take()
        went.append(clock.now)
    for first in range(len(went)):
        for last in range(first + burst, len(went)):
            assert last - first + 1 <= burst + (went[last] - went[first]) * per_s + 1e-6
