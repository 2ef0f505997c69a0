"""Signing keys kept at hand: fetched when one is missing, by one at a time, and served on while the authority is down.

PyJWT's own PyJWKClient makes every caller wait while it fetches, has no keys when they are due and cannot be fetched,
and asks a dead authority anew for each token.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from backend.domain.errors import Unavailable
from backend.sign_in.key_document import KeysUnreadable, SigningKey

_LOG = structlog.get_logger("backend.sign_in")

FRESH_SECONDS = 900
"""Older keys are fetched anew while they go on being used: a withdrawn key is good for this much longer."""
KEPT_SECONDS = 86_400
"""Keys that could not be fetched anew for so long are forgotten."""
COOLDOWN_SECONDS = 30
"""How long after a fetch an unknown key is taken to be unknown."""
RETRY_SECONDS = 10
"""How long after a failed fetch the next is tried, and after how long one that does not end is given up."""


@dataclass(slots=True)
class _Fetch:
    """One fetch. `keys` are None until it went well."""

    started: float
    over: threading.Event = field(default_factory=threading.Event)
    keys: Mapping[str, SigningKey] | None = None


class SigningKeys:
    """The keys of one authority. `fetch` raises KeysUnreadable; whoever needs it waits `patience` seconds at most."""

    def __init__(
        self,
        fetch: Callable[[], Mapping[str, SigningKey]],
        *,
        clock: Callable[[], float] = time.monotonic,
        patience: float = 2.0,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._patience = patience
        self._lock = threading.Lock()
        self._good: _Fetch | None = None
        self._last: _Fetch | None = None

    def key(self, kid: str) -> SigningKey | None:
        """The key, or None when the authority has none of that id. Raises Unavailable when that cannot be told now."""
        known, fetch = self._known(kid)
        if known is not None:
            return known
        fetch.over.wait(self._patience)
        if fetch.keys is None:
            raise Unavailable("sign_in_unavailable", "signing keys", retry_after=RETRY_SECONDS)
        return fetch.keys.get(kid)

    def _known(self, kid: str) -> tuple[SigningKey | None, _Fetch]:
        """The key if it is at hand, and the fetch to wait for if it is not."""
        with self._lock:
            now, good = self._clock(), self._good
            if good is not None and now - good.started > KEPT_SECONDS:
                good = self._good = None
            known = None if good is None or good.keys is None else good.keys.get(kid)
            last = self._last
            if last is None or self._is_due(last, now, wanted=known is None):
                last = self._last = self._begin(now)
            return known, last

    @staticmethod
    def _is_due(last: _Fetch, now: float, *, wanted: bool) -> bool:
        """Whether to fetch again; `wanted` when somebody came with a key that is not at hand."""
        age = now - last.started
        if last.keys is None:
            return age > RETRY_SECONDS
        return age > (COOLDOWN_SECONDS if wanted else FRESH_SECONDS)

    def _begin(self, now: float) -> _Fetch:
        fetch = _Fetch(now)
        threading.Thread(target=self._run, args=(fetch,), name="signing-keys", daemon=True).start()
        return fetch

    def _run(self, fetch: _Fetch) -> None:
        try:
            keys = self._fetch()
        except KeysUnreadable as error:
            _LOG.warning("signing_keys_unreadable", reason=str(error))
        else:
            with self._lock:
                fetch.keys = keys
                if self._good is None or self._good.started < fetch.started:
                    self._good = fetch
        finally:
            fetch.over.set()
