"""Opens the encoder where one was built."""

from pathlib import Path

from backend.domain.encoder import Encoder
from backend.encoding.files import DESCRIPTION


def open_encoder(folder: Path) -> Encoder | None:
    """None where no encoder was built. Raises WrongSettings (`encoder_unreadable`) for a damaged one."""
    if not (folder / DESCRIPTION).is_file():
        return None
    # onnxruntime takes a while to read in: only who has an encoder pays for it.
    from backend.encoding.onnx_encoder import OnnxEncoder  # noqa: PLC0415 - as said above

    return OnnxEncoder(folder)
