"""Everything an application is made of, built once."""

from dataclasses import dataclass

from backend.domain.person import Authenticator
from backend.domain.recipient import Directory
from backend.settings import Settings
from backend.texts.catalog import Texts
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_send import SendChecker
from backend.workflow.take_feedback import FeedbackTaker
from backend.workflow.verdict import VerdictSigner


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every blueprint. Nothing else is shared between requests."""

    settings: Settings
    texts: Texts
    assessor: Assessor
    checker: SendChecker
    feedback: FeedbackTaker
    signer: VerdictSigner
    directory: Directory
    authenticator: Authenticator
