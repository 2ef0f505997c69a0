"""When a service is left alone. Written here, for no circuit breaker library knows of Retry-After."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

TRIPS_AT = 3
FIRST_REST = 15.0
LONGEST_REST = 120.0
LONGEST_BUSY = 300.0
_PROBE = 5.0
"""How long one that is let through may take before another is."""


class Breaker:
    """Counts failed exchanges in a row. After three the service rests 15 s, each time longer, up to two minutes.

    After the rest one attempt is let through; what comes of it decides. Also knows until when the service has asked
    to be left alone (Retry-After). Thread-safe. `clock` is in seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = monotonic, first_rest: float = FIRST_REST) -> None:
        self._clock = clock
        self._first_rest = first_rest
        self._lock = Lock()
        self._failures = 0
        self._rest = first_rest
        self._open_until = 0.0
        self._busy_until = 0.0
        self._probing = False

    def busy(self) -> bool:
        """Whether the service has asked to be left alone for now."""
        with self._lock:
            return self._clock() < self._busy_until

    def admits(self) -> bool:
        """Whether an attempt may be made now. After a rest: for one attempt only, until it has come out."""
        with self._lock:
            now = self._clock()
            if now < self._open_until:
                return False
            if self._failures >= TRIPS_AT:
                self._probing = True
                self._open_until = now + _PROBE
            return True

    def succeeded(self) -> None:
        """An exchange came out well."""
        with self._lock:
            self._failures, self._rest, self._open_until, self._probing = 0, self._first_rest, 0.0, False

    def failed(self) -> None:
        """An exchange failed."""
        with self._lock:
            now = self._clock()
            self._failures += 1
            # What was under way when the rest began does not make it longer.
            if self._failures < TRIPS_AT or (now < self._open_until and not self._probing):
                return
            self._open_until, self._probing = now + self._rest, False
            self._rest = min(self._rest * 2, LONGEST_REST)

    def asked_to_wait(self, seconds: float) -> None:
        """The service is to be left alone so long. No more than five minutes: a mistaken header must not end it."""
        with self._lock:
            self._busy_until = max(self._busy_until, self._clock() + min(max(seconds, 0.0), LONGEST_BUSY))
