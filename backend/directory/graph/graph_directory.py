"""Microsoft Graph behind the `Directory` port."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

import idna
import structlog

from backend.directory.graph.access import GraphAccess, GraphLimits
from backend.directory.graph.batches import Batches
from backend.directory.graph.breaker import Breaker
from backend.directory.graph.entry_cache import EntryCache
from backend.directory.graph.exchange import HttpChannel
from backend.directory.graph.look_up import LookUp, Told
from backend.directory.graph.token_desk import TokenDesk
from backend.directory.graph.tokens import GraphTokens, NoToken
from backend.domain.directory import DirectoryAnswer, DirectoryEntry, NotTold
from backend.domain.errors import ClaimsNeeded
from backend.domain.person import Person

_LOG = structlog.get_logger("backend.directory.graph")
_LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
_LONGEST_LOCAL = 64
_TOKEN_THREADS = 4
_OF_THE_CALLER = {NotTold.SIGN_IN_AGAIN, NotTold.NOT_PERMITTED}
"""Reasons that hold for the one who asked and nobody else."""


class GraphDirectory:
    """One tenant's directory in Microsoft Graph, asked on behalf of the caller. Thread-safe; made without any I/O.

    What one person was told is kept for a while and told to others of the same tenant. `close` ends its threads.
    """

    def __init__(self, access: GraphAccess, limits: GraphLimits | None = None) -> None:
        self._access = access
        self._limits = limits or GraphLimits()
        self._pool = ThreadPoolExecutor(self._limits.exchanges, "graph")
        self._token_pool = ThreadPoolExecutor(_TOKEN_THREADS, "graph-tokens")
        self._tokens = GraphTokens(access, self._limits)
        self._desk = TokenDesk(self._tokens, self._token_pool, Breaker(first_rest=self._limits.rest))
        self._breaker = Breaker(first_rest=self._limits.rest)
        self._channel = HttpChannel(access, self._limits)
        self._batches = Batches(self._channel, access.graph_url, self._breaker, self._pool)
        self._cache = EntryCache(self._limits)

    @property
    def domains(self) -> frozenset[str]:
        """See Directory."""
        return self._access.domains

    def look_up(self, caller: Person, keys: Sequence[str]) -> DirectoryAnswer:
        """See Directory."""
        until = monotonic() + self._limits.total
        if caller.tenant.lower() != self._access.tenant.lower():
            return DirectoryAnswer(not_told=dict.fromkeys(keys, NotTold.NOT_PERMITTED))
        asked = {key: address for key in dict.fromkeys(keys) if (address := _address(key))}
        taken = self._cache.take(dict.fromkeys(asked.values()))
        told, claims = dict(taken.told), ""
        if taken.own:
            own, claims = self._brought_home(caller, taken.own, until)
            told |= own
        told |= {key: _landed(flight, until) for key, flight in taken.awaited.items()}
        refused = [key for key in taken.awaited if told[key].of_caller or told[key].reason in _OF_THE_CALLER]
        if refused:
            own, more = self._brought_home(caller, refused, until)
            told, claims = told | own, claims or more
        if claims and all(one.reason for one in told.values()):
            raise ClaimsNeeded("claims_needed", claims=claims)
        return _answer(keys, asked, told)

    def known_entries(self) -> Sequence[DirectoryEntry]:
        """See Directory: what was told lately."""
        return self._cache.entries()

    def close(self) -> None:
        """Ends threads and connections. Look-ups that are under way come out as slow."""
        for pool in (self._pool, self._token_pool):
            pool.shutdown(wait=True, cancel_futures=True)
        self._channel.close()
        self._tokens.close()

    def _brought_home(self, caller: Person, keys: Sequence[str], until: float) -> tuple[dict[str, Told], str]:
        """Asks, and hands the answers to whoever waits for them, come what may."""
        began = monotonic()
        told = dict.fromkeys(keys, Told(reason=NotTold.DIRECTORY_DOWN, lasting=False))
        try:
            told, claims = self._asked(caller, keys, until)
        finally:
            self._cache.bring_home(told)
        reasons = [one.reason.value for one in told.values() if one.reason]
        _LOG.info(
            "graph_asked",
            keys=len(told),
            not_told={reason: reasons.count(reason) for reason in sorted(set(reasons))},
            seconds=round(monotonic() - began, 3),
        )
        return told, claims

    def _asked(self, caller: Person, keys: Sequence[str], until: float) -> tuple[dict[str, Told], str]:
        """What Graph tells of the keys, and a claims challenge, empty where there is none."""
        if self._breaker.busy():
            return _refused(keys, NotTold.DIRECTORY_BUSY), ""
        if not self._breaker.admits():
            return _refused(keys, NotTold.DIRECTORY_DOWN), ""
        token = self._desk.token(caller.assertion, until)
        if isinstance(token, NoToken):
            return dict.fromkeys(keys, Told(reason=token.reason, lasting=False, of_caller=True)), token.claims
        look_up = LookUp(self._access, self._limits, self._batches, token.value, until)
        told = look_up.told(keys)
        if any(one.reason is NotTold.SIGN_IN_AGAIN for one in told.values()):
            self._tokens.forget(caller.assertion)
        return told, look_up.claims


def _address(key: str) -> str:
    """A key as a directory writes it: an international domain in its A-labels. Empty where it is no address."""
    local, at, domain = key.rpartition("@")
    if not (local and at and domain) or len(local) > _LONGEST_LOCAL or not key.isprintable() or " " in key:
        return ""
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            return ""
    address = f"{local}@{domain}".lower()
    return address if len(address) <= _LONGEST_ADDRESS else ""


def _refused(keys: Iterable[str], reason: NotTold) -> dict[str, Told]:
    return dict.fromkeys(keys, Told(reason=reason, lasting=False))


def _landed(flight: Future[Told], until: float) -> Told:
    try:
        return flight.result(max(until - monotonic(), 0.0))
    except TimeoutError:
        return Told(reason=NotTold.DIRECTORY_SLOW, lasting=False)


def _answer(keys: Iterable[str], asked: dict[str, str], told: dict[str, Told]) -> DirectoryAnswer:
    entries: dict[str, DirectoryEntry] = {}
    not_told: dict[str, NotTold] = {}
    near: dict[str, tuple[DirectoryEntry, ...]] = {}
    absent = set()
    for key in keys:
        one = told[asked[key]] if key in asked else Told(reason=NotTold.NOT_AN_ADDRESS)
        if one.reason:
            not_told[key] = one.reason
        elif one.entry:
            entries[key] = one.entry
        else:
            absent.add(key)
        if one.near:
            near[key] = one.near
    return DirectoryAnswer(entries, frozenset(absent), not_told, near)
