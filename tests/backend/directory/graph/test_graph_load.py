"""How much is asked for many recipients and large groups, and how long it takes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from threading import Barrier
from time import perf_counter

import pytest

from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.directory import EntryKind, Members
from backend.domain.person import Person
from tests.backend.directory.graph.graph_service import MOST_IN_BATCH, GraphService, graph_service
from tests.backend.directory.graph.graph_tenant import OWN, GraphTenant, group, guest, guid, ids, people
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import Fault
from tests.backend.factories import counted

LARGE = f"alla@{OWN}"
MEMBERS = 20_000


def large_tenant() -> GraphTenant:
    """A group of 20,000, of whom 7 are guests, and 50 smaller ones."""
    guests = [guest("Gäst", f"Nummer{number}", f"g{number}@extern.example") for number in range(7)]
    users = [*people(MEMBERS - 7), *guests]
    groups = [group("Alla", LARGE), *(group(f"Grupp {number}", f"grupp{number}@{OWN}") for number in range(50))]
    members = {guid(f"grupp{number}@{OWN}"): ids(users[number : number + 9]) for number in range(50)}
    return GraphTenant(users, groups, members=members | {guid(LARGE): ids(users)})


@pytest.fixture(scope="module")
def tenant() -> GraphTenant:
    """With everything looked through beforehand that would take the stand-in its time."""
    made = large_tenant()
    for kind in made.tables:
        made.transitive_members(guid(LARGE), kind)
    return made


@pytest.fixture
def graph(tenant: GraphTenant, authority: EntraAuthority) -> Iterator[GraphService]:
    with graph_service(tenant, authority) as running:
        yield running


def fifty() -> list[str]:
    """People, groups, outsiders, and some that do not exist."""
    keys = [f"person{number}@{OWN}" for number in range(30)] + [f"grupp{number}@{OWN}" for number in range(8)]
    keys += [f"somebody{number}@elsewhere.example" for number in range(6)]
    return keys + [f"anna.ber{letter}@{OWN}" for letter in "abcde"] + [LARGE]


def test_fifty_cold_take_three_round_trips(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    # Long enough that those which are sent together are under way together.
    graph.fault = lambda _: Fault(delay=0.2)
    answer = directory.look_up(sara, fifty())
    assert graph.round_trips <= 3
    assert (len(answer.entries), len(answer.absent), dict(answer.not_told)) == (39, 11, {})
    assert all(len(batch) <= MOST_IN_BATCH for batch in graph.batches)


def test_fifty_warm_ask_nothing_and_take_no_time(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    keys = fifty()
    directory.look_up(sara, keys)
    graph.forget()
    times = []
    for _ in range(20):
        began = perf_counter()
        directory.look_up(sara, keys)
        times.append(perf_counter() - began)
    assert graph.batches == []
    assert median(times) <= 0.005


def test_five_hundred(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    keys = [f"person{number}@{OWN}" for number in range(400)]
    keys += [f"nobody{number}@elsewhere.example" for number in range(100)]
    began = perf_counter()
    answer = directory.look_up(sara, keys)
    assert perf_counter() - began <= 2.3
    assert len(graph.batches) <= 30
    assert len(answer.entries) + len(answer.absent) + len(answer.not_told) == 500
    assert answer.entries.keys() <= set(keys[:400])
    assert answer.absent <= set(keys[400:])


def test_large_group_is_counted_and_not_listed(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    entry = directory.look_up(sara, [LARGE]).entries[LARGE]
    names = tuple(f"Gäst Nummer{number}" for number in range(3))
    assert (entry.kind, counted(entry.members)) == (EntryKind.GROUP, Members(MEMBERS, 7, external_names=names))
    assert entry.members is not None
    assert 0 < sum(count for _, count in entry.members.departments) < MEMBERS
    assert sum(map(len, graph.batches)) <= 8


def test_same_keys_are_asked_once(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    gate = Barrier(8)

    def look_up(_: int) -> int:
        gate.wait(timeout=30)
        return len(directory.look_up(sara, fifty()).entries)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(look_up, range(8))) == {39}
    urls = [url for batch in graph.batches for url in batch]
    assert len(urls) == len(set(urls))
