"""Requests under everything that people do, at once and in any order: what holds whatever happens. On both databases.

The machine keeps a model of what must be and compares the store with it after each step. Where several act at once,
the model says what may have come of it: exactly one of them decides.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import Engine, delete

from backend.domain.draft import Draft
from backend.domain.forwarding import DisclosureReason, RequestStatus
from backend.domain.person import Person
from backend.store.tables import Base
from backend.workflow.forward_view import ForwardDecision
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url  # noqa: F401 - fixtures
from tests.backend.workflow.asking import (
    BENGT,
    GUNNEL,
    JOHAN_ADDRESS,
    KERSTIN,
    OMAR,
    OMAR_ADDRESS,
    SARA,
    Asking,
    forward,
    open_asking,
)
from tests.backend.workflow.forward_model import APPROVED_HOURS, PENDING_HOURS, Model, attempt

REQUESTERS = (SARA, KERSTIN)
DECIDERS = (KERSTIN, GUNNEL, BENGT, OMAR, SARA)
ADDRESSES = (JOHAN_ADDRESS, OMAR_ADDRESS)
TEXTS = (
    "Tuva Lind är placerad enligt LVU.",
    "Tuva Lind blir slagen av sin pappa hemma.",
)
RIGHTS = {SARA.id: {KERSTIN.id, GUNNEL.id}, KERSTIN.id: {BENGT.id, GUNNEL.id}}
"""Who may decide whose request: the manager and who has the role, but never oneself."""
CHOSEN = st.frozensets(st.sampled_from(ADDRESSES), min_size=1)


class Requests(RuleBasedStateMachine):
    """Two requesters, four who would decide, two drafts, and time."""

    engine: ClassVar[Engine]
    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        with self.engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                connection.execute(delete(table))
        with TemporaryDirectory() as folder:
            self.asking: Asking = open_asking(self.engine, Path(folder))
        self.models: dict[str, Model] = {}
        self.hours = 0

    @rule(
        target=requests,
        person=st.sampled_from(REQUESTERS),
        content=st.sampled_from(TEXTS),
        reason=st.sampled_from([DisclosureReason.SAME_CASE, DisclosureReason.DUTY]),
        addresses=CHOSEN,
        times=st.integers(1, 3),
    )
    def ask(
        self,
        person: Person,
        content: str,
        reason: DisclosureReason,
        addresses: frozenset[str],
        times: int,
    ) -> object:
        question = self.asking.question(forward("", *sorted(addresses), quoted=content), reason=reason)
        answers: list[tuple[str, bool]] = []

        def ask() -> None:
            view, is_new = self.asking.desk.ask(question, person)
            answers.append((view.id, is_new))

        assert self._at_once([ask] * times) == [None] * times
        ids = {request for request, _ in answers}
        assert len(ids) == 1
        asked = (content, reason.value, addresses)
        open_ones = [
            key
            for key, one in self.models.items()
            if one.requester is person and one.question == asked and one.status in ("pending", "approved")
        ]
        (made,) = ids
        assert sum(is_new for _, is_new in answers) == (0 if open_ones else 1)
        if open_ones:
            assert open_ones == [made]
            return multiple()
        assert made not in self.models
        self.models[made] = Model(person, asked, self.hours, ends_at=self.hours + PENDING_HOURS)
        return made

    @rule(
        request=requests,
        answers=st.lists(
            st.tuples(st.sampled_from(DECIDERS), st.booleans(), st.none() | CHOSEN), min_size=1, max_size=4
        ),
    )
    def decide(self, request: str, answers: list[tuple[Person, bool, frozenset[str] | None]]) -> None:
        model, before = self.models[request], self.models[request].status
        decisions = [(person, ForwardDecision(approve=yes, recipients=chosen)) for person, yes, chosen in answers]
        calls = [partial(self.asking.desk.decide, request, decision, person) for person, decision in decisions]
        outcomes = self._at_once(calls)
        kept = self.asking.kept(request)
        for (person, yes, chosen), outcome in zip(answers, outcomes, strict=True):
            if person.id == model.requester.id:
                assert outcome == "own_request"
            elif person.id not in RIGHTS[model.requester.id]:
                assert outcome == "not_an_approver"
            else:
                self._check_decision(model, before, self._wanted(model, chosen, yes=yes), outcome)
        if before == "pending" and kept.status is not RequestStatus.PENDING:
            self._follow_decision(request, answers, outcomes)

    def _wanted(self, model: Model, chosen: frozenset[str] | None, *, yes: bool) -> frozenset[str] | None:
        """The addresses that a decision approves; None where they were not asked for."""
        if not yes:
            return frozenset()
        wanted = model.question[2] if chosen is None else chosen
        return wanted if wanted <= model.question[2] else None

    def _check_decision(self, model: Model, before: str, wanted: frozenset[str] | None, outcome: object) -> None:
        if not isinstance(outcome, str):
            assert wanted is not None
            return
        late = {
            "expired": {"request_expired", "request_decided"},
            "withdrawn": {"request_withdrawn", "request_decided"},
        }
        expected = late.get(before, {"request_decided"})
        if wanted is None:
            expected = expected | {"recipients_not_asked_for"}
        assert outcome in expected, (model, before, wanted)

    def _follow_decision(
        self, request: str, answers: list[tuple[Person, bool, frozenset[str] | None]], outcomes: list[object]
    ) -> None:
        """Exactly one decision counts; whoever was answered without a refusal decided just that."""
        model, kept = self.models[request], self.asking.kept(request)
        done = [answer for answer, outcome in zip(answers, outcomes, strict=True) if not isinstance(outcome, str)]
        deciders = {person.id for person, _, _ in done}
        assert len(deciders) == 1
        (decider,) = deciders
        wanted = {self._wanted(model, chosen, yes=yes) for _, yes, chosen in done}
        assert len(wanted) == 1
        (approved,) = wanted
        assert approved is not None
        assert kept.decider == self.asking.keys.actor("granvik", decider)
        model.decider, model.approved = decider, approved
        if not approved:
            model.status, event, notice = "refused", "forward_refused", "request_refused"
        else:
            model.status, event, notice = "approved", "forward_approved", "request_approved"
            model.ends_at = self.hours + APPROVED_HOURS
            if approved != model.question[2]:
                notice = "request_partly_approved"
        model.events.append(event)
        model.told[notice] += 1

    @rule(request=requests, people=st.lists(st.sampled_from([SARA, KERSTIN, OMAR]), min_size=1, max_size=3))
    def withdraw(self, request: str, people: list[Person]) -> None:
        model, before = self.models[request], self.models[request].status
        outcomes = self._at_once([partial(self.asking.desk.withdraw, request, one) for one in people])
        for person, outcome in zip(people, outcomes, strict=True):
            if person.id == model.requester.id:
                assert isinstance(outcome, str) == (before not in ("pending", "approved", "withdrawn"))
            else:
                may_see = person.id in RIGHTS[model.requester.id]
                assert outcome == ("not_the_requester" if may_see else "forward_request_unknown")
        if any(person.id == model.requester.id for person in people) and before in ("pending", "approved"):
            model.status = "withdrawn"
            model.events.append("forward_withdrawn")
            if before == "pending":
                model.told["request_withdrawn"] += 1

    @rule(
        request=requests,
        sends=st.lists(
            st.tuples(st.sampled_from(REQUESTERS), st.sampled_from(TEXTS), CHOSEN, st.sampled_from(["", "s1", "s2"])),
            min_size=1,
            max_size=4,
        ),
        right=st.booleans(),
    )
    def use(self, request: str, sends: list[tuple[Person, str, frozenset[str], str]], *, right: bool) -> None:
        model, before = self.models[request], self.models[request].status
        if right:
            sends = [(model.requester, model.question[0], model.approved or to, session) for _, _, to, session in sends]
        leavings = [
            self.asking.leaving(self._draft(content, to, session), person) for person, content, to, session in sends
        ]
        outcomes = self._at_once([partial(self.asking.use, request, one) for one in leavings])
        won = [send for send, outcome in zip(sends, outcomes, strict=True) if outcome is not None]
        fitting = [
            one
            for one in sends
            if one[0] is model.requester and one[1] == model.question[0] and one[2] <= model.approved
        ]
        assert all(one in fitting for one in won)
        if before == "used":
            over = self.hours >= model.ends_at
            assert all(one[3] == model.session and model.session and not over for one in won)
        elif before == "approved" and fitting:
            sessions = {session for _, _, _, session in won}
            assert len(sessions) == 1
            (session,) = sessions
            assert session or len(won) == 1
            model.status, model.session = "used", session
            model.events.append("approval_used")
        else:
            assert not won

    @rule(request=requests, sessions=st.lists(st.sampled_from(["", "s1", "s2"]), min_size=2, max_size=4))
    def approve_and_use(self, request: str, sessions: list[str]) -> None:
        """What most of the other steps are too random for."""
        self.decide(request, [(GUNNEL, True, None)])
        model = self.models[request]
        to = model.approved or model.question[2]
        self.use(request, [(model.requester, model.question[0], to, one) for one in sessions], right=True)

    @rule(hours=st.sampled_from([1, 24, 47, 48, 72]))
    def pass_time(self, hours: int) -> None:
        self.hours += hours
        self.asking.clock.forward(hours)
        self._at_once([lambda: self.asking.expiry.expire_due("granvik")] * 2)
        for model in self.models.values():
            model.pass_time(self.hours)

    @invariant()
    def all_is_as_the_model_says(self) -> None:
        log = self.asking.log()
        assert [row.number for row in log] == list(range(1, len(log) + 1))
        events: dict[object, list[str]] = {}
        for row in log:
            events.setdefault(row.entry.details["request"], []).append(row.entry.event.value)
        assert set(events) == set(self.models)
        for request, model in self.models.items():
            kept = self.asking.kept(request)
            assert kept.status.value == model.status
            assert kept.decider != kept.requester
            keys = {self.asking.keys.recipient("granvik", request, address) for address in model.approved}
            assert kept.approved_keys == keys
            assert events[request] == model.events
            told = self.asking.notices_of(request)
            to_requester = Counter(kind for kind, address in told if address == model.requester.address)
            to_asked = Counter(kind for kind, address in told if address != model.requester.address)
            withdrawn = model.told["request_withdrawn"]
            assert to_requester == Counter(
                {kind: n for kind, n in model.told.items() if kind != "request_withdrawn" and n}
            )
            assert to_asked == Counter({"approval_asked": 2} | ({"request_withdrawn": 2} if withdrawn else {}))
            assert len(told) == len(set(told))

    def _draft(self, content: str, to: frozenset[str], session: str) -> Draft:
        return forward("", *sorted(to), quoted=content, session=session or None)

    def _at_once(self, calls: Sequence[Callable[[], object]]) -> list[object]:
        if len(calls) == 1:
            return [attempt(calls[0])]
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(attempt, calls))


@pytest.mark.slow
def test_whatever_people_do(engine: Engine) -> None:  # noqa: F811 - the fixture
    machine = type("RequestsOnDatabase", (Requests,), {"engine": engine})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(machine, settings=chosen)
