"""A service that loads its application before it forks, as gunicorn's `preload_app` does, in miniature.

Called with the port, the model and the encoder's folder. Answers every request with its process and what the model
says.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from backend.classification.deferred_model import DeferredModel
from backend.encoding.open_encoder import open_encoder
from tests.backend.classification.made_up_model import detected

DOUBTFUL = detected("hon är sjuk i dag", "det är ett möte", "hon är sjuk")
Start = Callable[[str, list[tuple[str, str]]], object]


class Preloaded(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Two workers of several threads that share what was made before the fork."""

    def __init__(self, port: int, model: DeferredModel) -> None:
        self._port, self._model = port, model
        super().__init__()

    def load_config(self) -> None:
        """One address, two workers."""
        options: dict[str, Any] = {"preload_app": True, "workers": 2, "worker_class": "gthread", "threads": 4}
        for name, value in (options | {"bind": f"127.0.0.1:{self._port}", "loglevel": "error"}).items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", lambda _worker: self._model.begin())

    def load(self) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
        """The application."""
        return self._answer

    def _answer(self, _environment: dict[str, Any], start: Start) -> Iterable[bytes]:
        said = self._model.classify(DOUBTFUL)
        content = {"process": os.getpid(), "encoder": self._model.encoder_version, "sensitive": said.sensitive}
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(content).encode()]


if __name__ == "__main__":
    port, model_path, encoder_folder = sys.argv[1:]
    Preloaded(int(port), DeferredModel(Path(model_path), partial(open_encoder, Path(encoder_folder)))).run()
