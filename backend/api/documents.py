"""What requests must look like and what answers look like: the OpenAPI description is made from these."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.forward_documents import ForwardingAnswer
from backend.api.recipient_documents import RecipientsInBrief
from backend.extraction.draft_document import DraftDocument

_Code = Annotated[str, Field(max_length=64)]
_Address = Annotated[str, Field(max_length=1000)]
_LONGEST_TOKEN = 8000


class GroundsDocument(BaseModel):
    """Grounds that the sender states, by kind."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    personnummer: _Code | None = None
    sensitive: _Code | None = None
    photo: _Code | None = None


class SendCheckDocument(BaseModel):
    """A draft on its way out. Everything but `draft` is optional."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    draft: DraftDocument
    verdict: Annotated[str, Field(max_length=_LONGEST_TOKEN)] | None = None
    label: Literal["none", "kanslig", "mycket_kanslig"] | None = None
    grounds: GroundsDocument = GroundsDocument()
    confirmed_recipients: Annotated[list[_Address], Field(max_length=5000)] = []
    approval_id: _Code | None = None


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FindingAnswer(_Answer):
    """One observation. `start`/`end` count Unicode code points in the part's plain text."""

    category: str
    rule: str
    part: str
    start: int
    end: int
    excerpt: str
    about_person: bool
    confidence: float
    explanation: str
    source: list[str]


class PlaceAnswer(_Answer):
    """A sentence of a part, by code points and by its number from 1; null where the text is in no sentence."""

    part: str
    start: int
    end: int
    number: int | None


class ReasonAnswer(_Answer):
    """Why, in plain Swedish. `findings` are indices into the assessment's findings.

    `role` is the reason's part in the label: it `decides` (without it the label falls), `shares` or only `adds`.
    """

    text: str
    categories: list[str]
    findings: list[int]
    rules: list[str]
    sentence: PlaceAnswer | None
    places: list[PlaceAnswer]
    confidence: float
    role: Literal["decides", "shares", "adds"]


class LoweringAnswer(_Answer):
    """What to take out for `label` to be enough. `findings` are indices into the assessment's findings."""

    label: Literal["none", "kanslig"]
    findings: list[int]
    text: str


class ObligationAnswer(_Answer):
    """Something the sender is asked to do, and what a send without it meets."""

    code: str
    met: bool
    text: str
    source: list[str]
    decision: Literal["allow", "prompt", "block"]
    ground: Literal["personnummer", "sensitive", "photo"] | None = None


class PolicyVersion(_Answer):
    """Which policy spoke."""

    id: str
    version: str


class ModelVersion(_Answer):
    """Which model spoke. `encoder` is null where a smaller model answered without the sentence encoder."""

    version: str
    encoder: str | None


class AssessmentAnswer(_Answer):
    """A draft's label with its reasons and what follows from it."""

    id: str
    label: Literal["none", "kanslig", "mycket_kanslig"]
    confidence: float
    sensitive_probability: float
    summary: str
    reason: str
    level_rule: str
    categories: list[str]
    findings: list[FindingAnswer]
    reasons: list[ReasonAnswer]
    lowering: list[LoweringAnswer]
    obligations: list[ObligationAnswer]
    tips: list[str]
    send_decision: Literal["allow", "prompt", "block"]
    recipients: RecipientsInBrief
    forward: ForwardingAnswer
    policy: PolicyVersion
    model: ModelVersion
    elapsed_ms: float
    verdict: str


class SendCheckAnswer(_Answer):
    """What pressing Send does."""

    send_decision: Literal["allow", "prompt", "block"]
    message: str
    obligations: list[ObligationAnswer]
    receipt: str | None


class ProblemAnswer(BaseModel):
    """RFC 9457, with a stable code and a Swedish title."""

    type: str
    title: str
    title_en: str
    status: int
    code: str
    detail: str | None = None
    claims: str | None = None


PROBLEMS: dict[str | int, type[BaseModel] | dict[Any, Any] | None] = dict.fromkeys(
    (400, 401, 403, 411, 413, 415, 422, 503), ProblemAnswer
)
"""What every route that takes a draft can answer instead."""
