"""Which claims challenges are handed on: those that a sign-in can use, in letters that any header bears."""

import pytest

from backend.directory.graph.claims import usable_claims


@pytest.mark.parametrize(
    ("claims", "handed_on"),
    [
        ('{"access_token": {"nbf": {"essential": true}}}', '{"access_token": {"nbf": {"essential": true}}}'),
        ('{"a":"å"}', '{"a": "\\u00e5"}'),
        ('{"a":"\\ud800"}', '{"a": "\\ud800"}'),
        ('{"a":"' + "x" * 9_000 + '"}', ""),
        ("[" * 100_000, ""),
        ('["x"]', ""),
        ("no JSON", ""),
        ("", ""),
        (None, ""),
        ({"a": 1}, ""),
    ],
)
def test_claims(claims: object, handed_on: str) -> None:
    assert usable_claims(claims) == handed_on
    assert usable_claims(claims).isascii()
