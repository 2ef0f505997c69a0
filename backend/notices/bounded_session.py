"""HTTP that ends in time, trusts whom it is told to trust, and reads little."""

from time import monotonic
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from backend.notices.graph_access import GraphMailbox

_MOST_BYTES = 1_000_000
_PIECE = 65_536


class BoundedSession(requests.Session):
    """Bounded in time and size, follows nothing, and is indifferent to the environment's proxies and bundles."""

    def __init__(self, mailbox: GraphMailbox) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = mailbox.ca_bundle or True
        self.max_redirects = 0
        if mailbox.proxy:
            self.proxies = {"https": mailbox.proxy}
        self._patience = mailbox.patience
        self._total = mailbox.total

    def request(self, *arguments: Any, **options: Any) -> requests.Response:  # noqa: ANN401 - passed on
        """As requests does it, with a time-out for all of the answer's body. Raises requests' own errors."""
        until = monotonic() + self._total
        bounds = {"timeout": self._patience, "stream": True, "allow_redirects": False}
        response = super().request(*arguments, **{**options, **bounds})
        pieces: list[bytes] = []
        try:
            with response:
                while piece := response.raw.read1(_PIECE, decode_content=True):
                    pieces.append(piece)
                    if monotonic() > until or sum(map(len, pieces)) > _MOST_BYTES:
                        raise requests.Timeout
        except HTTPError as error:
            raise requests.ConnectionError(type(error).__name__) from None
        # As requests keeps a body that it has read itself.
        response._content = b"".join(pieces)  # noqa: SLF001 - see above
        return response
