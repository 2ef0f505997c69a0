"""Recipients from the directory's answer to the send decision: outages, habits, aliases, and what must be confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from backend.directory.sample_directory import sample_directory
from backend.domain.directory import Directory, DirectoryAnswer, DirectoryEntry, NotTold
from backend.domain.draft import ComposeType
from backend.domain.errors import ClaimsNeeded
from backend.domain.label import Label, SendDecision
from backend.domain.person import Person
from backend.domain.recipient import Concern, JudgedRecipients, RecipientVerdict
from backend.workflow.check_recipients import RecipientChecker
from tests.backend.factories import COLLEAGUE, draft
from tests.backend.recipients.judging_desk import SARA as SENDER
from tests.backend.recipients.judging_desk import to
from tests.backend.workflow.sending import SARA, SEVERE, STRANGER, Desk, open_desk, unmet

V, C = RecipientVerdict, Concern
MYCKET, KANSLIG, NONE = Label.MYCKET_KANSLIG, Label.KANSLIG, Label.NONE
KERSTIN, ANNA, OTHER_ANNA = (f"{name}@granvik.example" for name in ("kerstin.aberg", "anna.berg", "anna.berg2"))
AMINA, JONAS, DAVID = (f"{name}@granvik.example" for name in ("amina.warsame", "jonas.hedlund", "david.sjogren"))
GROUND = {"sensitive": "health_social_care"}


@dataclass(frozen=True)
class Silent:
    """A directory that tells nothing, and why."""

    reason: NotTold | None
    domains: frozenset[str] = frozenset({"granvik.example"})

    def look_up(self, caller: Person, keys: Sequence[str]) -> DirectoryAnswer:  # noqa: ARG002 - the port's signature
        if self.reason is None:
            raise ClaimsNeeded("claims_needed", claims="{}")
        return DirectoryAnswer(not_told=dict.fromkeys(keys, self.reason))

    def known_entries(self) -> Sequence[DirectoryEntry]:
        return []


def _desk(folder: Path, directory: Directory | None = None) -> Desk:
    return open_desk(folder, directory=directory)


def _judged(checker: RecipientChecker, person: Person, *addresses: str) -> JudgedRecipients:
    return checker.judged(draft("", *addresses, sender=SENDER), person)


def _concerns(judged: JudgedRecipients) -> dict[str, set[Concern]]:
    return {one.key: {doubt.concern for doubt in one.doubts} for one in judged.each}


def _send(desk: Desk, body: str, *addresses: str, person: Person = SARA) -> None:
    given = draft(body, *addresses, label=KANSLIG)
    check = desk.send(given, desk.verdict(given, KANSLIG, tenant=person.tenant), person)
    assert check.decision is SendDecision.PROMPT


@pytest.mark.parametrize("reason", [*(set(NotTold) - {NotTold.NOT_AN_ADDRESS}), None])
def test_nothing_is_claimed_without_a_directory(reason: NotTold | None, tmp_path: Path) -> None:
    checker = _desk(tmp_path, Silent(reason)).checker.recipients
    judged = _judged(checker, SARA, KERSTIN, "bo@gmail.com", "bo@example.se", "a@granvlk.example")
    assert [one.verdict for one in judged.each] == [V.UNVERIFIABLE, V.PRIVATE, V.EXTERNAL, V.LOOKALIKE]
    assert judged.each[0].reason is (reason or NotTold.SIGN_IN_AGAIN)


def test_only_who_asks_for_it_is_told_to_sign_in(tmp_path: Path) -> None:
    checker = _desk(tmp_path, Silent(None)).checker.recipients
    with pytest.raises(ClaimsNeeded):
        checker.check(to(KERSTIN), SENDER, NONE, SARA)


@pytest.mark.parametrize(("label", "decision"), [(NONE, SendDecision.ALLOW), (KANSLIG, SendDecision.BLOCK)])
def test_outage_stops_only_what_the_policy_says(label: Label, decision: SendDecision, tmp_path: Path) -> None:
    desk = _desk(tmp_path, Silent(NotTold.DIRECTORY_DOWN))
    given = draft("x", KERSTIN, label=label)
    assert desk.send(given, desk.verdict(given, label)).decision is decision


def test_harmless_draft_to_colleagues_asks_nothing(desk: Desk) -> None:
    for addresses in ([KERSTIN], [COLLEAGUE, ANNA, OTHER_ANNA], ["alla@granvik.example"], ["bo@example.se"]):
        given = draft("Fika kl. 15 i köket.", *addresses)
        assert desk.send(given, desk.verdict(given), confirm=False).obligations == ()


@pytest.mark.parametrize(
    ("confirmed", "met"),
    [
        ({KERSTIN, ANNA}, True),
        ({KERSTIN.upper(), f" {ANNA} "}, True),
        ({KERSTIN}, False),
        (set(), False),
        ({KERSTIN, ANNA, COLLEAGUE}, False),
        ({KERSTIN, OTHER_ANNA}, False),
    ],
)
def test_confirmation_is_of_the_whole_set(confirmed: set[str], *, met: bool, desk: Desk) -> None:
    given = draft("x", KERSTIN, ANNA, label=KANSLIG)
    check = desk.send(given, desk.verdict(given, KANSLIG), confirmed=frozenset(confirmed), grounds=GROUND)
    assert ("verify_recipients" not in unmet(check)) is met


def test_questioned_recipient_of_a_harmless_draft_is_asked_about_once(desk: Desk) -> None:
    given = draft("Fika kl. 15.", KERSTIN, "anna.berg@granvlk.example")
    asked = desk.send(given, desk.verdict(given), confirm=False)
    assert (asked.decision, unmet(asked)) == (SendDecision.PROMPT, {"verify_recipients"})
    confirmed = desk.send(given, desk.verdict(given), confirmed=frozenset({"anna.berg@granvlk.example"}))
    assert confirmed.decision is SendDecision.ALLOW


def test_group_with_an_outsider_holds_a_labelled_draft(desk: Desk) -> None:
    given = draft("x", "projekt.samverkan@granvik.example", label=KANSLIG)
    assert desk.send(given, desk.verdict(given, KANSLIG)).decision is SendDecision.BLOCK
    given = draft("x", "barnochfamilj@granvik.example", label=KANSLIG)
    assert desk.send(given, desk.verdict(given, KANSLIG)).decision is SendDecision.PROMPT


def test_assessment_and_send_say_the_same(desk: Desk) -> None:
    """The verdicts that the pane shows are those that Send goes by."""
    checker = desk.checker
    for label in Label:
        for address in (KERSTIN, COLLEAGUE, "bo@example.se", "x@granvlk.example", "projekt.samverkan@granvik.example"):
            given = replace(draft(SEVERE, address, label=label), session="one draft")
            shown = checker.recipients.check(given.recipients, SENDER, MYCKET, SARA)
            sent = desk.send(given)
            if label is MYCKET:
                assert (sent.decision is SendDecision.BLOCK) is (shown.each[0].decision is SendDecision.BLOCK)
            else:
                assert sent.decision is SendDecision.BLOCK


def test_rarer_of_two_namesakes(desk: Desk) -> None:
    for number in range(4):
        _send(desk, f"{number}", ANNA)
    checker = desk.checker.recipients
    assert _concerns(_judged(checker, SARA, ANNA))[ANNA] == set()
    assert C.RARER_NAMESAKE in _concerns(_judged(checker, SARA, OTHER_ANNA))[OTHER_ANNA]
    assert C.NAMESAKE in _concerns(_judged(checker, STRANGER, OTHER_ANNA))[OTHER_ANNA]


def test_first_time_needs_habits_to_judge_by(desk: Desk) -> None:
    checker = desk.checker.recipients
    assert _concerns(_judged(checker, SARA, KERSTIN))[KERSTIN] == set()
    for number in range(5):
        _send(desk, f"{number}", AMINA)
    assert _concerns(_judged(checker, SARA, KERSTIN))[KERSTIN] == {C.FIRST_TIME}
    assert _concerns(_judged(checker, SARA, AMINA))[AMINA] == set()


def test_alias_is_the_same_person(desk: Desk) -> None:
    for number in range(5):
        _send(desk, f"{number}", KERSTIN)
    alias = "orosanmalan.chef@granvik.example"
    assert _concerns(_judged(desk.checker.recipients, SARA, alias))[alias] == set()


def test_wrong_person_in_a_usual_ones_place(desk: Desk) -> None:
    for number in range(8):
        _send(desk, f"{number}", KERSTIN, AMINA, JONAS)
    judged = _judged(desk.checker.recipients, SARA, KERSTIN, AMINA, DAVID)
    assert C.ODD_ONE_OUT in _concerns(judged)[DAVID]
    assert [(one.concern, dict(one.words)) for one in judged.doubts] == [
        (C.USUAL_ONE_MISSING, {"names": "Jonas Hedlund"})
    ]


def test_second_press_on_send_is_as_wary_as_the_first(desk: Desk) -> None:
    for number in range(8):
        _send(desk, f"{number}", KERSTIN, AMINA, JONAS)
    given = draft("nytt", KERSTIN, AMINA, DAVID, label=KANSLIG)
    for _ in range(3):
        desk.send(given, desk.verdict(given, KANSLIG))
        seen = desk.checker.recipients.judged(given, SARA, desk.signer.digest(given))
        assert C.ODD_ONE_OUT in _concerns(seen)[DAVID]


def _private(desk: Desk, body: str, **fields: Any) -> tuple[SendDecision, set[str]]:  # noqa: ANN401 - Draft's fields
    given = draft(body, "maria.svensson@gmail.com", **fields)
    check = desk.send(given, desk.verdict(given), confirm=False)
    return check.decision, unmet(check)


def test_citizen_with_private_mail_is_asked_about_once(desk: Desk) -> None:
    assert _private(desk, "Tisdag kl. 14 går bra.") == (SendDecision.PROMPT, {"move_to_work_mail"})
    # The same draft once more: it was not sent the first time, for all that anybody knows.
    assert _private(desk, "Tisdag kl. 14 går bra.") == (SendDecision.PROMPT, {"move_to_work_mail"})
    assert _private(desk, "Välkommen.") == (SendDecision.ALLOW, set())


def test_citizen_who_wrote_first_is_not_asked_about(desk: Desk) -> None:
    answer = replace(draft("Tisdag går bra.", "maria.svensson@gmail.com"), compose_type=ComposeType.REPLY)
    assert desk.send(answer, confirm=False).decision is SendDecision.ALLOW
    labelled = replace(answer, label=KANSLIG)
    assert desk.send(labelled).decision is SendDecision.BLOCK


def test_private_address_can_be_confirmed(desk: Desk) -> None:
    given = draft("Tisdag kl. 14 går bra.", "maria.svensson@gmail.com")
    assert desk.send(given, desk.verdict(given)).decision is SendDecision.ALLOW


def test_what_was_ticked_is_not_asked_at_send(desk: Desk) -> None:
    """Six parents in To: about each of them and about all together, a confirmation is enough."""
    given = draft("Välkomna på föräldramöte.", *(f"foralder{number}@gmail.com" for number in range(6)))
    asked = desk.send(given, desk.verdict(given), confirm=False)
    assert (asked.decision, unmet(asked)) == (SendDecision.PROMPT, {"move_to_work_mail", "verify_recipients"})
    assert desk.send(given, desk.verdict(given)).decision is SendDecision.ALLOW


def test_own_private_address_is_asked_about_every_time(desk: Desk) -> None:
    for number in range(3):
        given = draft(f"{number}", "sara.lindqvist@gmail.com", sender=SENDER)
        assert desk.send(given, desk.verdict(given), confirm=False).decision is SendDecision.PROMPT


def test_other_committee_is_folded_when_it_is_everyday(desk: Desk) -> None:
    checker = desk.checker.recipients
    seen = [checker.check(to(COLLEAGUE), SENDER, KANSLIG, SARA).each[0].needs_thought]
    for number in range(2):
        _send(desk, f"{number}", COLLEAGUE)
        seen.append(checker.check(to(COLLEAGUE), SENDER, KANSLIG, SARA).each[0].needs_thought)
    assert seen == [True, True, False]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("anna.berg@granvlk.example", "En adress ser felskriven ut."),
        ("nobody@granvik.example", "En adress finns inte i katalogen."),
        ("lars.holm@granvik.example", "Ett konto är avstängt."),
        ("projekt.samverkan@granvik.example", "En grupp når någon utanför kommunen."),
    ],
)
def test_what_is_wrong_is_said_first(address: str, said: str, desk: Desk) -> None:
    given = draft("x", KERSTIN, address, label=KANSLIG)
    check = desk.send(given, desk.verdict(given, KANSLIG))
    assert check.message.startswith(f"Innan du skickar: {said}")
    assert "granv" not in check.message


def test_slip_to_the_rarer_namesake_teaches_little(desk: Desk) -> None:
    for number in range(6):
        _send(desk, f"{number}", ANNA)
    _send(desk, "slip", OTHER_ANNA)
    checker = desk.checker.recipients
    assert _concerns(_judged(checker, SARA, ANNA))[ANNA] == set()
    assert C.RARER_NAMESAKE in _concerns(_judged(checker, SARA, OTHER_ANNA))[OTHER_ANNA]


def test_nobody_is_new_to_themselves(desk: Desk) -> None:
    for number in range(5):
        _send(desk, f"{number}", AMINA)
    room = "rum.eken@granvik.example"
    assert _concerns(_judged(desk.checker.recipients, SARA, SENDER.key, room)) == {SENDER.key: set(), room: set()}


def test_held_send_teaches_nothing(desk: Desk) -> None:
    given = draft("x", "bo@example.se", label=KANSLIG)
    assert desk.send(given, desk.verdict(given, KANSLIG)).decision is SendDecision.BLOCK
    assert desk.rows("habit") == []


def test_habits_are_hashes(desk: Desk) -> None:
    _send(desk, "x", KERSTIN, AMINA)
    (row,) = desk.rows("habit")
    kept = repr(row) + b"".join(path.read_bytes() for path in desk.database.parent.iterdir()).decode("utf-8", "replace")
    assert [word for word in ("kerstin", "amina", "sara", "granvik.example") if word in kept.lower()] == []


@pytest.mark.parametrize(
    ("concern", "label", "decision", "expected"),
    [
        ("greeting_differs", "none", "prompt", SendDecision.PROMPT),
        ("greeting_differs", "none", "block", SendDecision.BLOCK),
        ("greeting_differs", "none", "allow", SendDecision.ALLOW),
        ("greeting_differs", "kanslig", "block", SendDecision.BLOCK),
        ("greeting_differs", "kanslig", "prompt", SendDecision.PROMPT),
        ("spoken_of", "none", "prompt", SendDecision.PROMPT),
        ("spoken_of", "kanslig", "block", SendDecision.BLOCK),
    ],
)
def test_policy_may_act_on_the_text(
    concern: str, label: str, decision: str, expected: SendDecision, tmp_path: Path
) -> None:
    own = f'id = "own"\nname = "Own"\nversion = "1"\nextends = "standard"\n[recipients.concerns.{label}]\n'
    (tmp_path / "own.toml").write_text(f'{own}{concern} = "{decision}"\n', "utf-8")
    desk = open_desk(tmp_path, str(tmp_path / "own.toml"))
    greeting = "Hej Anna! Kan du ringa?" if concern == "greeting_differs" else "Jag träffar Kerstin Åberg på fredag."
    given = draft(greeting, KERSTIN, label=Label(label))
    assert desk.send(given, desk.verdict(given, Label(label)), confirm=label != "none").decision is expected


def test_sample_directory_is_the_demonstrations() -> None:
    assert COLLEAGUE in {entry.address for entry in sample_directory().known_entries()}
