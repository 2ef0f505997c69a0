"""How one organisation's Microsoft Graph is reached, and within what limits."""

from dataclasses import dataclass, field

GRAPH = "https://graph.microsoft.com/v1.0"
AUTHORITY = "https://login.microsoftonline.com"


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """What the application proves itself with, the weaker way. `repr` does not show it."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """What the application proves itself with: a PEM private key and the PEM certificate registered in Entra.

    With the certificate the client assertion is signed with PS256 and carries the SHA-256 thumbprint and `x5c`.
    `thumbprint` (SHA-1, hex) is for those who have no certificate at hand; it is then signed with RS256. One of the
    two is needed. `repr` shows none.
    """

    private_key: str = field(repr=False)
    certificate: str = field(default="", repr=False)
    thumbprint: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class GraphAccess:
    """One tenant's access. Everything else than the first four has a default that suits Microsoft's public cloud.

    `domains` are the organisation's own mail domains. `scopes` is asked for on behalf of the person; `/.default` means
    all that the administrator has consented to. `ca_bundle` is a PEM file of authorities to trust in place of the
    usual ones (for a proxy that opens TLS), `proxy` the URL of an outgoing proxy.

    `contacts`: ask for address book contacts (OrgContact.Read.All). `managers`: ask for the nearest manager.
    `rooms`: ask which mailboxes are rooms (Place.Read.All). `mail_tips`: ask for mail tips, which takes Mail.Read, a
    permission to read the person's mail: off unless somebody decides otherwise.
    """

    tenant: str
    client_id: str
    credential: ClientSecret | ClientCertificate
    domains: frozenset[str]
    authority: str = AUTHORITY
    graph_url: str = GRAPH
    scopes: tuple[str, ...] = ("https://graph.microsoft.com/.default",)
    ca_bundle: str | None = None
    proxy: str | None = None
    contacts: bool = True
    managers: bool = True
    rooms: bool = False
    mail_tips: bool = False


@dataclass(frozen=True, slots=True)
class GraphLimits:
    """Seconds and numbers. `total` is for a whole look-up, tokens and retries included.

    `rest` is how long Graph or the authority is first left alone after three failures in a row.
    `found` and `absent` are how long an answer is kept; `cached` how many of each, `tokens` how many people's Graph
    tokens. `exchanges` is how many batches may be under way at once. `people` is how many found people of one look-up
    namesakes are sought for, `strays` the same of absent addresses. `most_bytes` is the largest answer read.
    """

    total: float = 1.9
    connect: float = 1.0
    rest: float = 15.0
    found: float = 900.0
    absent: float = 120.0
    cached: int = 20_000
    tokens: int = 2_000
    exchanges: int = 8
    people: int = 100
    strays: int = 20
    most_bytes: int = 16_000_000
