"""Many requests at once: `$batch` by the twenty, several batches side by side, tried again where that is of use.

Source: learn.microsoft.com/graph/json-batching, learn.microsoft.com/graph/throttling, learn.microsoft.com/graph/paging.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, wait
from dataclasses import replace
from http import HTTPStatus
from time import monotonic, sleep

import structlog

from backend.directory.graph.answers import Reply, reply
from backend.directory.graph.asks import Ask
from backend.directory.graph.breaker import Breaker
from backend.directory.graph.exchange import Channel, ExchangeFailed
from backend.domain.directory import NotTold

_LOG = structlog.get_logger("backend.directory.graph")
MOST_IN_BATCH = 20
_MOST_ROUNDS = 8
_FOR_A_ROUND = 0.3
"""Seconds that another round is thought to take: it is not begun with less left."""
_FAIR_TRY = 0.5
"""An exchange that had less time than this says nothing of the service."""

_SLOW = Reply(NotTold.DIRECTORY_SLOW)
_DOWN = Reply(NotTold.DIRECTORY_DOWN)
_BUSY = Reply(NotTold.DIRECTORY_BUSY)


class Batches:
    """Asks one Graph. Thread-safe; `pool` is where the exchanges run."""

    def __init__(self, channel: Channel, graph_url: str, breaker: Breaker, pool: Executor) -> None:
        self._channel = channel
        self._graph_url = graph_url
        self._breaker = breaker
        self._pool = pool

    def run(self, asks: Sequence[Ask], token: str, until: float) -> list[Reply]:
        """A reply to each, in their order, by `until` (on `time.monotonic`). Raises nothing."""
        if self._breaker.busy():
            return [_BUSY] * len(asks)
        replies = [_SLOW] * len(asks)
        tried: set[int] = set()
        pending = {number: ask.written(number) for number, ask in enumerate(asks)}
        for _ in range(_MOST_ROUNDS):
            for number, got in self._round(pending, token, until).items():
                replies[number] = _joined(replies[number], got)
            pause, pending = self._again(asks, replies, tried, until)
            if not pending or monotonic() + pause + _FOR_A_ROUND > until:
                break
            sleep(pause)
        waits = [one.wait for one, ask in zip(replies, asks, strict=True) if one.wait is not None and ask.body is None]
        if waits:
            self._breaker.asked_to_wait(max(waits))
        return [replace(one, reason=NotTold.DIRECTORY_SLOW) if one.next and ask.paged else one
                for one, ask in zip(replies, asks, strict=True)]  # fmt: skip

    def _again(
        self, asks: Sequence[Ask], replies: list[Reply], tried: set[int], until: float
    ) -> tuple[float, dict[int, dict[str, object]]]:
        """What is worth asking once more, and after how long: next pages, plainer questions, what failed in passing."""
        pending, pause = {}, 0.0
        for number, (ask, got) in enumerate(zip(asks, replies, strict=True)):
            if got.next and ask.paged:
                if not got.next.startswith(f"{self._graph_url}/"):
                    replies[number] = replace(got, reason=NotTold.DIRECTORY_DOWN, next="")
                    continue
                pending[number] = ask.written(number, got.next.removeprefix(self._graph_url))
            elif number not in tried and _worth_another(ask, got, until):
                tried.add(number)
                pause = max(pause, got.wait or 0.0)
                url = ask.plainer if got.status == HTTPStatus.BAD_REQUEST else ""
                pending[number] = ask.written(number, url)
        return pause, pending

    def _round(self, pending: Mapping[int, dict[str, object]], token: str, until: float) -> dict[int, Reply]:
        numbers = list(pending)
        chunks = [numbers[at : at + MOST_IN_BATCH] for at in range(0, len(numbers), MOST_IN_BATCH)]
        running = [self._pool.submit(self._exchange, [pending[one] for one in some], token, until) for some in chunks]
        wait(running, max(until - monotonic(), 0.0))
        replies: dict[int, Reply] = {}
        for some, future in zip(chunks, running, strict=True):
            if future.cancel() or not future.done():
                replies.update(dict.fromkeys(some, _SLOW))
                continue
            told = future.result()
            replies.update({number: told.get(str(number), _DOWN) for number in some})
        return replies

    def _exchange(self, requests: list[dict[str, object]], token: str, until: float) -> dict[str, Reply]:
        """One batch; replies by id."""
        began = monotonic()
        everywhere = [str(one["id"]) for one in requests]
        if began >= until:
            return dict.fromkeys(everywhere, _SLOW)
        try:
            answer = self._channel.post("/$batch", {"requests": requests}, token, until)
        except ExchangeFailed as error:
            if not error.slow or until - began > _FAIR_TRY:
                self._breaker.failed()
            _LOG.warning("graph_exchange_failed", what=str(error), seconds=round(monotonic() - began, 3))
            return dict.fromkeys(everywhere, _SLOW if error.slow else _DOWN)
        if answer.status != HTTPStatus.OK:
            _LOG.warning("graph_exchange_refused", status=answer.status, seconds=round(monotonic() - began, 3))
            whole = reply(answer.status, answer.headers, answer.content)
            if whole.reason is NotTold.DIRECTORY_DOWN:
                self._breaker.failed()
            else:
                self._breaker.succeeded()
            return dict.fromkeys(everywhere, whole)
        told = _told(answer.content)
        if told is None:
            self._breaker.failed()
            return dict.fromkeys(everywhere, _DOWN)
        self._breaker.succeeded()
        return told


def _told(content: object) -> dict[str, Reply] | None:
    """Replies by id, in whatever order they stand; None where it is no answer to a batch. A repeated id is none."""
    responses = content.get("responses") if isinstance(content, Mapping) else None
    if not isinstance(responses, list):
        return None
    told: dict[str, Reply] = {}
    for one in responses:
        if isinstance(one, Mapping) and isinstance(one.get("id"), str):
            twice = one["id"] in told
            told[one["id"]] = _DOWN if twice else reply(one.get("status"), one.get("headers"), one.get("body"))
    return told


def _worth_another(ask: Ask, got: Reply, until: float) -> bool:
    if got.status == HTTPStatus.BAD_REQUEST:
        return bool(ask.plainer)
    if got.wait is not None:
        return monotonic() + got.wait + _FOR_A_ROUND <= until
    return got.reason is NotTold.DIRECTORY_DOWN and (got.status == 0 or got.status >= HTTPStatus.INTERNAL_SERVER_ERROR)


def _joined(before: Reply, page: Reply) -> Reply:
    """A further page with what came before it."""
    if not before.next:
        return page
    return replace(page, rows=before.rows + page.rows, count=before.count)
