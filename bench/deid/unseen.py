"""The generator that figures are reported on: other fonts, other strings, other layouts than the tuning set's."""

import numpy as np

from bench.deid import sheet
from bench.deid.fonts import MEASURING
from bench.deid.sheet import Generator

_GIVEN = [
    "Abigail",
    "Bartholomew",
    "Catarina",
    "Dmitri",
    "Ebele",
    "Florian",
    "Gwendolyn",
    "Henning",
    "Isolde",
    "Jamal",
    "Kaito",
    "Leticia",
    "Małgorzata",
    "Nicholas",
    "Oluwaseun",
    "Penelope",
    "Quentin",
    "Rosalind",
    "Siobhan",
    "Thaddeus",
    "Ulrike",
    "Valeria",
    "Winston",
    "Xiomara",
    "Yannick",
    "Zainab",
    "José",
    "Björn",
]
_FAMILY = [
    "Abernathy",
    "Blackwood",
    "Castellanos",
    "Dragomirov",
    "Eastwood",
    "Fitzgerald",
    "Gunnarsson",
    "Haverford",
    "Iwamoto",
    "Jankowski",
    "Kirchner",
    "Lumumba",
    "McAllister",
    "Nascimento",
    "Ogunbanjo",
    "Pemberton",
    "Quigley",
    "Rutherford",
    "Szymański",
    "Thorsteinsson",
    "Umarov",
    "Villanueva",
    "Wetherby",
    "Xiong",
    "Yarborough",
    "Zellweger",
    "Stone",
    "Rivers",
    "Cook",
    "Baker",
]
_TOWNS = [
    "Brantford",
    "Hollowmere",
    "Eastvale",
    "Pinecrest",
    "Stonebridge",
    "Marlow",
    "Whitby",
    "Coldwater",
    "Fairhaven",
    "Linden",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Januar",
    "März",
    "Mai",
    "Juli",
    "Oktober",
]

_CLINICAL = (
    "aVR",
    "V2",
    "V5",
    "II",
    "III",
    "25mm/s",
    "10mm/mV",
    "25 mm/sec",
    "0.5-40 Hz",
    "Normal sinus rhythm",
    "Atrial fibrillation",
    "Left axis deviation",
    "Abnormal ECG",
    "Heart rate 64",
    "QTc 431 ms",
    "P axis 45",
    "ST elevation",
    "LEFT",
    "RIGHT",
    "L",
    "R",
    "PA erect",
    "AP supine",
    "LATERAL",
    "Oblique",
    "85 kVp",
    "4.0 mAs",
    "FFD 110 cm",
    "Chest PA",
    "Knee AP",
    "MI 0.9",
    "TIs 0.3",
    "Gn 55",
    "D 12.5 cm",
    "41 fps",
    "Dyn R 65",
    "L12-5",
    "4C",
    "6.0 MHz",
    "PRF 1.2 kHz",
    "WF 80 Hz",
    "Kidney",
    "Gallbladder",
    "Transverse",
    "Sagittal",
    "WW 1500 WL -600",
    "Slice 3 mm",
    "T2 FLAIR",
    "TE 90 TR 4000",
    "FOV 240 mm",
    "SpO2 97%",
    "ABP 118/72",
    "RR 16",
    "etCO2 38 mmHg",
    "Temp 36.8",
    "PEEP 5",
    "Freeze",
    "Dist 2.41 cm",
    "Area 3.2 cm2",
    "Vol 45 ml",
    "EF 55 %",
    "PSV 82 cm/s",
    "RI 0.68",
    "THI",
    "Persist 2",
    "Im 23/64",
    "Zoom 120%",
    "Mag 2x",
    "Inspiration",
)


def _pick(rng: np.random.Generator, *forms: str) -> str:
    return str(rng.choice(forms))


def _digits(rng: np.random.Generator, low: int, high: int) -> str:
    return str(rng.integers(1, 10)) + "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(low, high)) - 1))


