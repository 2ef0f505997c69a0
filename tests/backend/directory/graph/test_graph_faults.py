"""What comes of a Graph that throttles, breaks, dawdles or talks nonsense: never a wrong word, and never late."""

import json
from time import monotonic
from urllib.parse import unquote

import pytest

from backend.directory.graph.access import GraphLimits
from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.directory import DirectoryAnswer, Members, NotTold
from backend.domain.person import Person
from tests.backend.directory.graph.conftest import Made
from tests.backend.directory.graph.graph_service import GraphService
from tests.backend.directory.graph.graph_tenant import OWN
from tests.backend.entra_faults import DOWN, DROPPED, GARBAGE, TRUNCATED, Fault
from tests.backend.factories import counted

ANNA, NOBODY, ALL = f"anna.berg@{OWN}", "nobody@elsewhere.example", f"alla@{OWN}"
LATEST = 2.3


def looked_up(directory: GraphDirectory, caller: Person, *keys: str) -> DirectoryAnswer:
    """In time."""
    began = monotonic()
    answer = directory.look_up(caller, keys)
    assert monotonic() - began <= LATEST
    return answer


def batch(*responses: object) -> Fault:
    return Fault(body=json.dumps({"responses": responses}).encode())


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (DOWN, NotTold.DIRECTORY_DOWN),
        (Fault(500, b"{}"), NotTold.DIRECTORY_DOWN),
        (Fault(400, b"{}"), NotTold.DIRECTORY_DOWN),
        (Fault(403, b"{}"), NotTold.NOT_PERMITTED),
        (Fault(302, b"{}", {"Location": "https://elsewhere.example/"}), NotTold.DIRECTORY_DOWN),
        (Fault(429, b"{}", {"Retry-After": "60"}), NotTold.DIRECTORY_BUSY),
        (Fault(429, b"{}"), NotTold.DIRECTORY_BUSY),
        (Fault(503, b"{}", {"Retry-After": "60"}), NotTold.DIRECTORY_BUSY),
        (Fault(504, b"{}", {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}), NotTold.DIRECTORY_BUSY),
        (GARBAGE, NotTold.DIRECTORY_DOWN),
        (TRUNCATED, NotTold.DIRECTORY_DOWN),
        (DROPPED, NotTold.DIRECTORY_DOWN),
        (Fault(delay=2.5), NotTold.DIRECTORY_SLOW),
        (Fault(trickle=0.05), NotTold.DIRECTORY_SLOW),
        (Fault(body=b"[]"), NotTold.DIRECTORY_DOWN),
        (Fault(body=b'{"value": []}'), NotTold.DIRECTORY_DOWN),
        (Fault(body=b"[" * 100_000), NotTold.DIRECTORY_DOWN),
        (batch(), NotTold.DIRECTORY_DOWN),
        (batch(1, None, {}, {"id": 1}), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": str(n), "status": 200, "body": None} for n in range(20))), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": str(n), "status": "200", "body": {"value": []}} for n in range(20))), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": str(n), "status": 200, "body": {"value": {}}} for n in range(20))), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": str(n), "status": 200, "body": {"value": [7]}} for n in range(20))), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": str(n), "status": 200, "body": {"value": [{}]}} for n in range(20))), NotTold.NOT_PERMITTED),
        (batch({"id": "0", "status": 200, "body": {"value": []}}), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": "0", "status": 200, "body": {"value": []}} for n in range(20))), NotTold.DIRECTORY_DOWN),
        (batch(*({"id": str(n), "status": 200, "body": {"value": [], "@odata.nextLink": 7}} for n in range(20))),
         NotTold.DIRECTORY_DOWN),
    ],
)  # fmt: skip
def test_nothing_is_claimed(
    fault: Fault, reason: NotTold, directory: GraphDirectory, sara: Person, graph: GraphService
) -> None:
    graph.fault = lambda _: fault
    answer = looked_up(directory, sara, ANNA, NOBODY)
    assert answer.not_told == {ANNA: reason, NOBODY: reason}
    graph.fault = lambda _: None
    assert directory.known_entries() == []


