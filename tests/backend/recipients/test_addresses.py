"""What is one address, and what are its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.recipients import addresses
from backend.recipients.addresses import Address

ADDRESSES = [
    ("anna.berg@granvik.example", Address("anna.berg", "granvik.example", "granvik.example", "granvik.example")),
    (
        "anna@skola.granvik.example",
        Address("anna", "skola.granvik.example", "skola.granvik.example", "granvik.example"),
    ),
    ("anna@gränvik.example", Address("anna", "xn--grnvik-cua.example", "gränvik.example", "xn--grnvik-cua.example")),
    (
        "anna@xn--grnvik-cua.example",
        Address("anna", "xn--grnvik-cua.example", "gränvik.example", "xn--grnvik-cua.example"),
    ),
    ("anna@GRANVIK.example", Address("anna", "granvik.example", "granvik.example", "granvik.example")),
    ("anna@granvik.co.uk", Address("anna", "granvik.co.uk", "granvik.co.uk", "granvik.co.uk")),
    ("anna@localhost", Address("anna", "localhost", "localhost", "")),
    ("аnna@granvik.example", Address("аnna", "granvik.example", "granvik.example", "granvik.example")),
    (
        "anna_x.se#ext#@granvik.example",
        Address("anna_x.se#ext#", "granvik.example", "granvik.example", "granvik.example"),
    ),
    ("o'hara+x@example.se", Address("o'hara+x", "example.se", "example.se", "example.se")),
    ('"anna berg"@example.se', Address('"anna berg"', "example.se", "example.se", "example.se")),
    ('"a@b"@example.se', Address('"a@b"', "example.se", "example.se", "example.se")),
    ('"a\\"b"@example.se', Address('"a\\"b"', "example.se", "example.se", "example.se")),
    ("anna@[192.0.2.1]", Address("anna", "[192.0.2.1]", "[192.0.2.1]", "")),
    ("anna@[ipv6:2001:db8::1]", Address("anna", "[ipv6:2001:db8::1]", "[ipv6:2001:db8::1]", "")),
]
NO_ADDRESSES = [
    *("", " ", "@", "@@", "anna.berg", "@granvik.example", "anna.berg@", "anna@.example", "anna@granvik..example"),
    *("anna@granvik.example.", "anna berg@example.se", "anna@example .se", "anna@exam\tple.se", "anna\n@example.se"),
    *(
        "anna@example.se\0",
        "anna\u200b@example.se",
        "anna@exam\u200bple.se",
        "anna\u202e@example.se",
        "anna\ud800@a.se",
    ),
    *("evil@evil.example, anna@granvik.example", "evil@evil.example;anna@granvik.example", "<anna@granvik.example>"),
    *("anna <anna@granvik.example>", "anna@granvik.example@evil.example", "anna@granvik.example>", "a(b)@example.se"),
    *("mailto:anna@granvik.example", '"anna@granvik.example', '"a"b"@example.se', '"a\\"@example.se', '"@example.se'),
    *("/o=granvik/ou=first/cn=recipients/cn=anna", "/o=granvik/cn=anna@granvik.example", "anna@[evil]", "anna@[]"),
    *("anna@exa_mple.se", "anna@-example.se", "anna@example-.se", "anna@xn--.se", "anna@" + "a" * 64 + ".se"),
    *("a" * 310 + "@example.se", "anna@" + "a." * 130 + "se", "anna@☃\u200d.se", "anna@example.se?subject=x"),
]


@pytest.mark.parametrize(("key", "address"), ADDRESSES, ids=repr)
def test_parts(key: str, address: Address) -> None:
    assert addresses.read(key) == address


@pytest.mark.parametrize("key", NO_ADDRESSES, ids=ascii)
def test_no_address(key: str) -> None:
    assert addresses.read(key) is None


@given(st.one_of(st.text(), st.text(alphabet='a@."\\[]1:,<> åö-', max_size=30)))
def test_any_text_is_answered(key: str) -> None:
    address = addresses.read(key)
    assert address is None or key.startswith(f"{address.local}@")


def test_repr_shows_nothing() -> None:
    assert repr(addresses.read("anna@granvik.example")) == "Address()"
