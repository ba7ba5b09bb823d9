from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mail.addresses import is_plain
from mail.verp import proves, return_path, tokens, unsubscribe_address

KEY = "a signing key of the test, long enough"
OLDER_KEY = "the key that signed last year's letters"
ANA, BEN = "ana@example.org", "ben@example.org"


def path(outbox_id: int = 7, to: str = ANA, key: str = KEY) -> str:
    return return_path(outbox_id, to, "stridewell.example", key)


def proven(text: str, to: str = ANA, keys: tuple[str, ...] = (KEY,)) -> list[int]:
    return sorted(t.outbox_id for t in tokens(text) if proves(t, to, keys))


@settings(deadline=None)
@given(st.integers(0, 10**18 - 1))
def test_a_bounce_says_which_mail_bounced(outbox_id):
    address = path(outbox_id)
    assert is_plain(address)
    assert len(address.partition("@")[0]) <= 64
    assert proven(f"To: <{address}>") == [outbox_id]


def test_a_server_on_the_way_may_change_the_case():
    assert proven(path().upper()) == [7]


def test_bounces_of_mail_signed_with_an_older_key_count():
    assert proven(path(key=OLDER_KEY), keys=(KEY, OLDER_KEY)) == [7]
    assert proven(path(key=OLDER_KEY)) == []


def test_a_made_up_bounce_is_nobodys():
    for made_up in (
        path().replace("+7.", "+8."),
        path().replace("b+", "c+"),
        path().replace("b+", "u+"),
        path()[:12],
        "",
        "ann@example.org",
        "b+7.@x",
        f"b+{'9' * 30}.{'a' * 16}@x",
        f"b+7.{'a' * 16}@x",
    ):
        assert proven(made_up) == []


def test_a_bounce_is_about_the_address_the_mail_went_to_and_no_other():
    assert proven(path(), to=BEN) == []
    assert proven(path(), to="ANA@Example.org") == [7]


def test_a_mail_to_unsubscribe_cannot_be_made_of_a_return_path():
    leave = unsubscribe_address(7, ANA, "stridewell.example", KEY)
    assert proven(leave) == [7]
    assert proven(leave.replace("u+", "b+")) == []


def test_the_same_mail_has_the_same_return_path():
    assert path() == path()
