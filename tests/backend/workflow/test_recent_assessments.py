"""The memory of recent assessments: bounded in every direction, and one's own only."""

from concurrent.futures import ThreadPoolExecutor

from backend.domain.feedback import DraftVector
from backend.domain.label import Label
from backend.workflow.recent_assessments import Recent, RecentAssessments


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def recent(column: int = 1) -> Recent:
    return Recent(Label.NONE, frozenset({"health.made_up"}), "linear-0", DraftVector({"words": 1.0}, (column,), 8))


def _column(found: Recent | None) -> int | None:
    return None if found is None else found.vector.columns[0]


def test_own_assessment_is_found_and_nobody_else_s() -> None:
    memory = RecentAssessments()
    memory.keep("sara", "1", recent())
    assert _column(memory.find("sara", "1")) == 1
    assert memory.find("sara", "2") is None
    assert memory.find("johan", "1") is None


def test_newer_assessment_of_the_same_draft_takes_the_place() -> None:
    memory = RecentAssessments()
    for column in (1, 2):
        memory.keep("sara", "1", recent(column))
    assert _column(memory.find("sara", "1")) == 2
    assert len(memory) == 1


def test_it_forgets_after_a_while() -> None:
    clock = Clock()
    memory = RecentAssessments(seconds=60, clock=clock)
    memory.keep("sara", "1", recent())
    clock.now = 60.0
    assert memory.find("sara", "1") is not None
    clock.now = 60.1
    assert memory.find("sara", "1") is None
    memory.keep("johan", "2", recent())
    assert len(memory) == 1


def test_oldest_make_room() -> None:
    memory = RecentAssessments(most=3)
    for name in "abcd":
        memory.keep(name, "1", recent())
    assert [memory.find(name, "1") is not None for name in "abcd"] == [False, True, True, True]


def test_one_person_cannot_push_others_out() -> None:
    memory = RecentAssessments(most=10, most_of_one=3)
    memory.keep("johan", "1", recent())
    for number in range(100):
        memory.keep("sara", str(number), recent())
    assert memory.find("johan", "1") is not None
    assert [memory.find("sara", str(number)) is not None for number in (96, 97, 98, 99)] == [False, True, True, True]
    assert len(memory) == 4


def test_several_threads_at_once() -> None:
    memory = RecentAssessments(most=50, most_of_one=5)

    def work(worker: int) -> None:
        for number in range(500):
            memory.keep(f"p{worker % 3}", str(number % 20), recent(number))
            memory.find(f"p{number % 3}", str(number % 20))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(memory) <= 15


def test_repr_shows_no_words() -> None:
    assert "words" not in repr(recent())
