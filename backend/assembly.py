"""Puts the services together: what all organisations share, and each organisation's own."""

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from backend.classification.deferred_model import DeferredModel
from backend.decision.policy import read_policy
from backend.detection.engine import Detector
from backend.directory.sample_directory import sample_directory
from backend.domain.directory import Directory
from backend.domain.draft import Mailbox
from backend.domain.errors import WrongSettings
from backend.domain.notices import Courier
from backend.domain.person import Authenticator, Role
from backend.encoding.open_encoder import open_encoder
from backend.municipality import Own, Shared, municipality_of
from backend.notices.demo_courier import DemoCourier
from backend.notices.wording import Wording
from backend.services import Municipality, Services
from backend.settings import Settings, SignIn, refuse_unfit_for_production
from backend.sign_in.demo_sign_in import DemoSignIn, SampleMunicipality, sample_municipality
from backend.sign_in.entra_application import EntraApplication
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.store.database import open_database
from backend.store.habits import DatabaseHabits
from backend.store.transactions import DatabaseStore
from backend.tenant_directories import directory_of
from backend.tenant_notices import courier_of
from backend.tenants import Tenant, read_tenants
from backend.texts.catalog import read_texts
from backend.upkeep_tasks import upkeep_of
from backend.workflow.assess_draft import Assessor
from backend.workflow.deliver_notices import Outbox
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer
from backend.workflow.sender_habits import SenderHabits
from backend.workflow.unchanged_drafts import UnchangedDrafts
from backend.workflow.verdict import VerdictSigner


@dataclass(frozen=True, slots=True)
class Sample:
    """What the demonstration has beside its services."""

    sign_in: DemoSignIn
    municipality: SampleMunicipality
    directory: Directory
    outbox: Outbox


def build_assessor(policy_name: str, settings: Settings) -> Assessor:
    """Detector, model and policy. Raises WrongSettings or WrongPolicy."""
    policy = read_policy(policy_name)
    assessor = Assessor(Detector(), _classifier(settings), policy, read_texts(), unchanged=UnchangedDrafts())
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
    approvers = [one for one in municipality.people if one.role is Role.APPROVER]
    mailboxes = tuple(Mailbox(one.address, one.name) for one in approvers)
    one = municipality_of(shared, Own(municipality.name, read_policy(settings.policy), directory, mailboxes))
    services = _services(shared, sign_in, {municipality.tenant: one}, {municipality.tenant: DemoCourier()})
    return services, Sample(sign_in, municipality, directory, _outbox(shared))


def production_services(settings: Settings) -> Services:
    """Every organisation of the settings' file. Raises WrongSettings or WrongPolicy: never starts half-configured."""
    if settings.sign_in is not SignIn.ENTRA:
        raise WrongSettings("demo_sign_in_in_production", "SANDKOLL_SIGN_IN")
    refuse_unfit_for_production(settings)
    tenants = read_tenants(settings.tenants or Path())
    shared = _shared(settings)
    municipalities = {one.id: municipality_of(shared, _own(one, settings)) for one in tenants}
    couriers = {one.id: courier for one in tenants if (courier := courier_of(one, settings)) is not None}
    application = _application(settings, municipalities)
    return _services(shared, EntraSignIn(application), municipalities, couriers)


def _own(tenant: Tenant, settings: Settings) -> Own:
    policy = read_policy(tenant.policy or settings.policy)
    return Own(tenant.name, policy, directory_of(tenant, settings), tuple(map(Mailbox, tenant.approvers)))


def _application(settings: Settings, tenants: Iterable[str]) -> EntraApplication:
    return EntraApplication(
        authority=settings.entra_authority,
        client_id=settings.entra_client_id,
        audiences=frozenset(settings.entra_audiences),
        # The service itself, too: it gets tokens for those who sign in to its pages.
        client_applications=frozenset({*settings.entra_clients, settings.entra_client_id}),
        tenants=frozenset(tenants),
        accept_v1=settings.entra_accept_v1,
        ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
    )


def _services(
    shared: Shared,
    authenticator: Authenticator,
    municipalities: Mapping[str, Municipality],
    couriers: Mapping[str, Courier],
) -> Services:
    gc.freeze()
    return Services(
        settings=shared.settings,
        texts=shared.texts,
        signer=shared.signer,
        store=shared.store,
        authenticator=authenticator,
        municipalities=municipalities,
        upkeep=upkeep_of(shared, municipalities, couriers, _outbox(shared)),
        begin=shared.classifier.begin,
    )


def _outbox(shared: Shared) -> Outbox:
    return Outbox(shared.store, shared.sealer, Wording(), shared.settings.public_url)


def _shared(settings: Settings) -> Shared:
    engine = open_database(settings.database_url)
    secret = settings.secret_key.get_secret_value().encode()
    keys = RecordKeys(secret)
    return Shared(
        settings=settings,
        texts=read_texts(),
        detector=Detector(),
        classifier=_classifier(settings),
        engine=engine,
        store=DatabaseStore(engine, keys.audit),
        habits=SenderHabits(DatabaseHabits(engine), HabitKeys(secret)),
        keys=keys,
        sealer=Sealer(secret),
        signer=VerdictSigner(secret),
    )


def _classifier(settings: Settings) -> DeferredModel:
    return DeferredModel(settings.model, partial(open_encoder, settings.encoder))
