"""How one organisation's letters go out through Microsoft Graph, from one mailbox of its own."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GraphMailbox:
    """The mailbox that sends, and the application that may send from it.

    The application proves itself with `private_key` and `certificate` (PEM), or else with `secret`. `sender` is the
    address (UPN) of a mailbox of the tenant. `scope` differs in national clouds, as do the two addresses.
    `ca_bundle` is a PEM file of authorities to trust in place of the usual ones, `proxy` the URL of an outgoing proxy.
    Times are seconds. `repr` shows no secret.
    """

    tenant: str
    client_id: str
    sender: str
    secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    sender_name: str = "Sändkoll"
    authority: str = "https://login.microsoftonline.com"
    graph_url: str = "https://graph.microsoft.com/v1.0"
    scope: str = "https://graph.microsoft.com/.default"
    ca_bundle: str | None = None
    proxy: str | None = None
    patience: float = 10.0
    total: float = 30.0
