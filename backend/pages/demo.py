"""The demonstration: the simulated compose window and its sample people. Registered in demo mode only."""

from typing import Any

from flask import Blueprint, Response, redirect, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from backend.api.access import Access, demands
from backend.domain.directory import Directory, DirectoryEntry
from backend.services import Services
from backend.sign_in.demo_sign_in import DemoSignIn, SampleMunicipality, SamplePerson


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
