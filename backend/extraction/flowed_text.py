"""Text in `format=flowed` with its soft line breaks taken away.

Source: RFC 3676, section 4.
"""

from typing import Final

_SIGNATURE: Final = "-- "


def unflow(text: str, *, delete_space: bool) -> str:
    """`text` with lines joined that a mail program broke. `delete_space` is the header's `DelSp=yes`."""
    paragraphs: list[str] = []
    open_line: list[str] = []
    open_depth = 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if open_line and (depth != open_depth or content == _SIGNATURE):
            paragraphs.append("".join(open_line))
            open_line = []
        flows = content.endswith(" ") and content != _SIGNATURE
        shown = content[:-1] if flows and delete_space else content
        if not open_line and depth:
            shown = f"{'>' * depth} {shown}"
        open_line.append(shown)
        open_depth = depth
        if not flows:
            paragraphs.append("".join(open_line))
            open_line = []
    if open_line:
        paragraphs.append("".join(open_line))
    return "\n".join(paragraphs)
