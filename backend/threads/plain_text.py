"""A text as a reader sees it: without signs that show nothing, and with Latin letters for those that look like them."""

from typing import Final
from unicodedata import normalize

import re2

_UNSEEN: Final = (
    # Formats (soft hyphens, zero-width blanks and joiners, directions) and private use; controls but white space.
    r"\p{Cf}\p{Co}\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    # Of Unicode's Default_Ignorable_Code_Point what is no format and no mark.
    r"\x{115f}\x{1160}\x{2065}\x{fff0}-\x{fff8}\x{e0000}-\x{e0fff}"
    # Ignorable marks: they part a letter from the mark that belongs to it.
    r"\x{34f}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{fe00}-\x{fe0f}"
)
_IGNORED: Final = re2.compile(f"[{_UNSEEN}]+")
_MARK: Final = re2.compile(r"[\p{Mn}\p{Me}]+")
_MANY_MARKS: Final = re2.compile(r"(\p{M}{10})\p{M}+")
"""No letter of any language has so many; to sort them takes ever longer."""
_EMPTY: Final = re2.compile(r"[\x{2800}\x{3164}\x{ffa0}]+")
"""Signs that are as wide as a blank and show as much."""

_ALIKE: Final = (
    # Cyrillic, Greek, and some others.
    ("\u0430\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0458", "aekmhopctyxsj"),
    ("\u04bb\u051b\u051d\u0433\u0432\u044c\u0456\u0457\u0451\u04af\u0501\u0475\u04cf", "hqwrbbi\u00ef\u00ebydvl"),
    ("\u04d3\u04e7", "\u00e4\u00f6"),
    ("\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405", "ABEKMHOPCTYXS"),
    ("\u0408\u04ba\u051a\u051c\u0406\u0407\u0401\u04ae\u0474\u04c0\u04d2\u04e6", "JHQWI\u00cf\u00cbYVI\u00c4\u00d6"),
    ("\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b3", "abenikvoptuxy"),
    ("\u03c9\u03f3\u03f2", "wjc"),
    ("\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5", "ABEZHIKMNOPTY"),
    ("\u03a7\u037f", "XJ"),
    ("\u0131\u0237\u0261\u0251\u0269\u0585\u057d\u0570\u0578", "ijgaiouhn"),
)
"""Letters, and the Latin ones that look like them."""
_TO_LATIN: Final = {key: value for letters, latin in _ALIKE for key, value in str.maketrans(letters, latin).items()}


def plain_text(text: str, most: int | None = None) -> str:
    """The text (at most `most` signs of it) in NFKC, without what is not seen, with lookalikes as Latin letters.

    A mark stays only where it has a letter together with what it stands on. Letters of another alphabet that look like
    no Latin one stay, so that a word in it is another word than before, but the same one in every copy.
    """
    seen = _MANY_MARKS.sub(r"\1", _EMPTY.sub(" ", _IGNORED.sub("", text)))
    # What NFKC takes apart can hold an invisible sign again; a mark can stand on a letter that only looks Latin.
    latin = _IGNORED.sub("", normalize("NFKC", seen)[:most]).translate(_TO_LATIN)
    plain: str = _MARK.sub("", normalize("NFC", latin))
    return plain
