"""What is asked of Graph: URLs with addresses in them, written so that no address can change the question.

Sources, under learn.microsoft.com/graph: aad-advanced-queries, filter-query-parameter, api/user-list, api/group-list,
api/orgcontact-list, api/group-list-transitivemembers, api/place-get, api/user-getmailtips. Graph takes at most fifteen
clauses in a filter joined by `or`, and compares at most 120 characters unless the query is an advanced one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from backend.directory.graph.access import GraphAccess

MOST_CLAUSES = 15
_LONGEST_PLAIN = 110
_MOST_TIPS = 100
_PAGE = 999
_PAGE_OF_NEAR = 300
"""Namesakes are a service, not a verdict: so many candidates to a question are enough."""
_SAMPLE = 3
_PERSON = "id,displayName,givenName,surname,mail,userPrincipalName,proxyAddresses,accountEnabled,userType,jobTitle,"
_PERSON += "department,companyName,officeLocation"
_GROUP = "id,displayName,mail,proxyAddresses,visibility,groupTypes"
_CONTACT = "id,displayName,givenName,surname,mail,proxyAddresses,jobTitle,department,companyName"
_MANAGER = "&$expand=manager($levels=1;$select=id,displayName,mail,userPrincipalName)"
_ADVANCED = {"ConsistencyLevel": "eventual"}
_TIPS = "automaticReplies,mailboxFullStatus,deliveryRestriction,moderationStatus,externalMemberCount,totalMemberCount"


_PAGE_OF_MEMBERS = 999
"""The most that Graph gives in one page."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request in a batch. `plainer` is the URL to try where Graph does not take `url` (400).

    `paged` says that all pages are wanted, not the first one alone.
    """

    url: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, object] | None = field(default=None, repr=False)
    plainer: str = field(default="", repr=False)
    paged: bool = False

    def written(self, number: int, url: str = "") -> dict[str, object]:
        """As it stands in a batch, or for another URL of the same question."""
        asked: dict[str, object] = {"id": str(number), "method": "GET", "url": url or self.url}
        if self.body is not None:
            asked |= {"method": "POST", "body": self.body}
        headers = self.headers | ({} if self.body is None else {"Content-Type": "application/json"})
        return asked | ({"headers": headers} if headers else {})


@dataclass(frozen=True, slots=True)
class KeyAsk:
    """A request that tells of some keys, from one of the sources: `users`, `groups`, `contacts` or `tips`."""

    source: str
    keys: tuple[str, ...] = field(repr=False)
    ask: Ask


def asks_for(keys: Sequence[str], access: GraphAccess) -> list[KeyAsk]:
    """Everything that has to be asked to know what the keys are."""
    asks = [*_by_address("users", keys, _PERSON, ("mail", "userPrincipalName"), managers=access.managers)]
    asks += _by_address("groups", keys, _GROUP, ("mail",))
    if access.contacts:
        asks += _by_address("contacts", keys, _CONTACT, ("mail",))
    if access.mail_tips:
        for some in _chunks(keys, _MOST_TIPS):
            body: dict[str, object] = {"EmailAddresses": list(some), "MailTipsOptions": _TIPS}
            asks.append(KeyAsk("tips", some, Ask("/me/getMailTips", body=body)))
    return asks


def member_asks(group: str, *, contacts: bool) -> list[Ask]:
    """How many users a group reaches and where they work, how many are guests, how many contacts; a few names."""
    base = f"/groups/{quote(group, safe='')}/transitiveMembers/microsoft.graph."
    few = f"&$top={_SAMPLE}&$select=id,displayName,mail"
    guests = "&$filter=" + _encoded("userType eq 'Guest'")
    # Of the first page only where they work, so that other branches can be told of; nobody is listed.
    urls = [
        f"{base}user?$count=true&$top={_PAGE_OF_MEMBERS}&$select=department",
        f"{base}user?$count=true{few}{guests}",
    ]
    urls += [f"{base}orgContact?$count=true{few}"] if contacts else []
    return [Ask(url, _ADVANCED) for url in urls]


def place_ask(address: str) -> Ask:
    """Whether an address is a room's: 404 where it is not."""
    return Ask(f"/places/{quote(address, safe='')}?$select=id,emailAddress")


def people_asks(clauses: Iterable[str]) -> list[Ask]:
    """People that answer to any of the clauses, each of which is one or two comparisons joined by `and`."""
    wanted = list(dict.fromkeys(clauses))
    return [
        Ask(
            f"/users?$filter={_encoded(' or '.join(f'({one})' for one in some))}&$select={_PERSON}&$top={_PAGE_OF_NEAR}"
        )
        for some in _chunks(wanted, MOST_CLAUSES // 2)
    ]


def groups_ask(starts: Iterable[str]) -> list[Ask]:
    """Groups whose address starts so."""
    wanted = [starts_with("mail", start) for start in dict.fromkeys(starts)]
    return [
        Ask(f"/groups?$filter={_encoded(' or '.join(some))}&$select={_GROUP}&$top={_PAGE_OF_NEAR}")
        for some in _chunks(wanted, MOST_CLAUSES)
    ]


def equals(name: str, value: str) -> str:
    """A comparison. A quote in the value is doubled (OData 4.01, URL conventions 5.1.1.6.1)."""
    return f"{name} eq {_literal(value)}"


def starts_with(name: str, value: str) -> str:
    """Another."""
    return f"startsWith({name},{_literal(value)})"


def _by_address(
    source: str, keys: Sequence[str], select: str, names: tuple[str, ...], *, managers: bool = False
) -> Iterator[KeyAsk]:
    each = MOST_CLAUSES // (len(names) + 1)
    usual = [key for key in keys if len(key) <= _LONGEST_PLAIN]
    chunks = [*_chunks(usual, each), *_chunks([key for key in keys if len(key) > _LONGEST_PLAIN], 1)]
    for some in chunks:
        clauses = [clause for key in some for clause in _claims(key, names)]
        url = f"/{source}?$filter={_encoded(' or '.join(clauses))}&$select={select}&$top={_PAGE}"
        if len(some[0]) > _LONGEST_PLAIN:
            # What is asked so takes no $expand: their managers remain unknown.
            yield KeyAsk(source, some, Ask(f"{url}&$count=true", _ADVANCED, paged=True))
        elif managers:
            yield KeyAsk(source, some, Ask(url + _MANAGER, plainer=url, paged=True))
        else:
            yield KeyAsk(source, some, Ask(url, paged=True))


def _claims(key: str, names: tuple[str, ...]) -> Iterator[str]:
    yield from (equals(name, key) for name in names)
    yield f"proxyAddresses/any(p:p eq {_literal(f'smtp:{key}')})"


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _encoded(text: str) -> str:
    return quote(text, safe="()',:/")


def _chunks(items: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    return (tuple(items[at : at + most]) for at in range(0, len(items), most))
