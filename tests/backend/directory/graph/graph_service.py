"""A stand-in for Microsoft Graph: a real HTTPS server on loopback that answers in Graph's documented shapes.

    with graph_service(tenant, authority) as graph:
        GraphAccess(..., graph_url=graph.url, ca_bundle=graph.ca_file)
        graph.batches                              # URLs of each batch, in the order they came
        graph.fault = lambda number: DROPPED       # how the exchange of that number goes wrong
        graph.refusal = lambda url: (429, {"Retry-After": "1"})

After Microsoft's "Combine multiple HTTP requests using JSON batching", "Microsoft Graph error responses and resource
types", "Paging Microsoft Graph data", "Advanced query capabilities on Microsoft Entra ID objects", "List group
transitive members", "user: getMailTips" and "Get place". Only `$batch` is answered.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt

from tests.backend.directory.graph.graph_filters import BadQuery, Table
from tests.backend.directory.graph.graph_tenant import GraphTenant
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import Fault
from tests.backend.loopback_tls import LOOPBACK, loopback_tls
from tests.backend.on_behalf_of import GRAPH

MOST_IN_BATCH = 20
_PERMISSIONS = {
    "users": "User.Read.All", "groups": "GroupMember.Read.All", "contacts": "OrgContact.Read.All",
    "places": "Place.Read.All", "me": "Mail.Read",
}  # fmt: skip
_CASTS = {"microsoft.graph.user": "users", "microsoft.graph.orgContact": "contacts"}
_ARRAYS = {"proxyAddresses"}
Refusal = tuple[int, Mapping[str, str]]


class Refused(Exception):
    """Graph answers with an error."""

    def __init__(self, status: int, code: str, text: str = "") -> None:
        super().__init__(status, code)
        self.status = status
        inner = {"date": "2026-11-22T10:00:00", "request-id": "00000000-0000-0000-0000-00000000000a"}
        self.body = {"error": {"code": code, "message": text or code, "innerError": inner}}


class GraphService:
    """The running server. `page` is the largest page it gives; `spans` are when each exchange began and ended."""

    def __init__(self, url: str, tenant: GraphTenant, authority: EntraAuthority) -> None:
        self.url = f"{url}/v1.0"
        self.ca_file = loopback_tls().ca_file
        self.tenant, self.authority = tenant, authority
        self.page = 100
        self.batches: list[list[str]] = []
        self.spans: list[tuple[float, float]] = []
        self.fault: Callable[[int], Fault | None] = lambda _: None
        self.refusal: Callable[[str], Refusal | None] = lambda _: None
        self.next_link = self.url
        self._lock = threading.Lock()

    @property
    def round_trips(self) -> int:
        """How many exchanges came one after another: those that overlap count once."""
        trips, until = 0, 0.0
        for began, ended in sorted(self.spans):
            if began >= until:
                trips, until = trips + 1, ended
            until = max(until, ended)
        return trips

    def forget(self) -> None:
        self.batches, self.spans = [], []

    def begins(self, urls: list[str]) -> int:
        """The number of an exchange."""
        with self._lock:
            self.batches.append(urls)
            return len(self.batches)

    def answer(self, path: str, bearer: str, content: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
        """Status and JSON."""
        try:
            granted = self._granted(bearer)
            requests = _batch(path, content)
        except Refused as refused:
            return refused.status, refused.body
        responses = [self._response(one, granted) for one in requests]
        random.shuffle(responses)
        return HTTPStatus.OK, {"responses": responses}

    def _granted(self, bearer: str) -> set[str]:
        try:
            key = self.authority.signers[0].key.public_key()
            claims = jwt.decode(bearer.removeprefix("Bearer "), key, ["RS256"], audience=GRAPH)
        except jwt.InvalidTokenError as error:
            raise Refused(HTTPStatus.UNAUTHORIZED, "InvalidAuthenticationToken", str(error)) from error
        return set(claims["scp"].split())

    def _response(self, request: Mapping[str, Any], granted: set[str]) -> dict[str, Any]:
        refusal = self.refusal(request["url"])
        headers: Mapping[str, str] = {"Content-Type": "application/json"}
        if refusal:
            status, more = refusal
            return {"id": request["id"], "status": status, "headers": {**headers, **more},
                    "body": Refused(status, "Refused").body}  # fmt: skip
        try:
            status, body = HTTPStatus.OK, self._body(request, granted)
        except BadQuery as error:
            status, body = HTTPStatus.BAD_REQUEST, Refused(400, "Request_UnsupportedQuery", str(error)).body
        except Refused as refused:
            status, body = HTTPStatus(refused.status), refused.body
        return {"id": request["id"], "status": status, "headers": headers, "body": body}

    def _body(self, request: Mapping[str, Any], granted: set[str]) -> dict[str, Any]:
        parts = urlsplit(request["url"])
        asked = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        advanced = request.get("headers", {}).get("ConsistencyLevel") == "eventual"
        first, *rest = [unquote(one) for one in parts.path.strip("/").split("/")]
        if _PERMISSIONS[first] not in granted:
            raise Refused(HTTPStatus.FORBIDDEN, "Authorization_RequestDenied", "Insufficient privileges")
        if advanced and "$expand" in asked:
            raise BadQuery("expand_with_advanced_query")
        if first == "me":
            return {"value": [self._tips(address) for address in request["body"]["EmailAddresses"]]}
        if first == "places":
            return self._place(rest[0])
        if rest:
            return self._collection(self._members(rest, advanced=advanced), asked, parts.path, advanced=advanced)
        return self._collection(self.tenant.tables[first], asked, parts.path, advanced=advanced)

    def _members(self, rest: list[str], *, advanced: bool) -> Table:
        group_id, relation, cast = rest
        group = next((one for one in self.tenant.groups if one["id"] == group_id), None)
        if group is None or relation != "transitiveMembers":
            raise Refused(HTTPStatus.NOT_FOUND, "Request_ResourceNotFound")
        if group["visibility"] == "HiddenMembership":
            raise Refused(HTTPStatus.FORBIDDEN, "Authorization_RequestDenied")
        if not advanced:
            raise BadQuery("cast_without_advanced_query")
        return self.tenant.transitive_members(group_id, _CASTS[cast])

    def _collection(self, table: Table, asked: Mapping[str, str], path: str, *, advanced: bool) -> dict[str, Any]:
        rows = table.filtered(asked["$filter"], advanced=advanced) if "$filter" in asked else table.rows
        size, start = min(int(asked.get("$top", self.page)), self.page), int(asked.get("$skiptoken", 0))
        names = asked["$select"].split(",") + (["manager"] if "$expand" in asked else [])
        body: dict[str, Any] = {"@odata.context": f"{self.url}/$metadata#{path.strip('/')}"}
        if asked.get("$count") == "true" and advanced:
            body["@odata.count"] = len(rows)
        if len(rows) > start + size:
            query = "&".join(f"{name}={value}" for name, value in asked.items() if name != "$skiptoken")
            body["@odata.nextLink"] = f"{self.next_link}{path}?{query.replace(' ', '%20')}&$skiptoken={start + size}"
        body["value"] = [
            {
                name: row.get(name, [] if name in _ARRAYS else None)
                for name in names
                if name != "manager" or row.get(name)
            }
            for row in rows[start : start + size]
        ]
        return body

    def _place(self, address: str) -> dict[str, Any]:
        if address not in self.tenant.rooms:
            raise Refused(HTTPStatus.NOT_FOUND, "ErrorItemNotFound")
        return {"@odata.type": "#microsoft.graph.room", "id": f"room-{address}", "emailAddress": address}

    def _tips(self, address: str) -> dict[str, Any]:
        quiet = {"automaticReplies": {"message": ""}, "mailboxFull": False, "isModerated": False}
        return {"emailAddress": {"name": "", "address": address}, **quiet, **self.tenant.tips.get(address, {})}


def _batch(path: str, content: Any) -> list[Any]:  # noqa: ANN401 - JSON
    requests = content.get("requests") if isinstance(content, dict) else None
    if not path.endswith("/$batch") or not isinstance(requests, list):
        raise Refused(HTTPStatus.BAD_REQUEST, "BadRequest")
    if len(requests) > MOST_IN_BATCH or len({one["id"] for one in requests}) < len(requests):
        raise Refused(HTTPStatus.BAD_REQUEST, "BadRequest", "Number of batch request steps exceeds the maximum")
    return requests


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    graph: GraphService

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: clients that give up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        graph, began = self.server.graph, time.monotonic()
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = json.loads(text)
        fault = graph.fault(graph.begins([one["url"] for one in content["requests"]])) or Fault()
        status, headers = fault.status, {"Content-Type": "application/json", **fault.headers}
        body = fault.body
        if body is None:
            status, answer = graph.answer(urlsplit(self.path).path, self.headers.get("Authorization", ""), content)
            body = json.dumps(answer).encode()
        time.sleep(fault.delay)
        graph.spans.append((began, time.monotonic()))
        self.close_connection = fault.dropped or fault.cut is not None or bool(fault.trickle)
        if not fault.dropped:
            self._send(status, headers, body, fault)

    def _send(self, status: int, headers: Mapping[str, str], body: bytes, fault: Fault) -> None:
        head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        sent = ("\r\n".join([*head, f"Content-Length: {len(body)}"]) + "\r\n\r\n").encode() + body[: fault.cut]
        step = 1 if fault.trickle else len(sent)
        for at in range(0, len(sent), step):
            self.wfile.write(sent[at : at + step])
            time.sleep(fault.trickle)

    def log_message(self, *_: object) -> None:
        """Says nothing on standard error."""


@contextmanager
def graph_service(tenant: GraphTenant, authority: EntraAuthority) -> Iterator[GraphService]:
    """Starts the stand-in on a free port of 127.0.0.1 and stops it again."""
    with _Server((LOOPBACK, 0), _Handler) as server:
        server.socket = loopback_tls().context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        server.graph = GraphService(f"https://{LOOPBACK}:{server.server_port}", tenant, authority)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.graph
        finally:
            server.shutdown()
            thread.join()
