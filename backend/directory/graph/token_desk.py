"""Where a look-up gets its token: once for each person at a time, and not for longer than the look-up has."""

from concurrent.futures import Executor, Future
from hashlib import sha256
from threading import Lock
from time import monotonic

from backend.directory.graph.breaker import Breaker
from backend.directory.graph.tokens import GraphTokens, NoToken, Token
from backend.domain.directory import NotTold


class TokenDesk:
    """Asks the authority in `pool`, with a breaker of its own. Thread-safe."""

    def __init__(self, tokens: GraphTokens, pool: Executor, breaker: Breaker) -> None:
        self._tokens = tokens
        self._pool = pool
        self._breaker = breaker
        self._lock = Lock()
        self._asking: dict[bytes, Future[Token | NoToken]] = {}

    def token(self, assertion: str, until: float) -> Token | NoToken:
        """A token for whoever came with `assertion`, by `until` (on `time.monotonic`)."""
        if not assertion:
            return NoToken(NotTold.SIGN_IN_AGAIN)
        if kept := self._tokens.kept(assertion):
            return kept
        if self._breaker.busy():
            return NoToken(NotTold.DIRECTORY_BUSY)
        key = sha256(assertion.encode()).digest()
        with self._lock:
            asking = self._asking.get(key)
            if asking is None:
                if not self._breaker.admits():
                    return NoToken(NotTold.DIRECTORY_DOWN)
                asking = self._asking[key] = self._pool.submit(self._ask, assertion, key)
        try:
            return asking.result(max(until - monotonic(), 0.0))
        except TimeoutError:
            return NoToken(NotTold.DIRECTORY_SLOW)

    def _ask(self, assertion: str, key: bytes) -> Token | NoToken:
        try:
            got = self._tokens.ask(assertion)
        finally:
            with self._lock:
                self._asking.pop(key, None)
        if isinstance(got, NoToken) and got.reason is NotTold.DIRECTORY_DOWN:
            self._breaker.failed()
        elif isinstance(got, NoToken) and got.reason is NotTold.DIRECTORY_BUSY:
            self._breaker.asked_to_wait(got.retry_after)
        else:
            self._breaker.succeeded()
        return got
