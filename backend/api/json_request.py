"""Reads a request's JSON so that nothing in it can crash the service, and refuses what is no JSON by a code."""

from typing import Any

from flask import Request, current_app

from backend.domain.errors import InputTooLarge, UnreadableInput
from backend.extraction.json_text import load_object


class JsonRequest(Request):
    """Flask's request with the product's own JSON reader behind `get_json`."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002 - Flask's signature
        """The JSON object. Raises UnreadableInput or InputTooLarge with a code, whatever `silent` says."""
        if "json_object" not in self.environ:
            self.environ["json_object"] = self._read()
        return self.environ["json_object"]

    def _read(self) -> dict[str, Any]:
        if not self.is_json:
            raise UnreadableInput("content_type_unsupported", "not application/json")
        if self.content_length is None:
            raise UnreadableInput("length_required", "no content length")
        limit = current_app.config["MAX_CONTENT_LENGTH"]
        if limit is not None and self.content_length > limit:
            raise InputTooLarge("draft_too_large", f"{self.content_length} > {limit}")
        return load_object(self.get_data(cache=False))
