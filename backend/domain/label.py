"""Labels, categories and the other closed sets of words in the product.

Source: the guidelines' marking demand (Motala 2024/00206, row M4) and GDPR art. 9 and 10.
"""

from enum import StrEnum


class Label(StrEnum):
    """The three labels, ordered by `rank`. Ids are stable; Swedish names live in policy files."""

    NONE = "none"
    KANSLIG = "kanslig"
    MYCKET_KANSLIG = "mycket_kanslig"

    @property
    def rank(self) -> int:
        """0 for none, 1 for kanslig, 2 for mycket_kanslig."""
        return _RANKS[self]


_RANKS = {Label.NONE: 0, Label.KANSLIG: 1, Label.MYCKET_KANSLIG: 2}


class Category(StrEnum):
    """What a finding is about. Ids are the contract."""

    HEALTH = "health"
    ETHNIC_ORIGIN = "ethnic_origin"
    POLITICAL = "political"
    BELIEF = "belief"
    UNION = "union"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"
    SEX_LIFE = "sex_life"
    SOCIAL_SERVICES = "social_services"
    SCHOOL_WELFARE = "school_welfare"
    PERSONNEL = "personnel"
    CRIMINAL = "criminal"
    PROTECTED_IDENTITY = "protected_identity"
    OTHER_SECRECY = "other_secrecy"
    PERSONNUMMER = "personnummer"
    PHOTO = "photo"


class SendDecision(StrEnum):
    """What happens when the sender presses Send. Ordered by `rank`: the strictest wins."""

    ALLOW = "allow"
    PROMPT = "prompt"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """0 for allow, 1 for prompt, 2 for block."""
        return list(SendDecision).index(self)
