"""Personnummer whose last four digits are told apart from the date: "född 990913, fyra sista 9801"."""

from collections.abc import Iterator
from datetime import date

import re2
from stdnum import luhn

from backend.detection.birth_dates import birth_date

_DATE = r"(?:[0-9]{6}|[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}-[0-9]{2}-[0-9]{2})"
_WORDS = (
    r"(?:fyra sista|4 sista|sista fyra|sista 4|sista siffror|kontrollsiffr|födelsenummer|slutsiffr|last four|last 4"
    r"|loppuosa|neljä viimeistä)"
)
_TOLD_APART = re2.compile(rf"(?i)\b({_DATE})\b[^0-9\n]{{1,30}}{_WORDS}[^0-9\n]{{0,25}}\b([0-9]{{4}})\b")


def find_told_apart(text: str, today: date) -> Iterator[tuple[int, int, str]]:
    """Places (from the date to the last digit, half-open) with the number's ten digits, where date and digit are right.

    Linear in the length of the text.
    """
    for match in _TOLD_APART.finditer(text):
        digits = match.group(1).replace("-", "") + match.group(2)
        if birth_date(digits, today, over_hundred=False) is not None and luhn.is_valid(digits[-10:]):
            yield match.start(1), match.end(2), digits[-10:]
