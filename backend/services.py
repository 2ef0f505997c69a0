"""Everything an application is made of, built once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.domain.directory import Directory
from backend.domain.errors import Forbidden
from backend.domain.person import Authenticator, Person
from backend.domain.store import Store
from backend.settings import Settings
from backend.texts.catalog import Texts
from backend.workflow.assess_draft import Assessor
from backend.workflow.assess_for_sender import SenderAssessor
from backend.workflow.audit_trail import AuditTrail
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.check_send import SendChecker
from backend.workflow.forward_view import ForwardDesk
from backend.workflow.take_feedback import FeedbackTaker
from backend.workflow.upkeep import Upkeep
from backend.workflow.verdict import VerdictSigner


@dataclass(frozen=True, slots=True)
class Municipality:
    """One organisation's own: its policy (in the assessor), its directory, and the use cases that go by them."""

    name: str
    assessor: Assessor
    senders: SenderAssessor
    directory: Directory
    recipients: RecipientChecker
    checker: SendChecker
    forwards: ForwardDesk
    audit: AuditTrail
    feedback: FeedbackTaker


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every blueprint. Nothing else is shared between requests. `municipalities` by tenant id.

    `begin` reads the model in the background, so that the first caller need not wait for it. `upkeep` does what has to
    happen by itself.
    """

    settings: Settings
    texts: Texts
    signer: VerdictSigner
    store: Store
    authenticator: Authenticator
    municipalities: Mapping[str, Municipality]
    upkeep: Upkeep
    begin: Callable[[], None]

    def municipality_of(self, person: Person) -> Municipality:
        """The person's own organisation. Raises Forbidden (`tenant_not_allowed`) where it is none of ours."""
        municipality = self.municipalities.get(person.tenant)
        if municipality is None:
            raise Forbidden("tenant_not_allowed", "no such tenant in this installation")
        return municipality
