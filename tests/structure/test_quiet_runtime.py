"""onnxruntime sends and leaves nothing: its telemetry is off however the product is started."""

import os
import subprocess
import sys
from pathlib import Path

from backend.settings import PROJECT_FOLDER

_QUIET = Path("backend/encoding/quiet_runtime.py")
_SUPPRESSING = frozenset({"CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"})
"""Variables that would keep it quiet for another reason than ours."""
_LOAD = "from backend.encoding.quiet_runtime import onnxruntime as r; r.SessionOptions(); print(r.__version__)"


def _imports_it(code: str) -> bool:
    return any(line.strip().startswith(("import onnxruntime", "from onnxruntime")) for line in code.splitlines())


def test_only_the_quiet_module_imports_it() -> None:
    folders = [PROJECT_FOLDER / name for name in ("backend", "tests", "scripts")]
    importing = {
        path.relative_to(PROJECT_FOLDER)
        for folder in folders
        for path in folder.rglob("*.py")
        if _imports_it(path.read_text("utf-8"))
    }
    assert importing == {_QUIET}


def test_it_leaves_no_file(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in _SUPPRESSING}
    environment = kept | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _LOAD], cwd=PROJECT_FOLDER, env=environment, capture_output=True, check=True
    )
    assert done.stderr == b""
    assert list(tmp_path.rglob("*")) == []
