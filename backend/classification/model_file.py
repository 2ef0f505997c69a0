"""Stores and loads the model with skops: no pickle, and only the types named here are ever built."""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import skops.io

from backend.classification.combined_model import SentencePart
from backend.classification.model import LinearModel
from backend.classification.model_document import linear_document, linear_model, sentence_document, sentence_part
from backend.domain.errors import WrongSettings

FORMAT = 4
MODEL_NAME = "model.skops"
_SCHEMA = "schema.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class StoredModel:
    """What a model file holds. The sentence part needs the encoder it was trained with."""

    linear: LinearModel
    sentence_part: SentencePart | None


def store_model(model: StoredModel, path: Path) -> None:
    """Writes the model; the same model gives the same bytes. The file appears whole or not at all."""
    content = skops.io.dumps(
        {
            "format": FORMAT,
            "linear": linear_document(model.linear),
            "sentence_part": None if model.sentence_part is None else sentence_document(model.sentence_part),
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(_reproducible(content))
    partial.replace(path)


def load_model(path: Path) -> StoredModel:
    """Reads a model. Raises WrongSettings with `model_missing`, `model_unreadable` or `model_outdated`."""
    if not path.is_file():
        raise WrongSettings("model_missing", str(path))
    try:
        document = skops.io.load(path, trusted=[])
        if document["format"] != FORMAT:
            _refuse(path)
        part = document["sentence_part"]
        return StoredModel(linear_model(document["linear"]), None if part is None else sentence_part(part))
    except WrongSettings:
        raise
    except Exception as error:  # a damaged file can fail in any way inside the reader
        raise WrongSettings("model_unreadable", f"{path}: {type(error).__name__}") from error


def _refuse(path: Path) -> NoReturn:
    raise WrongSettings("model_outdated", str(path))


def _reproducible(content: bytes) -> bytes:
    """The same archive without what changes from run to run: dates, and memory addresses that name objects."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        schema = json.loads(source.read(_SCHEMA))
        numbers: dict[int, int] = {}
        files: dict[str, str] = {}
        _renumber(schema, numbers, files)
        entries = {files.get(name, name): source.read(name) for name in source.namelist() if name != _SCHEMA}
        entries[_SCHEMA] = json.dumps(schema, sort_keys=True).encode()
        for name in sorted(entries):
            target.writestr(zipfile.ZipInfo(name, _EPOCH), entries[name], zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _renumber(node: object, numbers: dict[int, int], files: dict[str, str]) -> None:
    """Replaces object addresses in a skops schema by numbers in order of appearance."""
    if isinstance(node, list):
        for one in node:
            _renumber(one, numbers, files)
    elif isinstance(node, dict):
        for key in sorted(node):
            if key == "__id__":
                node[key] = numbers.setdefault(node[key], len(numbers) + 1)
            elif key == "file":
                node[key] = files.setdefault(node[key], f"{len(files) + 1:04d}.npy")
            else:
                _renumber(node[key], numbers, files)
