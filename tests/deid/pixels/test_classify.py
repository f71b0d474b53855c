"""What the gate says about a line of text, without any reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.deid import vocabulary
from quizbot.deid.finding import Decision
from quizbot.deid.pixels.classify import sense

CLINICAL = (
    "I",
    "II",
    "aVR",
    "avf",
    "V1",
    "V6",
    "25 mm/s",
    "10 mm/mV",
    "0.05-150 Hz",
    "25mm/s 10mm/mV 0.05-35Hz",
    "Sinus rhythm",
    "SINUSRHYTHM",
    "QT/QTc 388/412 ms",
    "P-R-T axes 45 12 33",
    "L",
    "R",
    "AP",
    "PA erect",
    "LAT",
    "SUPINE",
    "kVp 120",
    "3.2 mAs",
    "MI 1.2",
    "TIs 0.4",
    "TIS<0.4 MI=0.8",
    "Gain 62 dB",
    "Depth 14.0 cm",
    "34 fps",
    "L12-3",
    "C5-1",
    "PRF 1.2 kHz",
    "W 2000 L 500",
    "WL: 40 WW: 400",
    "T2 FLAIR",
    "TE 90 TR 4000",
    "SpO2 98 %",
    "NIBP 120/80 mmHg",
    "Im: 12/40",
    "512x512",
    "Acute myocardial infarction",
    "LEFT KIDNEY",
    "Zoom 1.5x",
    "72bpm",
    "Simpson's rule",
    "98.6 F",
    "2D",
    "W350L50",
    "-",
    "...",
)
REFUSED = {
    "number": (
        "123456",
        "MRN 4471923",
        "H0012345",
        "12O4567",
        "123-45-6789",
        "0207 946 0018",
        "1.2.840.113619",
        "69-3721",
        "567-155.0627",
    ),
    "date": (
        "12/05/1961",
        "1961-05-12",
        "12.05.61",
        "5 Jan 2020",
        "Jan 5, 2020",
        "05-JAN-2020",
        "5 März 2019",
        "05/2019",
        "O1/02/2O19",
    ),
    "age": (
        "Age: 94",
        "94 y",
        "94Y",
        "094Y",
        "101 yrs",
        "97-year-old",
        "92 yo F",
        "93F",
        "M/95",
        "aged 90",
        "Age 9O",
        "Aqe: 94",
    ),
    "contact": ("a.b@mail.org", "www.clinic.com", "(212) 555-0188", "+49 30 1234", "Tel: none"),
    "institution": (
        "General Hospital",
        "St Mary's Clinic",
        "Universitätsklinikum",
        "Medical Center",
        "BAPTIST MED CTR HOSPITAL",
    ),
    "name": (
        "Smith, John",
        "SMITH^JOHN",
        "Mr Stone",
        "Dr. Gray",
        "Maria",
        "Okafor Chidi",
        "Technologist Quigley",
        "Zbigniew Wrona",
    ),
    "label": ("MRN", "Patient ID", "Name:", "DOB:", "D.O.B.", "Acc #", "Accession No 12", "Pt: x", "SN 1234"),
    "address": ("586 Ashford Street", "12 Elm Rd"),
}
HELD = ("34 y", "0928", "67 F", "2019", "10:22:33", "J. S.", "K. Stone", "Quuxley", "张伟明", "A1234", "Иванов", "xq7")
HELD += ("Age", "Age/Sex:", "156.20", "156:20")  # what stood behind it, or its points, may not have been read

ALLOWED = st.sampled_from(CLINICAL[:-2])


@pytest.mark.parametrize("line", CLINICAL)
def test_clinical_overlay_text_passes(line: str) -> None:
    assert sense(line) is None


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in REFUSED.items() for line in lines])
def test_what_identifies_is_refused(kind: str, line: str) -> None:
    found = sense(line)
    assert found is not None
    assert found.decision is Decision.REFUSE


@pytest.mark.parametrize("kind", ["number", "date", "age", "contact"])
def test_patterns_name_their_kind(kind: str) -> None:
    assert {found.kind for line in REFUSED[kind] if (found := sense(line))} <= {kind, "label"}


@pytest.mark.parametrize("sure", [1.0, 0.7])
def test_no_frequent_name_passes_however_unsure_its_reading(sure: float) -> None:
    names = sorted(vocabulary.names())
    assert [name for name in names[::3] if sense(name.title(), sure=sure) is None] == []


@pytest.mark.parametrize(("file", "most"), [("surnames", 0.008), ("places", 0.008)])
def test_hardly_any_rare_name_passes_for_a_clinical_word_misread(file: str, most: float) -> None:
    rare = [name for name in vocabulary.lines(f"words-{file}.txt")[::5] if not vocabulary.is_clinical(name)]
    passed = [name for name in rare if sense(name.title(), sure=0.7) is None]
    assert len(passed) <= most * len(rare), passed


@pytest.mark.parametrize("line", ["Border Jing ECG", "LID 110 cm", "Axiol", "lnspiratiom", "Sinus rhythrn"])
def test_a_clinical_word_misread_passes_only_if_the_reading_was_not_sure(line: str) -> None:
    assert sense(line, sure=0.9) is None
    assert sense("Zwiol", sure=0.9) is not None


@pytest.mark.parametrize("line", ["Clearwater Cardiology", "Lee 110 cm", "Kim 12 mm", "Stonebridge"])
def test_a_name_or_a_town_is_no_clinical_word_misread(line: str) -> None:
    assert sense(line, sure=0.7) is not None


@pytest.mark.parametrize("line", ["120/80", "402/430", "12.41", "45 102 133", "0.05-150 Hz"])
def test_a_measure_is_no_misread_number(line: str) -> None:
    assert sense(line) is None


@pytest.mark.parametrize("line", HELD)
def test_the_rest_holds(line: str) -> None:
    found = sense(line)
    assert found is not None
    assert found.decision is Decision.HOLD


@given(
    ALLOWED,
    st.sampled_from(["Smith", "Okafor", "Quigley", "MRN 4471923", "12/05/1961", "94 y", "hospital"]),
    st.booleans(),
)
def test_an_identifier_beside_allowed_text_never_passes(line: str, identifier: str, before: bool) -> None:
    assert sense(f"{identifier} {line}" if before else f"{line} {identifier}") is not None


@given(ALLOWED, st.text(st.characters(categories=["Lu", "Ll"]), min_size=6, max_size=12))
def test_joining_cannot_launder_a_word(line: str, word: str) -> None:
    if sense(word) is not None:
        assert sense(f"{line} {word}") is not None


@given(st.integers(min_value=10_000, max_value=10**12))
def test_every_number_of_five_digits_is_refused(number: int) -> None:
    found = sense(str(number))
    assert found is not None
    assert found.decision is Decision.REFUSE


@given(
    st.integers(min_value=90, max_value=119),
    st.sampled_from(["Age {}", "{} y", "{}Y", "0{}Y", "{} years", "{}yo", "{} y/o M", "{}F"]),
)
def test_every_age_of_ninety_or_more_is_refused(age: int, form: str) -> None:
    found = sense(form.format(age))
    assert found is not None
    assert found.decision is Decision.REFUSE


@given(st.text(max_size=40))
def test_any_text_gets_the_same_answer_twice(line: str) -> None:
    assert sense(line) == sense(line)


@pytest.mark.parametrize("line", ["Chest Wall", "CHEST WALL", "Chest WaIl", "wall"])
def test_a_denied_word_refuses_even_if_it_is_clinical(line: str) -> None:
    found = sense(line, deny=frozenset({"wall"}))
    assert found is not None
    assert (found.kind, found.decision) == ("denied", Decision.REFUSE)


@pytest.mark.parametrize("line", ["MULLER^HANS", "Müller", "MUL1ER", "Mueler", "xx MULLER yy", "MU LLER"])
def test_the_deny_list_forgives_slips(line: str) -> None:
    found = sense(line, deny=frozenset({"Müller"}))
    assert found is not None
    assert found.kind == "denied"


def test_a_short_denied_word_has_to_stand_alone() -> None:
    deny = frozenset({"Li"})
    assert sense("Li", deny=deny) is not None
    assert sense("LIVER", deny=deny) is None


def test_the_kind_of_picture_narrows_the_vocabulary() -> None:
    assert sense("T2 FLAIR", kind="mr") is None
    assert sense("T2 FLAIR", kind="ecg") is not None
    assert sense("aVR", kind="ecg") is None


def test_an_unsure_reading_may_be_a_clinical_word_misread_but_no_name() -> None:
    assert sense("Gainn filter") is not None
    assert sense("Gainn filter", sure=0.8) is None
    assert sense("Lang", sure=0.8) is not None  # a name, and one letter from "long" and "lung"


MISREAD = ["85 kUp", "PSU82 cm/a", "Depth-9.0icm", "SpQ2 97%", "etCO2 38 mmg", "D125cm", "MI O.9", "OTc 402/430 ms"]
NO_MEASURE = ["Age 94 yrs", "Agc 94 yts", "93 yers", "PIO 118", "Smith 45 mm", "Lee 12 cm", "ID 447 ml", "NHS 913 666"]


@pytest.mark.parametrize("line", MISREAD)
def test_a_label_a_number_and_a_unit_are_a_measurement_though_a_letter_was_misread(line: str) -> None:
    assert sense(line) is None


NO_MEASURE += ["Bge 94 m", "Kge 44 kHx", "Adelson 12 cm", "Arriola 12 cm", "Rate 94 yis", "Be11man", "Lachape11e"]


@pytest.mark.parametrize("line", [*NO_MEASURE, "Study468o09", "12 mei", "H0use", "5uggs", "P M0rris", "Zwkl 118 xqz"])
def test_what_announces_an_identifier_or_an_age_is_no_misread_measurement(line: str) -> None:
    assert sense(line, sure=0.9) is not None


@pytest.mark.parametrize(
    "line", ["ChestPA", "T2FLAIR", "Transve,rse", "aVA", "PAerect", "APspine", "RIO.68", "Heartrate64", "TE9OTR4000"]
)
def test_clinical_words_pass_without_their_space_and_with_a_stray_point(line: str) -> None:
    assert sense(line) is None


@pytest.mark.parametrize("line", ["Leit axis deviation", "Atrtal fibrillation"])
def test_a_sure_reading_may_have_a_letter_wrong_beside_a_long_clinical_word(line: str) -> None:
    assert sense(line) is None
    assert sense(line.split(maxsplit=1)[0]) is not None


@pytest.mark.parametrize(
    "line", ["Hill deviation", "Marie fibrillation", "Leif Hussain deviation", "Lefi axis", "Leon.68"]
)
def test_no_name_and_nothing_beside_short_words_passes_for_a_sure_clinical_word(line: str) -> None:
    assert sense(line) is not None


@pytest.mark.parametrize("line", ["mal sinus rhythm", "AbuormalECG", "Sagita"])
def test_an_unsure_reading_may_be_cut_off_or_have_lost_a_letter_of_two(line: str) -> None:
    assert sense(line, sure=0.9) is None
    assert sense("oak sinus rhythm", sure=0.9) is not None


@pytest.mark.parametrize("line", ["MacLeod", "VanDyke", "McQuire", "LeePA"])
def test_a_name_with_a_capital_inside_is_no_two_words(line: str) -> None:
    assert sense(line) is not None


@pytest.mark.parametrize(
    "line",
    ["104V", "M 106V", "F098j", "103K", "Ag 104", "98 yean", "Mobile 708", "12-an-86", "09-ul-72", "426.40.3431"],
)
def test_an_age_a_date_and_a_telephone_with_a_character_lost_hold(line: str) -> None:
    assert sense(line) is not None


@pytest.mark.parametrize("line", ["1OsY", "10sY", "AGE: LOO F", "Age IO2", "9l yrs", "101X/E", "94V/F"])
def test_an_age_of_90_or_more_with_misread_digits_refuses(line: str) -> None:
    found = sense(line, sure=0.95)
    assert found
    assert (found.kind, found.decision) == ("age", Decision.REFUSE)


@pytest.mark.parametrize("line", ["12-0ct-25", "N0v 3", "5ep 12", "au6 2012"])
def test_a_month_with_misread_letters_is_one(line: str) -> None:
    found = sense(line)
    assert found
    assert (found.kind, found.decision) == ("date", Decision.REFUSE)


def test_an_age_that_may_be_a_dose_holds_and_a_dose_passes() -> None:
    found = sense("10GY", sure=0.95)
    assert found
    assert found.decision is Decision.HOLD
    assert [line for line in ("10 Gy", "5Gy", "50Gy", "50 GY", "age old", "Age is") if sense(line)] == []


def test_of_a_sure_reading_a_word_with_two_letters_wrong_holds_beside_any() -> None:
    assert sense("Acute myocardial infarction Aistance") is None
    assert sense("Acute myocardial infarction Aistanae") is not None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("107 y10 M", "age"),  # "y/o"
        ("98y/0", "age"),
        ("ge 96", "age"),  # the label's first letter is lost at the box's edge
        ("Age/Sex:101/M", "age"),
        ("x:100/F", "age"),
        ("3Age 102", "age"),
        ("ax 555 0199", "contact"),
        ("obile 708", "contact"),
        ("D.0.B 4", "label"),
        ("BD: 4", "label"),
        ("Octl-56", "date"),
        ("Jan ll/1956", "date"),
    ],
)
def test_what_announces_an_identifier_does_so_misread_or_cut(line: str, kind: str) -> None:
    found = sense(line, sure=0.9)
    assert found
    assert (found.kind, found.decision) == (kind, Decision.REFUSE)


def test_a_nought_may_be_an_initial() -> None:
    assert sense("0.Stone")
    assert sense("O. Stone")


@pytest.mark.parametrize(
    "line", ["Image 96", "Page 102", "Axis 96", "QT/QTc 100/96", "3D", "bd 80", "SpO2 96", "T2 FLAIR 102", "1.5 mm"]
)
def test_what_looks_like_a_misread_label_and_is_none_passes(line: str) -> None:
    assert sense(line, sure=0.9) is None
