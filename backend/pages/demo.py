"""The demonstration: the simulated compose window and its sample people. Registered in demo mode only."""

from typing import Any

from flask import Blueprint, Response, redirect, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from backend.api.access import Access, demands
from backend.domain.directory import Directory, DirectoryEntry
from backend.services import Services
from backend.sign_in.demo_sign_in import DemoSignIn, SampleMunicipality, SamplePerson
from backend.workflow.deliver_notices import Outbox, SeenNotice


def demo(services: Services, sign_in: DemoSignIn, municipality: SampleMunicipality, directory: Directory) -> Blueprint:
    """`/demo/…`."""
    blueprint = Blueprint("demo", __name__)
    folder = services.settings.addin_folder / "demo"

    @blueprint.get("/")
    @demands(Access.OPEN)
    def front() -> BaseResponse:
        return redirect("/demo/")

    @blueprint.get("/demo/people")
    @demands(Access.OPEN)
    def people() -> dict[str, Any]:
        people = [_person(person) | {"token": sign_in.token(person.id)} for person in municipality.people]
        return {"municipality": municipality.name, "people": people}

    @blueprint.get("/demo/directory")
    @demands(Access.OPEN)
    def address_book() -> dict[str, Any]:
        return {"entries": [_entry(entry) for entry in directory.known_entries()]}

    @blueprint.get("/demo/")
    @demands(Access.OPEN)
    def compose() -> Response:
        return send_from_directory(folder, "index.html", max_age=0)

    @blueprint.get("/demo/<path:name>")
    @demands(Access.OPEN)
    def file(name: str) -> Response:
        return send_from_directory(folder, name, max_age=0)

    return blueprint


def demo_outbox(outbox: Outbox, tenant: str) -> Blueprint:
    """`/demo/outbox`: what would have been mailed, newest first."""
    blueprint = Blueprint("demo_outbox", __name__)

    @blueprint.get("/demo/outbox")
    @demands(Access.OPEN)
    def notices() -> dict[str, Any]:
        return {"notices": [_notice(one) for one in outbox.newest(tenant)]}

    return blueprint


def _person(person: SamplePerson) -> dict[str, str]:
    return {
        "id": person.id,
        "name": person.name,
        "address": person.address,
        "role": person.role.value,
        "title": person.title,
    }


def _entry(entry: DirectoryEntry) -> dict[str, str]:
    """What an address book shows."""
    return {
        "name": entry.name,
        "address": entry.address,
        "kind": entry.kind.value,
        "title": entry.title,
        "department": entry.department,
    }


def _notice(seen: SeenNotice) -> dict[str, str]:
    """What would have been mailed; without words where the address is erased."""
    letter = seen.letter
    return {
        "id": seen.notice.id,
        "to": letter.to.address if letter else "",
        "subject": letter.subject if letter else "",
        "text": letter.text if letter else "",
        "link": seen.link,
        "state": seen.notice.state.value,
        "made_at": seen.notice.made_at.isoformat(),
    }
