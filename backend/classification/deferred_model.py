"""A model that is loaded beside the first requests, so that a service listens before scikit-learn is read in."""

import gc
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from backend.domain.classified import Classified
from backend.domain.detected import Detected
from backend.domain.errors import WrongSettings

if TYPE_CHECKING:
    from backend.classification.model import LinearModel


class DeferredModel:
    """Stands for the model at `path` from the start; whoever asks before it is loaded waits for it.

    Raises WrongSettings (`model_missing`) at once when there is no file; what is wrong inside it shows at first use.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise WrongSettings("model_missing", str(path))
        self._path = path
        self._lock = Lock()
        self._loaded: LinearModel | None = None

    def begin(self) -> None:
        """Starts loading in the background. Call it in the process that serves: threads do not outlive a fork."""
        Thread(target=self._model, name="model-loader", daemon=True).start()

    @property
    def version(self) -> str:
        """The trained model's stable id."""
        return self._model().version

    def classify(self, detected: Detected) -> Classified:
        """Probabilities for one draft."""
        return self._model().classify(detected)

    def _model(self) -> "LinearModel":
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    from backend.classification.model_file import load_model  # noqa: PLC0415 - the point of this class

                    self._loaded = load_model(self._path)
                    # Model and libraries live as long as the process: the garbage collector need not walk them for
                    # every long draft (docs.python.org, gc.freeze).
                    gc.collect()
                    gc.freeze()
        return self._loaded
