"""Numbers about a draft that classifiers use: who it speaks of, which categories stand near a person.

The names are part of the trained model: adding one means training anew (`python -m backend train`).
"""

from collections import Counter
from collections.abc import Sequence
from math import log1p

from backend.detection.part_scan import PartScan
from backend.detection.persons import Mention
from backend.domain.detected import Identity
from backend.domain.finding import SAID_OF_NAMED, Finding
from backend.domain.label import Category


def signals_of(scans: Sequence[PartScan], findings: Sequence[Finding], identity: Identity) -> dict[str, float]:
    """Signals by name. Counts are log(1 + n), densities per word, confidences 0–1. Always the same names."""
    mentions: Counter[Mention] = Counter()
    for scan in scans:
        mentions.update(scan.mentions.counts)
    words = sum(len(scan.tokens) for scan in scans)
    signals = {
        "words": log1p(words),
        "people": log1p(identity.people),
        "personnummer": log1p(identity.personnummer),
        "strong": float(identity.strong),
        "quoted": float(any(scan.part.id == "quoted" for scan in scans)),
        "booking": float(any(scan.part.id == "location" for scan in scans)),
    }
    for mention in Mention:
        signals[f"mention.{mention}"] = log1p(mentions[mention])
        signals[f"share.{mention}"] = mentions[mention] / max(words, 20)
    return signals | _category_signals(findings)


def _category_signals(findings: Sequence[Finding]) -> dict[str, float]:
    best = dict.fromkeys(Category, 0.0)
    hits: Counter[Category] = Counter()
    for finding in findings:
        hits[finding.category] += 1
        best[finding.category] = max(best[finding.category], finding.confidence)
    signals = {f"best.{category}": best[category] for category in Category}
    signals |= {f"hits.{category}": log1p(hits[category]) for category in Category}
    said = [finding for finding in findings if finding.about_person and finding.category is not Category.PERSONNUMMER]
    signals["said_of_person"] = log1p(len(said))
    # How it is said is no fact of what is said.
    signals["traits"] = float(any(finding.traits - {SAID_OF_NAMED} for finding in said))
    return signals
