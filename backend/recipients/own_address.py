"""Whether a private mailbox looks like the sender's own: forwarding to oneself (M14)."""

from backend.domain.directory import DirectoryEntry
from backend.domain.draft import Mailbox
from backend.recipients.plain_letters import without_marks


def is_own_private(local: str, sender: Mailbox, entry: DirectoryEntry | None) -> bool:
    """Whether `local`, what stands before the @ of a private address, holds both of the sender's names.

    "sara.lindqvist74" and "lindqvistsara" are Sara Lindqvist's; "sara" alone may be anybody's.
    """
    letters = _sounding(_letters(local))
    every = (_names(sender.name), _names(sender.key.rpartition("@")[0]), _of_entry(entry))
    return any(len(names) > 1 and _holds(letters, *map(_sounding, names)) for names in every)


def _holds(letters: str, given: str, surname: str) -> bool:
    """Both names in any order, or the surname with the first letter of the other ("slindqvist")."""
    if min(len(given), len(surname)) <= 1:
        return False
    return (given in letters and surname in letters) or letters in (given[0] + surname, surname + given[0])


def _sounding(letters: str) -> str:
    """Spellings of one name as one: Lindqvist and Lindkvist, Carlsson and Karlsson."""
    return letters.replace("q", "k").replace("c", "k").replace("w", "v").replace("z", "s")


def _of_entry(entry: DirectoryEntry | None) -> list[str]:
    return [name for name in (_letters(entry.given_name), _letters(entry.surname)) if name] if entry else []


def _names(text: str) -> list[str]:
    words = "".join(letter if letter.isalpha() else " " for letter in without_marks(text)).split()
    return [words[0], words[-1]] if len(words) > 1 else []


def _letters(text: str) -> str:
    return "".join(letter for letter in without_marks(text) if letter.isalpha())
