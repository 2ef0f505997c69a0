"""Street names, by how Swedish ones end."""

from collections.abc import Sequence
from itertools import pairwise

from backend.detection.tokens import Token

_SURE = ("gatan", "gata", "vägen", "vagen", "gränd", "stigen", "allén", "torget", "esplanaden", "rundeln", "slingan")
_WITH_NUMBER = (*_SURE, "väg", "grand", "allen", "backen", "plan", "platsen", "leden", "kajen", "liden", "svängen")


def is_street(word: str) -> bool:
    """Whether a folded word is a street's name and hardly anything else."""
    return word.endswith(_SURE) and word not in _SURE


def has_street_address(tokens: Sequence[Token]) -> bool:
    """Whether a street with its number stands in the tokens ("Storgatan 4 B")."""
    return any(
        token.word.endswith(_WITH_NUMBER) and len(token.word) > len("gatan") and following.word[0].isdigit()
        for token, following in pairwise(tokens)
    )
