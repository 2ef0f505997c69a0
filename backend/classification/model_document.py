"""A model as plain dictionaries, numbers and arrays, and back: what stands in a model file."""

from typing import Any

from backend.classification.combined_model import Blend, SentencePart
from backend.classification.model import Head, LinearModel, SentenceWords
from backend.classification.sentence_network import Network, Projection, SentenceJudge
from backend.domain.label import Category

Document = dict[str, Any]


def linear_document(model: LinearModel) -> Document:
    """The linear model's numbers."""
    return {
        "version": model.version,
        "signal_names": list(model.signal_names),
        "signal_mean": model.signal_mean,
        "signal_scale": model.signal_scale,
        "sensitive": _head(model.sensitive),
        "severe": _head(model.severe),
        "categories": {category.value: _head(head) for category, head in model.categories.items()},
        "sentence_words": {"weights": model.sentence_words.weights, "intercept": model.sentence_words.intercept},
    }


def linear_model(document: Document) -> LinearModel:
    """The linear model of a document. Raises KeyError, TypeError or ValueError for a wrong one."""
    return LinearModel(
        version=document["version"],
        signal_names=tuple(document["signal_names"]),
        signal_mean=document["signal_mean"],
        signal_scale=document["signal_scale"],
        sensitive=Head(**document["sensitive"]),
        severe=Head(**document["severe"]),
        categories={Category(name): Head(**head) for name, head in document["categories"].items()},
        sentence_words=SentenceWords(**document["sentence_words"]),
    )


def sentence_document(part: SentencePart) -> Document:
    """The sentence part's numbers."""
    projection = part.judge.projection
    return {
        "version": part.version,
        "encoder_version": part.encoder_version,
        "projection": {
            "mean": projection.mean,
            "axes": projection.axes,
            "sentence_scale": projection.sentence_scale,
            "around_scale": projection.around_scale,
            "mark_scale": projection.mark_scale,
        },
        "networks": [
            {
                "hidden_weights": one.hidden_weights,
                "hidden_bias": one.hidden_bias,
                "weights": one.weights,
                "bias": one.bias,
            }
            for one in part.judge.networks
        ],
        "sensitive": _blend(part.sensitive),
        "sentence": _blend(part.sentence),
        "severe": _blend(part.severe),
        # A list: their order is that of the networks' answers, and a dictionary in the file loses its order.
        "categories": [{"category": category.value, **_blend(blend)} for category, blend in part.categories.items()],
        "surely_harmless": part.surely_harmless,
    }


def sentence_part(document: Document) -> SentencePart:
    """The sentence part of a document. Raises KeyError, TypeError or ValueError for a wrong one."""
    return SentencePart(
        version=document["version"],
        encoder_version=document["encoder_version"],
        judge=SentenceJudge(Projection(**document["projection"]), [Network(**one) for one in document["networks"]]),
        sensitive=Blend(**document["sensitive"]),
        sentence=Blend(**document["sentence"]),
        severe=Blend(**document["severe"]),
        categories={
            Category(one["category"]): Blend(one["weights"], one["intercept"]) for one in document["categories"]
        },
        surely_harmless=document["surely_harmless"],
    )


def _head(head: Head) -> Document:
    return {
        "signal_weights": head.signal_weights,
        "ngram_weights": head.ngram_weights,
        "intercept": head.intercept,
        "slope": head.slope,
        "offset": head.offset,
    }


def _blend(blend: Blend) -> Document:
    return {"weights": blend.weights, "intercept": blend.intercept}
