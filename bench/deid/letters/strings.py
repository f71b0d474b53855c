"""What is written: the practice and tuning strings of ``bench.deid``, and random ones; none that figures come from."""

import string

import numpy as np

from bench.deid import practice, tuning

Chance = np.random.Generator

_SIGNS = "-/.:,()#%+°*_<>="


def any_of(rng: Chance) -> str:
    """An identifier or overlay string, or letters and digits at random."""
    chance = rng.random()
    generator = practice.GENERATOR if rng.random() < 0.5 else tuning.GENERATOR
    if chance < 0.35:
        return generator.identifiers[str(rng.choice(list(generator.identifiers)))](rng)
    if chance < 0.6:
        return str(rng.choice(generator.clinical))
    return " ".join(_word(rng) for _ in range(int(rng.choice([1, 1, 1, 2, 2, 3, 4, 6]))))


def _word(rng: Chance) -> str:
    alphabets = (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.ascii_letters + string.digits)
    letters = alphabets[int(rng.choice(4, p=[0.35, 0.25, 0.3, 0.1]))]
    word = "".join(letters[i] for i in rng.integers(0, len(letters), int(rng.integers(1, 11))))
    if rng.random() < 0.25:
        word = word.capitalize()
    if rng.random() < 0.25:
        at = int(rng.integers(0, len(word) + 1))
        word = word[:at] + _SIGNS[int(rng.integers(len(_SIGNS)))] + word[at:]
    return word
