"""What the prefix of a subject says, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.threads.subject_prefix import Prefix, leading_prefix

FORWARD_PREFIXES = ("vb", "vs", "vidarebefordrat", "fw", "fwd")
FORWARDS = [
    "VB: Ärendet", "vb:Ärendet", "VS: x", "Vidarebefordrat: x", "FW: x", "Fwd: x", "  VB : x", "VB:", "VB: VB: x",
    "VB[2]: x", "VB (3): x", "VB： x", "ＶＢ: x", "V\u200bB: x", "V\u00adB\u200b:\u00a0x", "\ufeffVB: x", "[EXT] VB: x",
    "[Externt] [SPAM] VB: x", "(Externt) FW: x", "EXTERN: VB: x", "[EXT]VB:x", "[EXT]: VB: x", "\tVB\t: x", "*VB*: x",
    "V\u034fB\ufe0f: x", "V\u1160B\x01: x", "VВ: x", "Ѵ\u034fВ: x",
]  # fmt: skip
REPLIES = ["SV: x", "Re: x", "RE[4]: x", "AW: x", "Sv: VB: x", "[EXT] SV: FW: x", "S\u200bV: x", "Antw: x", "RE(2): x"]
NEITHER = [
    "", " ", ":", "VB", "VB x", "Ärendet", "Möte: VB: x", "Vbx: x", "[VB] x", "VBA: kurs", "Fråga om VB: s kurs",
    "12:30 lunch",
    "[" * 500, "[EXT] " * 6 + "VB: x", "[" + "x" * 60 + "] VB: x", "SVB: x", "Förwärd: x", "v" * 500 + ": x",
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "prefix"),
    [
        *((one, Prefix.FORWARD) for one in FORWARDS),
        *((one, Prefix.REPLY) for one in REPLIES),
        *((one, Prefix.NONE) for one in NEITHER),
    ],
)
def test_the_leading_prefix_decides(subject: str, prefix: Prefix) -> None:
    assert leading_prefix(subject, FORWARD_PREFIXES) is prefix


def test_policy_says_what_a_forward_is_called() -> None:
    assert leading_prefix("TR: x", ("tr",)) is Prefix.FORWARD
    assert leading_prefix("VB: x", ("tr",)) is Prefix.NONE


@given(st.text(max_size=300))
def test_any_subject_has_an_answer(subject: str) -> None:
    assert leading_prefix(subject, FORWARD_PREFIXES) in Prefix
    plain = "".join(one for one in subject if one.isalpha() or one == " ")
    assert leading_prefix(f"VB: {plain}", FORWARD_PREFIXES) is Prefix.FORWARD
    assert leading_prefix(f"SV: VB: {plain}", FORWARD_PREFIXES) is Prefix.REPLY
