"""Fingerprints: what they are made of, that they stay the same through edits, and that they tell nothing."""

from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.part import Part, Span
from backend.threads.fingerprints import KEPT_OF_EACH, MOST_BLOCKS, MOST_LOOKED_UP, Fingerprints
from backend.threads.words import words_of
from tests.backend.threads.edits import EDITS, GREETING, parts_of
from tests.backend.threads.recognition import FINGERPRINTS, Register

WORDS = ["mötet", "barnet", "skolan", "rapport", "beslutet", "Tuva", "Lind", "2026", "återkommer", "planen", "stödet"]
CHANCES = st.builds(Random, st.integers(0, 2**32))
WHOLE = ["forwarded", "quoted with >", "quoted with |"]
TEXT = (
    "Hej Johan! Igår träffade vi Tuva Lind och hennes mamma hemma på Ekgatan 4. Mamman berättar att hon har haft svårt "
    "att få vardagen att gå ihop sedan i höstas, och att Tuva sällan kommer iväg till skolan före klockan tio. Skolan "
    "har ringt tre gånger. Vi kom överens om att Beata på elevhälsan ringer hem till dem på torsdag, och att vi ses "
    "igen den 14 december klockan 9. Pappan har fått samma besked av Ines. Säg till om du vill ha underlaget också."
)

# Joiners, variation selectors, fillers, controls, private use, marks that have no letter with the sign before.
UNSEEN = "\u034f\ufe00\ufe0f\u180b\u180d\u180e\u115f\u1160\u2065\U000e0100\U000e0041\x01\x7f\x9f\ue000\u0334\u20dd"


def prints_of(text: str, model: str = "", key: bytes = b"k") -> frozenset[int]:
    return Fingerprints(key, [model] if model else []).of([Part("body", text)])[0]


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.upper(),
        TEXT.replace(" ", "\n"),
        TEXT.replace(" ", "\u00a0\u200b "),
        TEXT.replace("e", "e\u00ad"),
        TEXT.replace(" ", "\n> > "),
        TEXT.replace(" ", " | "),
        TEXT.replace(",", " –").replace(".", " …"),
        TEXT.replace("ö", "o\u0308").replace("å", "a\u030a"),
        TEXT.replace("J", "Ｊ"),
        *(TEXT.replace("e", f"e{sign}").replace("T", f"T{sign}") for sign in UNSEEN),
        TEXT.replace("ö", "o\u034f\u0308"),
        *(TEXT.replace(" ", sign) for sign in "\u2800\u3164\uffa0"),
        TEXT.translate(str.maketrans("aeopcxyiABEKMHOPCTX", "аеорсхуіАВЕКМНОРСТХ")),
        TEXT.translate(str.maketrans("oaiBEHIKMNOPTXZ", "οαιΒΕΗΙΚΜΝΟΡΤΧΖ")),
        TEXT.replace("å", "а\u030a").replace("ö", "ӧ"),
    ],
)
def test_what_is_not_seen_makes_no_difference(copy: str) -> None:
    assert prints_of(copy) == prints_of(TEXT)


def test_key_and_model_texts_make_a_difference() -> None:
    assert not prints_of(TEXT) & prints_of(TEXT, key=b"another")
    assert prints_of(TEXT, model=TEXT) == frozenset()
    assert prints_of(f"{GREETING} {TEXT}", model=GREETING) > prints_of(TEXT)
    assert FINGERPRINTS.of([Part("body", "")]) == FINGERPRINTS.of([]) == (frozenset(), ())
    assert all(-(2**63) <= one < 2**63 for one in prints_of(TEXT))


def test_subject_and_signature_are_not_kept() -> None:
    signature = (
        "Anna Berg\nHandläggare på enheten för barn och unga i Granviks kommun, telefontid varje dag klockan 9–10"
    )
    text = f"{TEXT}\n{signature}"
    found, kept = FINGERPRINTS.of([Part("body", text, (Span(len(TEXT), len(text)),)), Part("subject", TEXT)])
    assert kept == FINGERPRINTS.of([Part("body", TEXT)])[1]
    assert found > FINGERPRINTS.of([Part("body", TEXT)])[0]


@pytest.mark.parametrize("text", ["Ok, tack!", "Hej, kan du ringa mig i morgon?", "14.30 14.30 14.30"])
def test_short_texts_are_not_kept(text: str) -> None:
    assert FINGERPRINTS.of([Part("body", text)])[1] == ()


def test_names_and_numbers_are_particular() -> None:
    read = words_of("Hej! Tuva kom. Då sa Tuva det\nMamma bor på Ekgatan 4, inte 5b.", 100)
    assert {word for word, particular in zip(read.words, read.particular, strict=True) if particular} == {
        "tuva", "ekgatan", "4", "5b",
    }  # fmt: skip
    assert "tuva" not in repr(read)


def text_of(chance: Random, words: int) -> str:
    return " ".join(f"{' '.join(chance.choices(WORDS, k=7))} ord{chance.randrange(999)}." for _ in range(words // 8))


@settings(deadline=None, max_examples=60)
@given(CHANCES, st.sampled_from(WHOLE), st.integers(24, 300))
def test_whole_copy_is_always_recognised(chance: Random, edit: str, words: int) -> None:
    text = text_of(chance, words)
    assert Register([TEXT, text]).found(parts_of(EDITS[edit](text, chance))) == (1,)


# What is left of a short text is a matter of chance (test_recognition.py counts it), of a long one it is not.
@settings(deadline=None, max_examples=60)
@given(CHANCES, st.sampled_from(sorted(EDITS)), st.integers(400, 800))
def test_edited_copy_of_a_long_text_is_recognised(chance: Random, edit: str, words: int) -> None:
    text = text_of(chance, words)
    assert Register([TEXT, text]).found(parts_of(EDITS[edit](text, chance))) == (1,)


@given(st.text(max_size=2000))
def test_any_text_has_fingerprints_and_few_are_kept(text: str) -> None:
    found, kept = FINGERPRINTS.of([Part("body", text), Part("quoted", text)])
    assert {one.value for block in kept for one in block.prints} <= found
    assert all(len({one.value for one in block.prints}) == len(block.prints) <= 2 * KEPT_OF_EACH for block in kept)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"ord{number}" for number in range(130_000)),
        "a b " * 260_000, "a.\n" * 350_000, "a." * 500_000, "… " * 500_000, "\u200b" * 1_000_000, "ﷺ" * 1_000_000,
        "a" * 1_000_000, "[" * 1_000_000, "\u0315\u0300" * 500_000, "а\u030a" * 500_000,
    ],
    ids=["words", "short words", "lines", "no blanks", "no words", "invisible", "grow", "one word", "brackets",
         "marks", "lookalikes"],
)  # fmt: skip
def test_a_megabyte_is_read_in_a_second(text: str) -> None:
    started = process_time()
    found, kept = FINGERPRINTS.of([Part("body", text)])
    assert process_time() - started < 3, "three times what it takes on an idle machine"
    assert len(found) <= MOST_LOOKED_UP
    assert len(kept) <= MOST_BLOCKS


def test_a_book_is_recognised_by_a_part_of_its_fingerprints() -> None:
    chance = Random(1)  # noqa: S311 - the same book in every run
    book = " ".join(f"{chance.choice(WORDS)}{chance.randrange(5000)}" for _ in range(40_000))
    assert Register([TEXT, book]).found(parts_of(f"{GREETING}\n\n{book}")) == (1,)
