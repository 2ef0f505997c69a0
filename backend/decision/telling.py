"""Whether sentences that the model found telling are left when findings are taken out."""

from collections.abc import Mapping, Sequence

from backend.domain.detected import Sentence
from backend.domain.finding import Finding


def is_in(finding: Finding, sentence: Sentence) -> bool:
    """Whether a finding stands in a sentence, wholly or in part."""
    return sentence.part == finding.part and sentence.start < finding.end and finding.start < sentence.end


def nothing_telling_left(
    said: Mapping[Sentence, float], findings: Sequence[Finding], removed: Sequence[int], telling_from: float
) -> bool:
    """Whether every sentence with a probability of at least `telling_from` loses a finding (`removed` are indices).

    False where sentences were not judged: then nobody knows.
    """
    gone = [findings[index] for index in removed]
    return bool(said) and all(
        probability < telling_from or any(is_in(finding, sentence) for finding in gone)
        for sentence, probability in said.items()
    )
