"""The generator that thresholds are set on. What it draws is never in a reported figure."""

import numpy as np

from bench.deid import sheet
from bench.deid.fonts import TUNING
from bench.deid.sheet import Generator

_GIVEN = [
    "James",
    "Mary",
    "Robert",
    "Linda",
    "Ahmed",
    "Wei",
    "Olga",
    "Pierre",
    "Ingrid",
    "Carlos",
    "Sunita",
    "Kwame",
    "Yuki",
    "Fatima",
    "Liam",
    "Chloe",
    "Hans",
    "Giulia",
]
_FAMILY = [
    "Smith",
    "Johnson",
    "Okafor",
    "Schmidt",
    "Garcia",
    "Rossi",
    "Nakamura",
    "Kowalski",
    "O'Brien",
    "Dubois",
    "Hussain",
    "Lindqvist",
    "Papadopoulos",
    "Nguyen",
    "Van-der-Berg",
    "Fernandez",
    "Ivanova",
    "Chowdhury",
    "MacLeod",
    "Weiss",
    "Brown",
    "Hill",
    "King",
    "Lee",
    "Young",
]
_PLACES = ["Springfield", "Riverside", "Oakwood", "Lakeview", "Northgate", "Kingsbury", "Ashford", "Mapleton"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

_CLINICAL = (
    "I",
    "II",
    "III",
    "aVR",
    "aVL",
    "aVF",
    "V1",
    "V2",
    "V3",
    "V4",
    "V5",
    "V6",
    "25 mm/s",
    "10 mm/mV",
    "0.05-150 Hz",
    "Sinus rhythm",
    "HR 72 bpm",
    "PR 164 ms",
    "QRS 92 ms",
    "QT/QTc 388/412 ms",
    "Vent. rate 78 bpm",
    "L",
    "R",
    "AP",
    "PA",
    "LAT",
    "SUPINE",
    "PORTABLE",
    "ERECT",
    "kVp 120",
    "mAs 3.2",
    "SID 180 cm",
    "MI 1.2",
    "TIS 0.4",
    "TIb 0.2",
    "Gain 62 dB",
    "Depth 14.0 cm",
    "FR 34 Hz",
    "DR 60",
    "C5-1",
    "Freq 3.5 MHz",
    "Abdomen",
    "LIVER",
    "RT KIDNEY",
    "SAG",
    "TRANS",
    "LONG",
    "W 400 L 40",
    "WL: 40 WW: 400",
    "ST 5 mm",
    "SpO2 98 %",
    "NIBP 120/80 mmHg",
    "ECG",
    "Zoom 1.5x",
    "Im: 12/40",
    "CHEST",
    "Vmax 1.4 m/s",
    "Filter ON",
    "Map 3",
    "2D",
    "Harmonics",
    "PW",
    "CF 2.5 MHz",
)


def _name(rng: np.random.Generator) -> str:
    given, family = str(rng.choice(_GIVEN)), str(rng.choice(_FAMILY))
    initial = chr(65 + int(rng.integers(26)))
    forms = (
        f"{given} {family}",
        f"{family}, {given}",
        f"{family}^{given}",
        f"{family.upper()} {given.upper()}",
        f"Name: {given} {family}",
        f"{given} {initial}. {family}",
        f"Mr {family}",
        f"Dr. {family}",
        family,
        f"Pt: {family.upper()},{given.upper()}",
    )
    return str(rng.choice(forms))


def _number(rng: np.random.Generator) -> str:
    digits = "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(6, 10))))
    forms = (
        f"MRN {digits}",
        f"MRN: {digits}",
        f"ID: {digits}",
        digits,
        f"PID {digits[:3]}-{digits[3:]}",
        f"Pat. No {digits}",
    )
    return str(rng.choice(forms))


def _date(rng: np.random.Generator, first: int = 2005, last: int = 2026) -> str:
    year, month, day = int(rng.integers(first, last)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    forms = (
        f"{day:02}/{month:02}/{year}",
        f"{year}-{month:02}-{day:02}",
        f"{day:02}.{month:02}.{year}",
        f"{month}/{day}/{year % 100:02}",
        f"{day} {_MONTHS[month - 1]} {year}",
        f"{_MONTHS[month - 1]} {day}, {year}",
        f"{day:02}-{_MONTHS[month - 1].upper()}-{year}",
    )
    return str(rng.choice(forms))


def _birth(rng: np.random.Generator) -> str:
    return f"{rng.choice(['DOB', 'DOB:', 'D.O.B.', 'Born:', 'Birth date'])} {_date(rng, 1925, 2015)}"


def _accession(rng: np.random.Generator) -> str:
    digits = "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(5, 9))))
    return str(rng.choice([f"ACC {digits}", f"Acc#: {digits}", f"Accession {digits}", f"A{digits}", f"CT{digits}-1"]))


def _institution(rng: np.random.Generator) -> str:
    place = str(rng.choice(_PLACES))
    forms = (
        f"{place} General Hospital",
        f"{place.upper()} MEDICAL CENTER",
        f"University Hospital {place}",
        f"St. {place} Clinic",
        f"{place} Imaging Centre",
        f"{place} Health",
        f"Klinikum {place}",
    )
    return str(rng.choice(forms))


def _age(rng: np.random.Generator) -> str:
    age = int(rng.integers(90, 106))
    return str(
        rng.choice(
            [
                f"Age: {age}",
                f"{age} y",
                f"{age}Y",
                f"{age} yrs",
                f"{age}-year-old",
                f"{age} yo F",
                f"{age:03}Y",
                f"AGE {age} M",
            ]
        )
    )


def _contact(rng: np.random.Generator) -> str:
    digits = "".join(str(d) for d in rng.integers(0, 10, 10))
    user = str(rng.choice(_FAMILY)).lower().replace("'", "")
    forms = (
        f"Tel {digits[:3]}-{digits[3:6]}-{digits[6:]}",
        f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
        f"{user}@mail.example.org",
        f"+44 20 {digits[:4]} {digits[4:8]}",
        f"www.{user}-clinic.com",
        f"{digits[:3]} {rng.choice(_PLACES)} Street",
    )
    return str(rng.choice(forms))


IDENTIFIERS = {
    "name": _name,
    "number": _number,
    "date": _date,
    "birth": _birth,
    "accession": _accession,
    "institution": _institution,
    "age": _age,
    "contact": _contact,
}
GENERATOR = Generator(identifiers=IDENTIFIERS, clinical=_CLINICAL, fonts=TUNING, layout=sheet.scattered, salt=1)