def _name(rng: np.random.Generator) -> str:
    given, family = _pick(rng, *_GIVEN), _pick(rng, *_FAMILY)
    return _pick(
        rng,
        f"{family.upper()}, {given}",
        f"{given[0]}. {family}",
        f"{family.upper()}^{given.upper()}^^",
        f"Patient: {given} {family}",
        f"{given} {family}",
        f"Ms. {family}",
        f"Technologist {family}",
        f"{given} {family} MD",
        f"{family} {given[0]}",
        f"{given.upper()} {family.upper()}",
        f"Pat. Name {family}",
    )


def _number(rng: np.random.Generator) -> str:
    d = _digits(rng, 6, 11)
    return _pick(
        rng,
        f"MRN#{d}",
        f"Patient ID {d}",
        f"{d}",
        f"Hosp No: {d}",
        f"ID {d[:4]}-{d[4:]}",
        f"H{d}",
        f"NHS {d[:3]} {d[3:]}",
        f"SN {d}",
    )


def _date(rng: np.random.Generator, first: int = 1998, last: int = 2027) -> str:
    y, m, d = int(rng.integers(first, last)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    month = _MONTHS[m - 1]
    return _pick(
        rng,
        f"{m:02}/{d:02}/{y}",
        f"{y}/{m:02}/{d:02}",
        f"{d}.{m}.{y}",
        f"{d} {month} {y}",
        f"{month} {d}, {y}",
        f"{y}{m:02}{d:02}",
        f"{d:02}-{month[:3]}-{y % 100:02}",
        f"{d:02}/{m:02}/{y} 14:{d:02}:07",
        f"{month[:3].upper()} {d} {y}",
    )


def _birth(rng: np.random.Generator) -> str:
    return f"{_pick(rng, 'DOB', 'D.O.B:', 'Date of birth', 'Born', 'BD:', '*')} {_date(rng, 1920, 2018)}"


def _accession(rng: np.random.Generator) -> str:
    d = _digits(rng, 6, 10)
    return _pick(
        rng, f"Accession #: {d}", f"ACC{d}", f"Acc. No. {d}", f"XR-{d}", f"{d[:2]}-{d[2:]}", f"RAD{d}", f"Exam {d}"
    )


def _institution(rng: np.random.Generator) -> str:
    t = _pick(rng, *_TOWNS)
    return _pick(
        rng,
        f"{t} Memorial Hospital",
        f"{t.upper()} REGIONAL HOSPITAL",
        f"Hospital de {t}",
        f"{t} University Medical Centre",
        f"Clinique {t}",
        f"Universitätsklinikum {t}",
        f"{t} Radiology Associates",
        f"{t} Heart Institute",
        f"Royal {t} Infirmary",
    )


def _age(rng: np.random.Generator) -> str:
    a = int(rng.integers(90, 109))
    return _pick(
        rng,
        f"{a} years",
        f"Age {a}",
        f"{a}yo",
        f"{a}Y/F",
        f"{a} y/o M",
        f"aged {a}",
        f"Age/Sex: {a}/F",
        f"{a} yr",
        f"M {a}",
        f"{a:03}Y",
    )


def _contact(rng: np.random.Generator) -> str:
    d, f = _digits(rng, 10, 11), _pick(rng, *_FAMILY).lower().replace("ń", "n")
    return _pick(
        rng,
        f"Phone: {d[:3]}.{d[3:6]}.{d[6:]}",
        f"Fax {d[:5]} {d[5:]}",
        f"{f}@hospital.org",
        f"https://{f}.net",
        f"+49 {d[:3]} {d[3:]}",
        f"{d[:2]} {_pick(rng, *_TOWNS)} Road",
        f"Mobile {d}",
        f"{f}.med@mail.com",
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
GENERATOR = Generator(identifiers=IDENTIFIERS, clinical=_CLINICAL, fonts=MEASURING, layout=sheet.cornered, salt=2)
