"""Many people at once against a Graph that throttles, slows and dies at random: not one wrong word, and none late."""

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic, sleep

import pytest

from backend.directory.graph.access import GraphLimits
from backend.domain.directory import DirectoryAnswer, DirectoryEntry, EntryKind, NotTold
from backend.domain.person import Person
from tests.backend.directory.graph.conftest import Made, granvik
from tests.backend.directory.graph.graph_service import GraphService, Refusal
from tests.backend.directory.graph.graph_tenant import OWN
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import DOWN, DROPPED, GARBAGE, TRUNCATED, Endpoint, Fault

THREADS, SECONDS, LATEST = 8, 6.0, 2.3
PASSING = {NotTold.DIRECTORY_DOWN, NotTold.DIRECTORY_SLOW, NotTold.DIRECTORY_BUSY}
FAULTS = [
    DOWN, DROPPED, GARBAGE, TRUNCATED, Fault(delay=0.4), Fault(delay=2.5), Fault(429, b"{}", {"Retry-After": "0"}),
    Fault(503, b"{}", {"Retry-After": "0"}), Fault(trickle=0.001), Fault(cut=700), Fault(body=b'{"responses": []}'),
]  # fmt: skip
ONE_IN = 7
THROTTLED = Fault(429, b"{}", {"Retry-After": "1"})
REFUSALS: Sequence[Refusal | None] = [None] * 60 + [
    (429, {"Retry-After": "0"}),
    (500, {}),
    (503, {}),
    (404, {}),
    (400, {}),
]
KNOWN = {
    f"anna.berg@{OWN}": ("Anna Berg", EntryKind.PERSON, True),
    f"kerstin@{OWN}": ("Kerstin Åberg", EntryKind.PERSON, True),
    f"eva.gone@{OWN}": ("Eva Gone", EntryKind.PERSON, False),
    "carl@kund.example": ("Carl Kund", EntryKind.CONTACT, True),
    f"sara.o'neil@{OWN}": ("Sara O'Neil", EntryKind.PERSON, True),
    f"alla@{OWN}": ("Alla", EntryKind.GROUP, True),
    "gun.gast@byggbolag.example": ("Gun Gäst", EntryKind.PERSON, True),
    f"socialjouren@{OWN}": ("Socialjouren", EntryKind.SHARED_MAILBOX, True),
    f"projekt@{OWN}": ("Projekt", EntryKind.GROUP, True),
}  # fmt: skip
NOWHERE = [f"nobody{number}@{OWN}" for number in range(6)] + [
    f"nobody{number}@elsewhere.example" for number in range(6)
]
COUNTS = {f"alla@{OWN}": (64, 2), f"projekt@{OWN}": (3, 1)}


def wrong(keys: Sequence[str], answer: DirectoryAnswer) -> list[str]:
    """Keys of which something is said that is not so."""
    return [key for key in keys if not _right(key, answer)]


def _right(key: str, answer: DirectoryAnswer) -> bool:
    places = (key in answer.entries) + (key in answer.absent) + (key in answer.not_told)
    if places != 1:
        return False
    if key in answer.not_told:
        return answer.not_told[key] in PASSING
    if key in answer.absent:
        return key in NOWHERE
    return key in KNOWN and _true(key, answer.entries[key])


def _true(key: str, entry: DirectoryEntry) -> bool:
    if (entry.name, entry.kind, entry.enabled) != KNOWN[key]:
        return False
    if entry.members is None:
        return key not in COUNTS
    count, external = entry.members.count, entry.members.external
    most, outside = COUNTS[key]
    if entry.members.at_least:
        return (count or 0) <= most and (external is None or 0 < external <= outside)
    return (count, external) in {(most, outside), (None, None)}


@pytest.mark.slow
def test_never_a_wrong_word(made: Made, sara: Person, graph: GraphService, authority: EntraAuthority) -> None:
    # Little is kept, so that nearly everything is asked; the service comes and goes, so that the breaker does too.
    directory = made(GraphLimits(found=0.05, absent=0.05, rest=0.1))
    chance = random.Random(20261122)  # noqa: S311 - which faults come is no secret
    began = monotonic()

    def fault(_: int) -> Fault | None:
        since = monotonic() - began
        if 1.5 < since < 1.6:
            return THROTTLED
        if 3.0 < since < 3.6:
            return DROPPED
        return chance.choice(FAULTS) if not chance.randrange(ONE_IN) else None

    graph.fault, graph.refusal = fault, lambda _: chance.choice(REFUSALS)
    everybody = [*KNOWN, *NOWHERE]
    callers = [replace(sara, assertion=authority.token(name=str(number))) for number in range(40)]

    def run(number: int) -> tuple[list[str], float, Counter[str]]:
        choice = random.Random(number)  # noqa: S311 - the same in every run; no secret
        mistakes, longest, places = [], 0.0, Counter[str]()
        while monotonic() - began < SECONDS:
            caller = choice.choice(callers)
            keys = choice.sample(everybody, choice.randint(1, len(everybody)))
            at = monotonic()
            answer = directory.look_up(caller, keys)
            longest = max(longest, monotonic() - at)
            mistakes += wrong(keys, answer)
            sleep(0.02)
            places.update(found=len(answer.entries), absent=len(answer.absent), not_told=len(answer.not_told))
        return mistakes, longest, places

    with ThreadPoolExecutor(THREADS) as pool, authority.faulty(Endpoint.KEYS, DOWN):
        runs = list(pool.map(run, range(THREADS)))
    assert [mistakes for mistakes, _, _ in runs if mistakes] == []
    assert max(longest for _, longest, _ in runs) <= LATEST
    told = sum((places for _, _, places in runs), Counter())
    assert all(told[place] > 50 for place in ("found", "absent", "not_told"))


def test_what_is_true_is_what_the_stand_in_holds() -> None:
    """Guards the table above: every address of it is in the tenant, and no other one is called nobody."""
    tenant = granvik()
    rows = [*tenant.users, *tenant.groups, *tenant.contacts]
    addresses = {one.partition(":")[2].lower() for row in rows for one in row["proxyAddresses"]}
    assert set(KNOWN) <= addresses
    assert not addresses & set(NOWHERE)
