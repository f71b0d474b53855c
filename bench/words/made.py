"""Sentences around names, places and numbers that Faker makes, of fifty countries: nobody who writes rules chose them.

``pip install faker`` (no part of ``[dev]``). A third of the names and towns are written small, as people type them.
"""

import random
from collections.abc import Iterator
from typing import Any

from bench.words.labelled import Sentence

_LOCALES = (
    ("en", "US GB IN NZ AU CA IE NG PH KE"),
    ("fr", "FR CH"),
    ("de", "DE AT"),
    ("es", "ES MX CO"),
    ("it", "IT"),
    ("pt", "BR PT"),
    ("nl", "NL BE"),
    ("sv", "SE"),
    ("no", "NO"),
    ("da", "DK"),
    ("fi", "FI"),
    ("pl", "PL"),
    ("cs", "CZ"),
    ("hu", "HU"),
    ("ro", "RO"),
    ("hr", "HR"),
    ("tr", "TR"),
    ("id", "ID"),
    ("vi", "VN"),
    ("fil", "PH"),
    ("lt", "LT"),
    ("lv", "LV"),
    ("et", "EE"),
    ("sl", "SI"),
    ("sk", "SK"),
    ("zu", "ZA"),
    ("yo", "NG"),
    ("ga", "IE"),
    ("is", "IS"),
    ("az", "AZ"),
    ("ha", "NG"),
    ("tw", "GH"),
)
_SMALL = 0.35
_DATES = ("%d.%m.%Y", "%d/%m/%y", "%B %d", "%d %b %Y", "%Y%m%d", "%b %Y", "%d-%b-%y")
_FRAMES = {
    "given name": (
        "A",
        (
            "{} came in with chest pain.|pt {} was febrile|her son {} called us|We saw {} on the ward round."
            "|{}, 54, has a swollen leg.|my patient {} is well|{}'s ECG is shown|thanks to {} for the film"
        ),
    ),
    "full name": (
        "A",
        "{} presented with syncope.|Case of {}, chest pain.|ECG of {} after it.|dr {} reviewed the film|Name: {}",
    ),
    "surname": (
        "A",
        (
            "Mr {} collapsed.|Dr {} asked for a scan.|discussed with {} overnight|patient {} has a rash"
            "|the {} family agreed|mrs {} cannot swallow"
        ),
    ),
    "town": ("B", "lives in {}|a farmer from {}|flown in from {}|She works near {}.|born in {}"),
    "address": ("B", "lives at {}|address: {}|found outside {}"),
    "date": ("C", "seen on {}|{} chest film"),
    "phone": ("D", "call {}|tel {}|her number is {}|{}"),
    "e-mail": ("F", "write to {}|mail: {}"),
    "national number": ("G", "SSN {}|national id {}|id number {}"),
    "account": ("J", "IBAN {}|account {}"),
    "number plate": ("L", "plate {}|car {}|reg. {}"),
    "employer": ("R", "works for {}|employed by {}|an accountant at {}"),
}
_MAKERS = {
    "given name": "first_name",
    "surname": "last_name",
    "town": "city",
    "address": "street_address",
    "phone": "phone_number",
    "e-mail": "email",
    "national number": "ssn",
    "account": "iban",
    "number plate": "license_plate",
    "employer": "company",
}


def made(seed: int, each: int) -> Iterator[Sentence]:
    """So many sentences of each kind, always the same for a seed."""
    from faker import Faker  # noqa: PLC0415  # only here, and not always installed

    Faker.seed(seed)
    dice = random.Random(seed)  # noqa: S311  # no secret
    fakers = [Faker(f"{tongue}_{land}") for tongue, lands in _LOCALES for land in lands.split()]
    for _ in range(each):
        for kind, (letter, frames) in _FRAMES.items():
            value = _value(dice.choice(fakers), kind, dice)
            if value:
                before, after = dice.choice(frames.split("|")).split("{}")
                yield Sentence(letter, before + value + after, ((len(before), len(before) + len(value)),))


def _value(faker: Any, kind: str, dice: random.Random) -> str:  # noqa: ANN401  # Faker's own types say as much
    try:
        value = _made(faker, kind, dice).replace("\n", ", ")
    except AttributeError:  # a country that Faker knows no such number of
        return ""
    small = kind in ("given name", "full name", "surname", "town") and dice.random() < _SMALL
    return value.lower() if small else value


def _made(faker: Any, kind: str, dice: random.Random) -> str:  # noqa: ANN401  # as above
    if kind == "full name":
        return f"{faker.first_name()} {faker.last_name()}"
    return str(faker.date(dice.choice(_DATES)) if kind == "date" else getattr(faker, _MAKERS[kind])())
