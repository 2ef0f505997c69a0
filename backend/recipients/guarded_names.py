"""The names that others may be taken for: the organisation's own, known organisations' and private mailboxes'."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from backend.recipients import domain_names, folding
from backend.recipients.known_domains import KnownDomains

LONG = 6
"""Names of this many letters are seldom other things too."""

SHORT = 3
"""Shorter names than this are too many things to be told apart."""

_OWN_SLIPS = ((10, 2.0), (8, 1.5), (LONG, 1.2), (5, 0.8), (4, 0.55))
_SLIPS = ((10, 1.5), (LONG, 1.0), (5, 0.7))
_ONLY_MAILBOX_SLIPS = ((LONG, 1.0), (5, 0.9))
_OTHER_SLIPS = ((8, 1.0), (5, 0.7))
"""From how many letters on how wide a slip (`slips.effort`): the shorter a name, the more it is other words too."""

_WIDEST_UNDER_ANOTHER_SUFFIX = 1.0
_AFTER_THE_NAME = ("kommun", "stad")


@dataclass(frozen=True, slots=True)
class GuardedName:
    """A registered name without its suffix, and how closely it is watched.

    `spelled` are the ways to write the organisation's name in one word where that takes å, ä or ö.
    """

    domain: str
    label: str
    suffix: str
    organisation: str = ""
    own: bool = False
    private: bool = False
    municipal: bool = False
    only_here: bool = False
    spelled: frozenset[str] = field(default=frozenset())

    def reaches(self, suffix: str) -> bool:
        """Whether the same or a disguised name under `suffix` is taken for this one."""
        if suffix == self.suffix:
            return True
        long = len(self.label) >= LONG or self.private
        return (self.own and len(self.label) >= SHORT) or (self.only_here and long)

    def widest_slip(self, suffix: str) -> float:
        """How wide a slip of the fingers (`slips.effort`) a name under `suffix` may be from this one; below 0: none."""
        widest = next((widest for length, widest in self._slips() if len(self.label) >= length), -1.0)
        if suffix == self.suffix:
            return widest
        return min(widest, _WIDEST_UNDER_ANOTHER_SUFFIX) if self.own and len(self.label) >= LONG else -1.0

    def _slips(self) -> Sequence[tuple[int, float]]:
        if self.own:
            return _OWN_SLIPS
        if self.private:
            return _ONLY_MAILBOX_SLIPS if self.only_here else _SLIPS
        return _SLIPS if self.only_here else _OTHER_SLIPS


def gathered(own: Iterable[str], known: KnownDomains, private: Iterable[str]) -> list[GuardedName]:
    """All names to guard, the organisation's own first. A domain under a registered one guards the registered one."""
    names: dict[str, GuardedName] = {}
    for domain in own:
        for name in (*_guarded(domain, known, own=True), *_own_joined(domain)):
            names.setdefault(name.domain, name)
    for domain in known.organisations:
        for name in _guarded(domain, known):
            names.setdefault(name.domain, name)
    for domain in private:
        for name in _guarded(domain, known, private=True):
            names.setdefault(name.domain, name)
    return list(names.values())


def _guarded(domain: str, known: KnownDomains, *, own: bool = False, private: bool = False) -> Iterator[GuardedName]:
    name = domain_names.read(domain)
    if name is None or not name.registrable or name.registrable in known.ordinary:
        return
    if f"{name.suffix}.se" in known.municipal:
        return  # a city's own top domain: `start.stockholm` does not guard the word `start`
    registered = name.registrable
    organisation = known.organisations.get(registered, "")
    yield GuardedName(
        domain=registered,
        label=registered.partition(".")[0],
        suffix=name.suffix,
        organisation=organisation,
        own=own,
        private=private,
        municipal=registered in known.municipal,
        only_here=registered in known.only_here,
        spelled=_spelled(organisation, registered.partition(".")[0]),
    )


def _spelled(organisation: str, label: str) -> frozenset[str]:
    words = organisation.lower().split()
    stem = words[:-1] if words and words[-1] in _AFTER_THE_NAME else words
    joined = "".join(stem)
    forms = {joined, joined.removesuffix("s"), *words}
    return frozenset(form for form in forms if not form.isascii() and folding.plain(form) == label)


def _own_joined(domain: str) -> Iterator[GuardedName]:
    """An own domain under a registered one, as it is also written: `skola-granvik.se` for `skola.granvik.se`."""
    name = domain_names.read(domain)
    if name is not None and name.registrable and name.ascii != name.registrable:
        label = name.ascii.removesuffix(f".{name.suffix}").replace(".", "-")
        yield GuardedName(domain=name.ascii, label=label, suffix=name.suffix, own=True)
