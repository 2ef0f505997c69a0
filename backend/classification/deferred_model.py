"""A model that is loaded beside the first requests, so that a service listens before scikit-learn is read in."""

import gc
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import structlog

from backend.domain.classified import Classified
from backend.domain.detected import Detected
from backend.domain.encoder import Encoder, NoEncoder
from backend.domain.errors import WrongSettings

if TYPE_CHECKING:
    from backend.classification.combined_model import CombinedModel

_LOG = structlog.get_logger("backend.classification")


class DeferredModel:
    """Stands for the model at `path` from the start; whoever asks before it is loaded waits for it.

    `open_encoder` gives the sentence encoder, or None where none was built: then a smaller model answers, as where the
    encoder's files are damaged. It is called in the process that serves, never before a fork. Raises WrongSettings
    (`model_missing`) at once when there is no file; what is wrong inside it shows at first use.
    """

    def __init__(self, path: Path, open_encoder: Callable[[], Encoder | None] = lambda: None) -> None:
        if not path.is_file():
            raise WrongSettings("model_missing", str(path))
        self._path = path
        self._open_encoder = open_encoder
        self._lock = Lock()
        self._loaded: CombinedModel | None = None

    def begin(self) -> None:
        """Starts loading in the background. Call it in the process that serves: threads do not outlive a fork."""
        Thread(target=self._model, name="model-loader", daemon=True).start()

    @property
    def version(self) -> str:
        """The stable id of the trained model in use."""
        return self._model().version

    @property
    def encoder_version(self) -> str | None:
        """The sentence encoder in use, None where the smaller model answers without."""
        return self._model().encoder_version

    @property
    def no_encoder(self) -> NoEncoder | None:
        """Why the smaller model answers, None where it does not."""
        return self._model().no_encoder

    def classify(self, detected: Detected) -> Classified:
        """Probabilities for one draft."""
        return self._model().classify(detected)

    def _model(self) -> "CombinedModel":
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._load()
                    # Model and libraries live as long as the process: the garbage collector need not walk them for
                    # every long draft (docs.python.org, gc.freeze).
                    gc.collect()
                    gc.freeze()
        return self._loaded

    def _load(self) -> "CombinedModel":
        # scikit-learn takes a second to read in: that is the point of this class.
        from backend.classification.combined_model import CombinedModel  # noqa: PLC0415 - as said above
        from backend.classification.model_file import load_model  # noqa: PLC0415 - the same

        stored = load_model(self._path)
        try:
            encoder = self._open_encoder() if stored.sentence_part else None
        except WrongSettings as error:
            # A smaller model that answers is better than none; `readyz` and every assessment tell which one it was.
            _LOG.error("encoder_unreadable", detail=error.detail)
            return CombinedModel(stored.linear, stored.sentence_part, None, damaged=True)
        return CombinedModel(stored.linear, stored.sentence_part, encoder)
