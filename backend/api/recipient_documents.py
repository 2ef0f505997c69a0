"""Recipients in requests and answers: the OpenAPI description is made from these."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from backend.extraction.draft_document import MailboxDocument, RecipientDocument

_Decision = Literal["allow", "prompt", "block"]
_Kind = Literal["person", "group", "shared_mailbox", "room", "contact"]
_Verdict = Literal[
    "verified", "other_unit", "group", "external", "unknown", "disabled", "lookalike", "private", "unverifiable"
]
_Reason = Literal[
    "not_an_address",
    "no_directory",
    "directory_down",
    "directory_slow",
    "directory_busy",
    "directory_not_permitted",
    "sign_in_again",
]
_Concern = Literal[
    "external_members",
    "members_unknown",
    "large_group",
    "other_units_in_group",
    "namesake",
    "rarer_namesake",
    "first_time",
    "odd_one_out",
    "own_private_address",
    "colleague_elsewhere",
    "spoken_of",
    "greeting_differs",
    "usual_one_missing",
    "externals_see_each_other",
    "automatic_reply",
    "mailbox_full",
    "moderated",
]


def _as_mailbox(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A bare address stands for a mailbox without a name."""
    return {"address": value} if isinstance(value, str) else value


class RecipientCheckDocument(BaseModel):
    """Recipients with the label that holds for the draft. Everything but `recipients` is optional."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    recipients: Annotated[
        Sequence[
            Annotated[RecipientDocument, BeforeValidator(_as_mailbox, json_schema_input_type=RecipientDocument | str)]
        ],
        Field(max_length=5000),
    ]
    sender: (
        Annotated[MailboxDocument, BeforeValidator(_as_mailbox, json_schema_input_type=MailboxDocument | str)] | None
    ) = None
    label: Literal["none", "kanslig", "mycket_kanslig"] | None = None


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonAnswer(_Answer):
    """What the directory says of an address. Texts are empty where it says nothing."""

    kind: _Kind
    address: str
    name: str
    title: str
    department: str
    office: str
    company: str
    manager: str
    enabled: bool
    guest: bool
    committee: str
    branch: str


class MembersAnswer(_Answer):
    """How many a group reaches; null where nobody could count them. `at_least`: there may be more."""

    count: int | None
    external: int | None
    at_least: bool
    external_names: list[str]


class MailTipsAnswer(_Answer):
    """What happens to a mail to this address."""

    automatic_reply: bool
    mailbox_full: bool
    moderated: bool


class MeantAnswer(_Answer):
    """Somebody who may have been meant."""

    address: str
    name: str
    title: str
    department: str


class ConcernAnswer(_Answer):
    """What gives cause to think twice, and what the policy makes of it."""

    code: _Concern
    decision: _Decision
    text: str
    text_en: str


class RecipientAnswer(_Answer):
    """One recipient. `needs_thought`: to be looked at and confirmed by itself. `reason` stands with unverifiable."""

    address: str
    verdict: _Verdict
    reason: _Reason | None
    decision: _Decision
    needs_thought: bool
    person: PersonAnswer | None
    members: MembersAnswer | None
    mail_tips: MailTipsAnswer | None
    resembles: str
    organisation: str
    concerns: list[ConcernAnswer]
    meant: list[MeantAnswer]
    advice: str
    advice_en: str


class ConcernInBrief(_Answer):
    """A concern without its sentence."""

    code: _Concern
    decision: _Decision


class RecipientInBrief(_Answer):
    """One recipient of an assessed draft, as codes."""

    verdict: _Verdict
    decision: _Decision
    needs_thought: bool
    concerns: list[ConcernInBrief]


class RecipientsInBrief(_Answer):
    """The recipients of an assessed draft, in its order. Who they are is told by `/recipient-checks`.

    `to_confirm`: `each` recipient of a labelled draft, the `questioned` ones, or `none`.
    """

    each: list[RecipientInBrief]
    concerns: list[ConcernInBrief]
    to_confirm: Literal["each", "questioned", "none"]


class RecipientChecksAnswer(_Answer):
    """A verdict for each recipient, in order, with concerns about them together."""

    recipients: list[RecipientAnswer]
    concerns: list[ConcernAnswer]
    to_confirm: Literal["each", "questioned", "none"]
