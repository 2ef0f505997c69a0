"""How many people a group reaches, without listing them.

Source: learn.microsoft.com/graph/api/group-list-transitivemembers: an OData cast with `$count` counts members of one
kind, groups in the group followed, each counted once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.directory.departments import departments_of
from backend.directory.graph.answers import Reply
from backend.directory.shown_text import shown
from backend.domain.directory import Members

UNCOUNTED = Members(None, None)


def members(replies: Sequence[Reply]) -> Members:
    """From the replies to `member_asks`: users, guests among them and, where they were asked for, contacts.

    What could not be counted makes the numbers lower bounds, and no outsider found is then no number at all.
    """
    users, *outsiders = (None if one.reason else one.count for one in replies)
    if users is None:
        return UNCOUNTED
    at_least = None in outsiders
    external = sum(number or 0 for number in outsiders)
    return Members(
        count=users + sum(number or 0 for number in outsiders[1:]),
        external=external if external or not at_least else None,
        at_least=at_least,
        external_names=tuple(filter(None, (_name(row) for one in replies[1:] if not one.reason for row in one.rows))),
        departments=departments_of(shown(str(row.get("department") or "")) for row in replies[0].rows),
    )


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("displayName") or row.get("mail") or "")
