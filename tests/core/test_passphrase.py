"""What an attacker tries first is refused with a reason; a sentence is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.passphrase import LONGEST, SHORTEST, normalised, weakness


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("", "shorter"),
        ("Tr0ub4dor&3", "shorter"),
        ("a" * 40, "different"),
        ("ababababababababababab", "different"),
        ("abcabcabcabcdefdefdef", "try first"),
        ("passwordpassword1", "try first"),
        ("quizbot-password-2026", "try first"),
        ("qwertyuiopasdfghjkl", "try first"),
        ("0123456789abcdefgh", "try first"),
        ("ann.reviewer.ann.reviewer", "try first"),
        ("@dr_strange dr_strange", "try first"),
        ("correct horse\nbattery staple", "control"),
        ("x" + "correct horse battery " * 20, "longer"),
    ],
)
def test_a_weak_one_is_refused_with_its_reason(passphrase, reason):
    assert reason in (weakness(passphrase, "ann.reviewer", "@dr_strange") or "")


@pytest.mark.parametrize(
    "passphrase",
    [
        "seven grey herons on a wet roof",
        "Der Dachs frisst keine Birnen.",
        "vier-lange-Ähren-am-Zaun",
        "kU8!vz)2Lq#9wTx_p0",
    ],
)
def test_a_sentence_or_a_random_one_is_not(passphrase):
    assert weakness(passphrase, "ann", "@ann") is None


@given(st.text())
def test_every_text_gets_an_answer_and_a_short_one_never_passes(text):
    reason = weakness(text, "ann")
    assert reason is None or reason
    if not SHORTEST <= len(normalised(text).casefold()) <= LONGEST:
        assert reason