@pytest.mark.parametrize(
    "fault", [DROPPED, TRUNCATED, GARBAGE, Fault(500, b"{}"), Fault(429, b"{}", {"Retry-After": "0"})]
)
def test_one_failure_is_tried_again(fault: Fault, directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    graph.fault = lambda number: fault if number == 1 else None
    answer = looked_up(directory, sara, ANNA, NOBODY)
    assert (set(answer.entries), set(answer.absent)) == ({ANNA}, {NOBODY})


@pytest.mark.parametrize("part", ["/users", "/groups", "/contacts"])
@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_nobody_is_absent_while_a_source_is_silent(
    part: str, status: int, directory: GraphDirectory, sara: Person, graph: GraphService
) -> None:
    graph.refusal = lambda url: (status, {"Retry-After": "30"}) if url.startswith(f"{part}?") else None
    answer = looked_up(directory, sara, NOBODY)
    assert list(answer.not_told) == [NOBODY]


def test_throttled_question_is_asked_again_in_time(
    directory: GraphDirectory, sara: Person, graph: GraphService
) -> None:
    refused: list[str] = []

    def once(url: str) -> tuple[int, dict[str, str]] | None:
        refused.append(url)
        return (429, {"Retry-After": "1"}) if refused.count(url) == 1 and url.startswith("/users") else None

    graph.refusal = once
    answer = looked_up(directory, sara, f"kerstin@{OWN}")
    assert list(answer.entries) == [f"kerstin@{OWN}"]


def test_throttling_graph_is_left_alone(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    graph.refusal = lambda _: (429, {"Retry-After": "60"})
    looked_up(directory, sara, ANNA)
    graph.forget()
    began = monotonic()
    assert looked_up(directory, sara, ANNA, NOBODY).not_told == dict.fromkeys((ANNA, NOBODY), NotTold.DIRECTORY_BUSY)
    assert monotonic() - began < 0.1
    assert graph.batches == []


def test_dead_graph_is_left_alone(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    graph.fault = lambda _: DROPPED
    for _ in range(3):
        looked_up(directory, sara, ANNA)
    graph.forget()
    assert looked_up(directory, sara, ANNA).not_told == {ANNA: NotTold.DIRECTORY_DOWN}
    assert graph.batches == []


def test_nothing_listens(made: Made, sara: Person) -> None:
    directory = made(graph_url="https://127.0.0.1:9/v1.0")
    assert looked_up(directory, sara, ANNA).not_told == {ANNA: NotTold.DIRECTORY_DOWN}


def test_unknown_certificate(made: Made, sara: Person, graph: GraphService) -> None:
    directory = made(graph_url=graph.url.replace("127.0.0.1", "localhost"), ca_bundle=None)
    assert looked_up(directory, sara, ANNA).not_told == {ANNA: NotTold.DIRECTORY_DOWN}


def test_manager_is_left_out_where_graph_will_not_tell(
    directory: GraphDirectory, sara: Person, graph: GraphService
) -> None:
    graph.refusal = lambda url: (400, {}) if "$expand" in url else None
    answer = looked_up(directory, sara, ANNA)
    assert (answer.entries[ANNA].name, answer.entries[ANNA].manager) == ("Anna Berg", "")


def test_pages_are_followed(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    graph.page = 1
    keys = [f"person{number}@{OWN}" for number in range(5)]
    assert looked_up(directory, sara, *keys).entries.keys() == set(keys)


def test_pages_elsewhere_are_not_followed(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    graph.page = 1
    graph.next_link = "https://graph.elsewhere.example/v1.0"
    keys = [f"person{number}@{OWN}" for number in range(5)]
    answer = looked_up(directory, sara, *keys)
    assert len(answer.entries) == 1
    assert set(answer.not_told.values()) == {NotTold.DIRECTORY_DOWN}


def test_endless_pages_end(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    page = {"value": [], "@odata.nextLink": f"{graph.url}/users?$skiptoken=1"}
    graph.fault = lambda _: batch(*({"id": str(n), "status": 200, "body": page} for n in range(20)))
    assert looked_up(directory, sara, NOBODY).not_told == {NOBODY: NotTold.DIRECTORY_SLOW}
    assert len(graph.batches) < 20


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("microsoft.graph.orgContact", Members(63, 1, at_least=True, external_names=("Gun Gäst",))),
        ("userType", Members(64, 1, at_least=True, external_names=("Carl Kund",))),
        ("$top=999&", Members(None, None)),
    ],
)
@pytest.mark.parametrize("status", [403, 500])
def test_group_that_cannot_be_counted_whole(  # noqa: PLR0913, PLR0917 - fixtures
    part: str, status: int, expected: Members, directory: GraphDirectory, sara: Person, graph: GraphService
) -> None:  # fmt: skip
    graph.refusal = lambda url: (status, {}) if part in url and "transitive" in url else None
    assert counted(looked_up(directory, sara, ALL).entries[ALL].members) == expected
    graph.refusal = lambda _: None
    again = counted(looked_up(directory, sara, ALL).entries[ALL].members)
    # What could not be counted in passing is counted the next time; what is forbidden is not asked for all the time.
    assert again == (expected if status == 403 else Members(64, 2, external_names=("Gun Gäst", "Carl Kund")))


def test_absent_is_not_kept_for_long(made: Made, sara: Person, graph: GraphService) -> None:
    directory = made(GraphLimits(absent=0.0, found=900.0))
    for _ in range(2):
        graph.forget()
        looked_up(directory, sara, ANNA, NOBODY)
    asked = unquote("".join(url for urls in graph.batches for url in urls))
    assert NOBODY in asked
    assert ANNA not in asked
