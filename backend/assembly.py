"""Puts the services together: what all organisations share, and what each has of its own."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from backend.classification.deferred_model import DeferredModel
from backend.classification.feedback_vector import FeedbackVectors, known_words_path, read_known_words
from backend.decision.policy import Policy, read_policy
from backend.detection.engine import Detector
from backend.directory.sample_directory import sample_directory
from backend.domain.classified import Classifier
from backend.domain.directory import Directory, EntryKind
from backend.domain.draft import Mailbox
from backend.domain.errors import WrongSettings
from backend.domain.person import Authenticator
from backend.domain.recipient import Branch
from backend.encoding.open_encoder import open_encoder
from backend.recipients.branches import Branches
from backend.recipients.judging import Judge
from backend.recipients.known_domains import KnownDomains, bundled
from backend.recipients.lookalikes import Lookalikes
from backend.services import Municipality, Services
from backend.settings import Settings, SignIn, refuse_unfit_for_production
from backend.sign_in.demo_sign_in import DemoSignIn, SampleMunicipality, sample_municipality
from backend.sign_in.entra_application import EntraApplication
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.store.database import open_database
from backend.store.feedback import DatabaseFeedback
from backend.store.habits import DatabaseHabits
from backend.store.records import DatabaseRecords
from backend.tenant_directories import directory_of
from backend.tenants import read_tenants
from backend.texts.catalog import Texts, read_texts
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.check_send import SendChecker
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.sender_habits import SenderHabits
from backend.workflow.take_feedback import FeedbackTaker
from backend.workflow.unchanged_drafts import UnchangedDrafts
from backend.workflow.verdict import VerdictSigner


@dataclass(frozen=True, slots=True)
class Sample:
    """What the demonstration has beside its services."""

    sign_in: DemoSignIn
    municipality: SampleMunicipality
    directory: Directory


@dataclass(frozen=True, slots=True)
class _Shared:
    """What one process builds once for all organisations."""

    settings: Settings
    texts: Texts
    detector: Detector
    classifier: DeferredModel
    engine: Engine
    habits: SenderHabits
    records: DatabaseRecords
    signer: VerdictSigner

    @property
    def secret(self) -> bytes:
        """The installation's secret key."""
        return self.settings.secret_key.get_secret_value().encode()


def build_assessor(policy_name: str, settings: Settings) -> Assessor:
    """Detector, model and policy. Raises WrongSettings or WrongPolicy."""
    assessor = _assessor(Detector(), _classifier(settings), read_policy(policy_name), read_texts())
    # Compiled rules live as long as the process: the garbage collector need not walk them for every long draft, and
    # after a fork their pages stay shared (docs.python.org, gc.freeze).
    gc.freeze()
    return assessor


def demo_services(settings: Settings) -> tuple[Services, Sample]:
    """The demonstration's: one sample municipality, its people signed in by choice. Raises WrongSettings."""
    municipality = sample_municipality()
    shared = _shared(settings)
    directory = sample_directory()
    sign_in = DemoSignIn(shared.secret, municipality)
    one = _municipality(shared, municipality.name, read_policy(settings.policy), directory)
    return _services(shared, sign_in, {municipality.tenant: one}), Sample(sign_in, municipality, directory)


def production_services(settings: Settings) -> Services:
    """Every organisation of the settings' file. Raises WrongSettings or WrongPolicy: never starts half-configured."""
    if settings.sign_in is not SignIn.ENTRA:
        raise WrongSettings("demo_sign_in_in_production", "SANDKOLL_SIGN_IN")
    refuse_unfit_for_production(settings)
    tenants = read_tenants(settings.tenants or Path())
    shared = _shared(settings)
    municipalities = {
        one.id: _municipality(shared, one.name, read_policy(one.policy or settings.policy), directory_of(one, settings))
        for one in tenants
    }
    application = EntraApplication(
        authority=settings.entra_authority,
        client_id=settings.entra_client_id,
        audiences=frozenset(settings.entra_audiences),
        client_applications=frozenset(settings.entra_clients),
        tenants=frozenset(municipalities),
        accept_v1=settings.entra_accept_v1,
        ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
    )
    return _services(shared, EntraSignIn(application), municipalities)


def _services(shared: _Shared, authenticator: Authenticator, municipalities: Mapping[str, Municipality]) -> Services:
    gc.freeze()
    return Services(
        settings=shared.settings,
        texts=shared.texts,
        signer=shared.signer,
        records=shared.records,
        authenticator=authenticator,
        municipalities=municipalities,
        begin=shared.classifier.begin,
    )


def _shared(settings: Settings) -> _Shared:
    engine = open_database(settings.database_url)
    secret = settings.secret_key.get_secret_value().encode()
    habits = SenderHabits(DatabaseHabits(engine), HabitKeys(secret), settings.habit_days)
    return _Shared(
        settings=settings,
        texts=read_texts(),
        detector=Detector(),
        classifier=_classifier(settings),
        engine=engine,
        habits=habits,
        records=DatabaseRecords(engine),
        signer=VerdictSigner(secret),
    )


def _classifier(settings: Settings) -> DeferredModel:
    return DeferredModel(settings.model, partial(open_encoder, settings.encoder))


def _assessor(detector: Detector, classifier: Classifier, policy: Policy, texts: Texts) -> Assessor:
    return Assessor(detector, classifier, policy, texts, unchanged=UnchangedDrafts())


def _municipality(shared: _Shared, name: str, policy: Policy, directory: Directory) -> Municipality:
    assessor = _assessor(shared.detector, shared.classifier, policy, shared.texts)
    recipients = RecipientChecker(directory, judge_of(policy, directory), shared.habits, policy, shared.texts)
    feedback = FeedbackTaker(
        assessor,
        vectors=FeedbackVectors(partial(read_known_words, known_words_path(shared.settings.model))),
        store=DatabaseFeedback(shared.engine),
        keys=FeedbackKeys(shared.secret),
        most_a_day=shared.settings.feedback_per_day,
        days=shared.settings.feedback_days,
    )
    checker = SendChecker(assessor, recipients, shared.records, shared.signer, shared.secret)
    return Municipality(name, assessor, directory, recipients, checker, feedback)


def judge_of(policy: Policy, directory: Directory) -> Judge:
    """The judge of recipients by a policy's tables and a directory's domains."""
    rules = policy.rules
    private = frozenset(domain.lower() for domain in rules.places.private_domains)
    branches = [Branch(row.id, row.name, row.committee, row.departments) for row in rules.branch]
    return Judge(
        own=directory.domains,
        private=private,
        lookalikes=Lookalikes(directory.domains, _known_domains(directory, private), private),
        branches=Branches(branches),
        large_group_from=rules.recipients.large_group_from,
        externals_visible_from=rules.recipients.externals_visible_from,
        private_visible_from=rules.recipients.private_visible_from,
    )


def _known_domains(directory: Directory, private: frozenset[str]) -> KnownDomains:
    """The bundled list, and the domains of those outside who stand in the directory's address book."""
    outside = [one for one in directory.known_entries() if one.guest or one.kind is EntryKind.CONTACT]
    partners = {Mailbox(one.address).key.rpartition("@")[2]: one.company or one.name for one in outside}
    known = bundled()
    plain = Lookalikes(directory.domains, known, private)
    ours = private | directory.domains
    # Anybody can have a guest invited: what looks like a known domain is no partner.
    strange = {domain: name for domain, name in partners.items() if domain not in ours and not plain.resembled(domain)}
    return replace(known, organisations=strange | dict(known.organisations))
