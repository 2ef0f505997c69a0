"""docs/privacy.md tells what a thief reads out of stored feedback: here its figures are held."""

import pytest

from tests.benchmarks.feedback_attack import measure


@pytest.mark.slow
def test_a_thief_learns_no_more_than_is_told() -> None:
    figures = measure()
    assert figures["rows"] > 400
    assert figures["no_key_found"] < 0.01
    assert figures["key_for_unknown_words_found"] < 0.01
    assert figures["key_and_model_found"] < 0.6
    assert figures["content_words_never_stored"] > 0.4
    # Why letters and bare columns are left out.
    assert figures["columns_in_use"] > 0.5
    assert figures["if_letters_were_kept_found"] > 0.4
