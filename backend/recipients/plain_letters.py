"""Letters as they are written where å, ä and ö cannot be."""

import unicodedata


def without_marks(text: str) -> str:
    """Lower case without accents, dots and rings: å, ä and ö are often left out in addresses."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
