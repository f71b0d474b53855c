"""The generator that changes are tried on: neither the one that thresholds were set on nor the one that is reported.

Other fonts and other strings than both, and both layouts: what helps here as well is no accident of one generator.
"""

from bench.deid import sheet
from bench.deid.fonts import PRACTICE
from bench.deid.sheet import Chance, Generator

_GIVEN = [
    "Margaret",
    "Stefan",
    "Amara",
    "Tomas",
    "Beatriz",
    "Callum",
    "Noor",
    "Elif",
    "Hugo",
    "Priya",
    "Declan",
    "Astrid",
    "Marco",
    "Ruth",
    "Samuel",
    "Agnes",
    "Ivan",
    "Halima",
    "Peter",
    "Joan",
    "Aoife",
    "Matteo",
    "Sofia",
    "Viktor",
    "Leila",
    "Oscar",
]
_FAMILY = [
    "Whitfield",
    "Almeida",
    "Bergstrom",
    "Chaudhry",
    "Delacroix",
    "Eriksen",
    "Farouk",
    "Gallagher",
    "Hernandez",
    "Ibrahim",
    "Jovanovic",
    "Keller",
    "Lombardi",
    "Mbeki",
    "Novak",
    "Olsen",
    "Petrov",
    "Ramirez",
    "Sorensen",
    "Takahashi",
    "Underwood",
    "Vasquez",
    "Wozniak",
    "Yilmaz",
    "Zhang",
    "Clark",
    "Wood",
    "Baker",
    "Day",
    "Stone",
    "D'Angelo",
    "O'Connor",
]
_TOWNS = [
    "Halvorsen",
    "Greenfield",
    "Westbrook",
    "Clearwater",
    "Ridgeway",
    "Summerton",
    "Aldridge",
    "Norwood",
    "Bellevue",
    "Kingston",
]
_MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]

_CLINICAL = (
    "aVL",
    "V1",
    "V6",
    "III",
    "25mm/s",
    "10 mm/mV",
    "0.15-100 Hz",
    "Sinus tachycardia",
    "Borderline ECG",
    "HR 88",
    "QRS 104 ms",
    "QT/QTc 402/430 ms",
    "L",
    "R",
    "AP",
    "PA",
    "LAT",
    "Supine",
    "Portable",
    "kVp 77",
    "2.5 mAs",
    "SID 110 cm",
    "MI 1.0",
    "TIs 0.2",
    "Gain 48 dB",
    "Depth 9.0 cm",
    "FR 28 Hz",
    "DR 70",
    "L14-6",
    "7.5 MHz",
    "Spleen",
    "LT KIDNEY",
    "Long",
    "Transverse",
    "W 350 L 50",
    "Slice 5 mm",
    "T1",
    "TE 12 TR 550",
    "FOV 200 mm",
    "SpO2 95%",
    "NIBP 132/84 mmHg",
    "RR 18",
    "Temp 37.2",
    "Zoom 1.2x",
    "Im 7/52",
    "Dist 1.83 cm",
    "EF 48 %",
    "PSV 64 cm/s",
    "2D",
    "PW",
    "Cine",
    "Axial",
    "Coronal",
)


def _pick(rng: Chance, *forms: str) -> str:
    return str(rng.choice(forms))


def _digits(rng: Chance, low: int, high: int) -> str:
    return "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(low, high))))


def _name(rng: Chance) -> str:
    given, family = _pick(rng, *_GIVEN), _pick(rng, *_FAMILY)
    return _pick(
        rng,
        f"{given} {family}",
        f"{family}, {given}",
        f"{family.upper()} {given[0]}",
        f"{family.upper()}^{given.upper()}",
        f"Pt Name: {family} {given}",
        f"Mrs {family}",
        f"Dr {given[0]} {family}",
        f"{given.upper()} {family.upper()}",
        f"Sonographer: {given}",
        family,
    )


def _number(rng: Chance) -> str:
    d = _digits(rng, 6, 11)
    return _pick(rng, d, f"MRN {d}", f"Pt ID: {d}", f"UR {d}", f"HN{d}", f"{d[:3]}-{d[3:]}", f"Case No {d}")


def _date(rng: Chance, first: int = 1995, last: int = 2027) -> str:
    year, month, day = int(rng.integers(first, last)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    name = _MONTHS[month - 1]
    return _pick(
        rng,
        f"{day:02}/{month:02}/{year}",
        f"{year}-{month:02}-{day:02}",
        f"{day}.{month}.{year}",
        f"{month:02}-{day:02}-{year}",
        f"{day} {name} {year}",
        f"{day:02}-{name}-{year % 100:02}",
        f"{name} {day} {year} {day:02}:41",
        f"{year}{month:02}{day:02}",
    )


def _birth(rng: Chance) -> str:
    return f"{_pick(rng, 'DOB', 'DOB:', 'Born', 'Birthdate', 'D.O.B')} {_date(rng, 1922, 2016)}"


def _accession(rng: Chance) -> str:
    d = _digits(rng, 6, 10)
    return _pick(rng, f"Acc {d}", f"ACC# {d}", f"Accession No: {d}", f"US{d}", f"{d[:2]}-{d[2:]}", f"Study {d}")


def _institution(rng: Chance) -> str:
    town = _pick(rng, *_TOWNS)
    return _pick(
        rng,
        f"{town} Hospital",
        f"{town.upper()} COUNTY HOSPITAL",
        f"St {town} Medical Center",
        f"{town} Diagnostic Imaging",
        f"Klinik {town}",
        f"{town} Children's Hospital",
        f"{town} Cardiology",
    )


def _age(rng: Chance) -> str:
    age = int(rng.integers(90, 107))
    return _pick(
        rng, f"Age {age}", f"{age}Y", f"{age} yrs", f"{age:03}Y", f"{age}yo M", f"AGE: {age} F", f"{age} years"
    )


def _contact(rng: Chance) -> str:
    d, user = _digits(rng, 10, 11), _pick(rng, *_FAMILY).lower().replace("'", "")
    return _pick(
        rng,
        f"Tel. {d[:4]} {d[4:]}",
        f"{d[:3]}-{d[3:6]}-{d[6:]}",
        f"{user}@clinic.net",
        f"www.{user}.org",
        f"{int(d[:2]) + 10} {_pick(rng, *_TOWNS)} Avenue",
        f"+1 ({d[:3]}) {d[3:6]} {d[6:]}",
    )


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


def _layout(rng: Chance, room: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    place = sheet.cornered if rng.random() < 0.5 else sheet.scattered  # either
    return place(rng, room, size)


GENERATOR = Generator(identifiers=IDENTIFIERS, clinical=_CLINICAL, fonts=PRACTICE, layout=_layout, salt=3)
