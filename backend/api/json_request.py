"""Reads a request's JSON so that nothing in it can crash the service, and refuses what is no JSON by a code."""

from typing import Any

from flask import Request, current_app

from backend.domain.errors import InputTooLarge, UnreadableInput
from backend.extraction.json_text import load_object

_MOST_MARKS = 5_000_000
"""Of what begins or parts values in JSON. The longest text may hold 4 Mi of them; a reader's memory grows with each."""
_MOST_VALUES = 50_000
"""Values in one request. The largest draft has 5,000 recipients of three values each, and as many confirmed."""


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
        content = self.get_data(cache=False)
        if sum(content.count(mark) for mark in (b"{", b"[", b",")) > _MOST_MARKS:
            raise InputTooLarge("draft_too_large", f"more than {_MOST_MARKS} of [ {{ ,")
        document = load_object(content)
        _refuse_swollen(document)
        return document


def _refuse_swollen(document: dict[str, Any]) -> None:
    """Counts values before anything looks at each: a million wrong ones would make a million complaints."""
    waiting: list[Any] = [document]
    count = 0
    while waiting:
        node = waiting.pop()
        children = node.values() if isinstance(node, dict) else node
        count += len(children)
        if count > _MOST_VALUES:
            raise InputTooLarge("draft_too_large", f"more than {_MOST_VALUES} values")
        waiting.extend(child for child in children if isinstance(child, (dict, list)))
