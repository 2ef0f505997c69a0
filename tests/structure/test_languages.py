"""What people read is Swedish and lives in data files: no Swedish sentence stands in `.py` or `.ts`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import re2

ROOT = Path(__file__).parents[2]

# Words that hardly any Swedish sentence does without, and that are no English words.
FUNCTION_WORDS = frozenset(Path(__file__).with_name("swedish_words.txt").read_text(encoding="utf-8").split())
SENTENCE_WORDS = 4
DIFFERENT_FUNCTION_WORDS = 2
TYPESCRIPT_TOKENS = re2.compile(
    r"""(?s)//[^\n]*|/\*.*?\*/|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`"""
)


def _is_swedish_sentence(text: str) -> bool:
    words = [word.strip(".,:;!?()<>/'\"»«”").lower() for word in text.split()]
    words = [word for word in words if word.isalpha()]
    return len(words) >= SENTENCE_WORDS and len(FUNCTION_WORDS.intersection(words)) >= DIFFERENT_FUNCTION_WORDS


def _python_strings(source: str) -> Iterator[tuple[int, str]]:
    """Each string with its line. A string that stands alone is a docstring."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def _typescript_strings(source: str) -> Iterator[tuple[int, str]]:
    for match in TYPESCRIPT_TOKENS.finditer(source):
        text = next((group for group in match.groups() if group is not None), None)
        if text is not None:
            yield source.count("\n", 0, match.start()) + 1, text


def _sources() -> list[Path]:
    python = [*(ROOT / "backend").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]
    return sorted([*python, *(ROOT / "addin" / "src").rglob("*.ts")])


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_code_holds_no_swedish_sentence(path: Path) -> None:
    read = _python_strings if path.suffix == ".py" else _typescript_strings
    strings = read(path.read_text(encoding="utf-8"))
    assert [f"line {line}: {text[:60]}" for line, text in strings if _is_swedish_sentence(text)] == []


@pytest.mark.parametrize(
    "text",
    ["Du behöver ange en grund för detta.", "<p>Mejlet kan inte skickas nu, försök igen om en stund</p>"],
)
def test_swedish_sentence_is_seen(text: str) -> None:
    assert _is_swedish_sentence(text)


@pytest.mark.parametrize(
    "text",
    ["a value that is not in the list", "SELECT id FROM thread WHERE i = 1", "ursprungligt meddelande", "Från: Till:"],
)
def test_other_text_is_not_taken_for_one(text: str) -> None:
    assert not _is_swedish_sentence(text)


def test_comments_in_typescript_are_passed_over() -> None:
    source = "// 'one'\n/* \"two\" */ const a = \"three\"; b('four');\nc(`five`);"
    assert list(_typescript_strings(source)) == [(2, "three"), (2, "four"), (3, "five")]
