from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mail.addresses import is_plain
from mail.verp import bounced_id, return_path

KEY = "a signing key of the test, long enough"
OLDER_KEY = "the key that signed last year's letters"


@settings(deadline=None)
@given(st.integers(0, 2**53))
def test_a_bounce_says_which_mail_bounced(outbox_id):
    path = return_path(outbox_id, "stridewell.example", KEY)
    assert is_plain(path)
    assert len(path.partition("@")[0]) <= 64
    assert bounced_id(path, (KEY,)) == outbox_id


def test_a_server_on_the_way_may_change_the_case():
    assert bounced_id(return_path(7, "stridewell.example", KEY).upper(), (KEY,)) == 7


def test_bounces_of_mail_signed_with_an_older_key_count():
    path = return_path(7, "stridewell.example", OLDER_KEY)
    assert bounced_id(path, (KEY, OLDER_KEY)) == 7
    assert bounced_id(path, (KEY,)) is None


def test_a_made_up_bounce_is_nobodys():
    path = return_path(7, "stridewell.example", KEY)
    for made_up in (
        path.replace("+7.", "+8."),
        path.replace("b+", "c+"),
        path[:12],
        "",
        "ann@example.org",
        "b+7.@x",
        f"b+{'9' * 30}.{'a' * 16}@x",
    ):
        assert bounced_id(made_up, (KEY,)) is None


def test_the_same_mail_has_the_same_return_path():
    assert return_path(7, "stridewell.example", KEY) == return_path(7, "stridewell.example", KEY)
