"""The built encoder on disk: four files in a folder, of which the last tells that the others are whole."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from backend.domain.errors import WrongSettings

GRAPH, VOCABULARY, EMBEDDINGS, DESCRIPTION = "encoder.onnx", "vocabulary.model", "embeddings.npy", "encoder.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Description:
    """What was built: `version` names it, `digests` are SHA-256 sums of the files by name."""

    version: str
    digests: dict[str, str]


def describe(folder: Path) -> Description:
    """Writes down what the folder holds. Call it when everything else is in place."""
    digests = {name: _digest(folder / name) for name in (GRAPH, VOCABULARY, EMBEDDINGS)}
    whole = hashlib.sha256("".join(digests.values()).encode()).hexdigest()
    description = Description(f"e5-small-{whole[:12]}", digests)
    content = {"format": FORMAT, "version": description.version, "sha256": digests}
    (folder / DESCRIPTION).write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return description


def read_description(folder: Path) -> Description | None:
    """None where no encoder was built. Raises WrongSettings (`encoder_unreadable`) where one is damaged or outdated."""
    path = folder / DESCRIPTION
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text("utf-8"))
        description = Description(str(content["version"]), dict(content["sha256"]))
        whole = content["format"] == FORMAT and all(
            _digest(folder / name) == description.digests[name] for name in (GRAPH, VOCABULARY, EMBEDDINGS)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongSettings("encoder_unreadable", f"{path}: {type(error).__name__}") from error
    if not whole:
        raise WrongSettings("encoder_unreadable", str(folder))
    return description


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
