"""Serves the built add-in from the service's own origin: classic Outlook needs files and interface on one origin."""

from flask import Blueprint, Response, send_from_directory

from backend.api.access import Access, demands
from backend.domain.errors import CodedError
from backend.services import Services

_PAGES = frozenset({"taskpane.html", "launchevent.html", "launchevent.js"})


def addin_files(services: Services) -> Blueprint:
    """`/taskpane.html`, `/launchevent.*` and `/assets/…`."""
    blueprint = Blueprint("addin_files", __name__)
    folder = services.settings.addin_folder

    @blueprint.get("/<page>")
    @demands(Access.OPEN)
    def page(page: str) -> Response:
        if page not in _PAGES:
            raise CodedError("not_found", "no such page")
        return send_from_directory(folder, page, max_age=0)

    @blueprint.get("/assets/<path:name>")
    @demands(Access.OPEN)
    def asset(name: str) -> Response:
        return send_from_directory(folder / "assets", name, max_age=0)

    return blueprint
