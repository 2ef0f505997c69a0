"""What makes a person findable: numbered street addresses and dates of birth, besides names and personnummer."""

from collections.abc import Sequence

import re2

from backend.detection.tokens import Token

_STREET_ENDINGS = (
    "gatan", "gata", "vägen", "vagen", "väg", "gränd", "grand", "stigen", "allén", "allen", "backen", "torget",
    "plan", "platsen", "leden", "kajen", "esplanaden", "rundeln", "liden", "slingan", "svängen",
)  # fmt: skip
_BIRTH_WORDS = frozenset({"född", "fodd", "föddes", "födelsedatum", "födelsetid", "f"})
_MASKED_NUMBER = re2.compile(r"(?:18|19|20)?[0-9]{2}[01][0-9][0-36-9][0-9] ?[-+–] ?[*xX_•#]{4}")
_DATE_LENGTHS = frozenset({6, 8})
_YEAR_LENGTH = 4


def has_street_address(tokens: Sequence[Token]) -> bool:
    """Whether a street with its number stands in the tokens ("Storgatan 4 B")."""
    return any(
        token.word.endswith(_STREET_ENDINGS) and len(token.word) > len("gatan") and following.word[0].isdigit()
        for token, following in zip(tokens, tokens[1:], strict=False)
    )


def has_birth_date(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a date of birth stands in the text ("född 1980-05-14", "f. 520314"), or a personnummer with masked end."""
    if _MASKED_NUMBER.search(text) is not None:
        return True
    return any(
        token.word in _BIRTH_WORDS and _is_date(tokens[index + 1 : index + 4]) for index, token in enumerate(tokens)
    )


def _is_date(following: Sequence[Token]) -> bool:
    digits = [token.word for token in following if token.word.isdigit()]
    if not digits or not following[0].word.isdigit():
        return False
    if len(digits[0]) in _DATE_LENGTHS:
        return True
    return len(digits) == 3 and len(digits[0]) == _YEAR_LENGTH  # noqa: PLR2004 - year, month, day
