"""The authority's keys in the course of time: changed, withdrawn, not to be had, asked for by many at once."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier

import pytest

from backend.domain.errors import Unavailable
from backend.sign_in.key_document import KeysUnreadable
from backend.sign_in.signing_keys import COOLDOWN_SECONDS, FRESH_SECONDS, KEPT_SECONDS, RETRY_SECONDS, SigningKeys
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import DOWN, DROPPED, GARBAGE, THROTTLED, TRUNCATED, Endpoint, Fault
from tests.backend.entra_tokens import signer
from tests.backend.sign_in.entra_case import Clock, key_document, signing_keys

OLD, NEW, UNKNOWN = signer(0).kid, signer(1).kid, "unknown"
MOVED = Fault(HTTPStatus.FOUND, b"", {"Location": "/common/discovery/v2.0/keys"})
FAULTS = {
    "down": DOWN,
    "throttled": THROTTLED,
    "garbage": GARBAGE,
    "truncated": TRUNCATED,
    "dropped": DROPPED,
    "moved": MOVED,
    "no JSON object": Fault(body=b"[]"),
    "no keys": Fault(body=b'{"keys": []}'),
    "deep": Fault(body=b"[" * 100_000),
    "large": Fault(body=json.dumps({"keys": [signer(0).published("")]}).encode() + b" " * 1_100_000),
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(authority: EntraAuthority, clock: Clock) -> SigningKeys:
    return signing_keys(authority, clock)


def fetches(authority: EntraAuthority) -> int:
    return authority.asked[Endpoint.KEYS]


def wait_until(fulfilled: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not fulfilled():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_keys_are_fetched_once(keys: SigningKeys, authority: EntraAuthority, clock: Clock) -> None:
    for _ in range(100):
        clock.now += FRESH_SECONDS / 200
        assert keys.key(OLD) is not None
    assert fetches(authority) == 1


def test_new_key_is_good_after_one_fetch(keys: SigningKeys, authority: EntraAuthority, clock: Clock) -> None:
    keys.key(OLD)
    clock.now += COOLDOWN_SECONDS + 1
    authority.signers = [signer(1), signer(0)]
    assert [keys.key(kid) is not None for kid in (NEW, OLD, NEW)] == [True] * 3
    assert fetches(authority) == 2


def test_unknown_keys_do_not_make_the_authority_be_asked_again_and_again(
    keys: SigningKeys, authority: EntraAuthority, clock: Clock
) -> None:
    keys.key(OLD)
    clock.now += COOLDOWN_SECONDS + 1
    assert [keys.key(f"{UNKNOWN}{number}") for number in range(100)] == [None] * 100
    assert fetches(authority) == 2
    authority.signers = [signer(1)]
    assert keys.key(NEW) is None
    clock.now += COOLDOWN_SECONDS + 1
    assert keys.key(NEW) is not None
    assert fetches(authority) == 3


def test_withdrawn_key_is_soon_no_longer_good(keys: SigningKeys, authority: EntraAuthority, clock: Clock) -> None:
    keys.key(OLD)
    authority.signers = [signer(1)]
    clock.now += FRESH_SECONDS + 1
    assert keys.key(OLD) is not None, "nobody waits while keys are fetched anew"
    wait_until(lambda: keys.key(OLD) is None)
    assert fetches(authority) == 2


@pytest.mark.parametrize("name", FAULTS)
def test_outage_is_not_noticed_for_a_day(name: str, keys: SigningKeys, authority: EntraAuthority, clock: Clock) -> None:
    keys.key(OLD)
    with authority.faulty(Endpoint.KEYS, FAULTS[name]):
        clock.now = KEPT_SECONDS - 1
        assert keys.key(OLD) is not None
        wait_until(lambda: fetches(authority) == 2)
        with pytest.raises(Unavailable):
            keys.key(UNKNOWN)
        clock.now = KEPT_SECONDS + RETRY_SECONDS + 1
        with pytest.raises(Unavailable):
            keys.key(OLD)
    clock.now += RETRY_SECONDS + 1
    assert keys.key(OLD) is not None


@pytest.mark.parametrize("name", FAULTS)
def test_outage_from_the_start(name: str, keys: SigningKeys, authority: EntraAuthority, clock: Clock) -> None:
    with authority.faulty(Endpoint.KEYS, FAULTS[name]):
        for _ in range(20):
            with pytest.raises(Unavailable) as refused:
                keys.key(OLD)
            assert (refused.value.code, refused.value.retry_after) == ("sign_in_unavailable", RETRY_SECONDS)
        assert fetches(authority) == 1
    clock.now += RETRY_SECONDS + 1
    assert keys.key(OLD) is not None


def test_slow_authority_holds_nobody_for_long(authority: EntraAuthority, clock: Clock) -> None:
    keys = signing_keys(authority, clock, patience=0.2)
    with authority.faulty(Endpoint.KEYS, Fault(delay=1.2)):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            keys.key(OLD)
        assert time.monotonic() - began < 1
        wait_until(lambda: _answers(keys))
    assert fetches(authority) == 1


def _answers(keys: SigningKeys) -> bool:
    try:
        return keys.key(OLD) is not None
    except Unavailable:
        return False


def test_fetch_that_never_ends_is_given_up(authority: EntraAuthority, clock: Clock) -> None:
    keys = signing_keys(authority, clock, patience=0.1)
    with authority.faulty(Endpoint.KEYS, Fault(delay=3)), pytest.raises(Unavailable):
        keys.key(OLD)
    clock.now += RETRY_SECONDS + 1
    wait_until(lambda: _answers(keys))
    assert fetches(authority) == 2


def test_known_key_does_not_wait_for_a_slow_fetch(keys: SigningKeys, authority: EntraAuthority, clock: Clock) -> None:
    keys.key(OLD)
    clock.now += COOLDOWN_SECONDS + 1
    with authority.faulty(Endpoint.KEYS, Fault(delay=1)), ThreadPoolExecutor(1) as pool:
        stranger = pool.submit(keys.key, UNKNOWN)
        wait_until(lambda: fetches(authority) == 2)
        began = time.monotonic()
        assert all(keys.key(OLD) is not None for _ in range(100))
        assert time.monotonic() - began < 0.8
        assert stranger.result(10) is None


@pytest.mark.parametrize("before", [0, 1], ids=["cold", "warm"])
def test_many_with_an_unknown_key_make_one_fetch(
    before: int, keys: SigningKeys, authority: EntraAuthority, clock: Clock
) -> None:
    for _ in range(before):
        keys.key(OLD)
    clock.now += COOLDOWN_SECONDS + 1
    gate = Barrier(32)

    def ask(number: int) -> bool:
        gate.wait(10)
        return keys.key(OLD if number % 4 == 0 else f"{UNKNOWN}{number % 5}") is not None

    with authority.faulty(Endpoint.KEYS, Fault(delay=0.1)), ThreadPoolExecutor(32) as pool:
        found = list(pool.map(ask, range(32)))
    assert found == [number % 4 == 0 for number in range(32)]
    assert fetches(authority) - before == 1


@pytest.mark.parametrize("fault", [Fault(trickle=0.02), Fault(delay=2)], ids=["trickles", "stalls"])
def test_reading_ends_at_its_deadline(fault: Fault, authority: EntraAuthority) -> None:
    began = time.monotonic()
    with authority.faulty(Endpoint.KEYS, fault), pytest.raises(KeysUnreadable):
        key_document(authority, seconds=0.3).keys()
    assert time.monotonic() - began < 1.5


def test_authority_must_prove_who_it_is(authority: EntraAuthority) -> None:
    with pytest.raises(KeysUnreadable, match="SSLError"):
        key_document(authority, ca_file=None).keys()
    assert fetches(authority) == 0
