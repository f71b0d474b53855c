"""Every string of a header becomes a word to look for, or is left out for a reason that is told."""

from itertools import chain

import numpy as np
import pytest
from pydicom import Dataset

from quizbot.deid.denied import deny_list
from tests.deid.dicom.conftest import Decoder
from tests.deid.dicom.files import grey, shipped_file, written


def words(shown: Decoder, **more: object) -> dict[str, list[str]]:
    return shown(
        written(
            grey(np.zeros((4, 4), np.uint8), SpecificCharacterSet="ISO_IR 192", WindowCenter=1, WindowWidth=2, **more)
        )
    ).words


def all_of(words: dict[str, list[str]]) -> set[str]:
    return set(chain.from_iterable(words.values()))


def denied(shown: Decoder, **more: object) -> frozenset[str]:
    return deny_list(words(shown, **more), lambda word: word in {"chest", "stokes", "radiology"})[0]


@pytest.mark.parametrize(
    ("keyword", "value", "expected"),
    [
        ("PatientName", "Müller-Łoś^Zoë^^Dr", {"muller", "los", "zoe"}),
        ("PatientName", "Ng^Li", {"ng", "li"}),
        ("PatientName", "Stokes^A", {"stokes"}),
        ("PatientID", "MRN 12-34567", {"mrn", "34567", "mrn1234567"}),
        ("PatientID", "4711", {"4711"}),
        ("AccessionNumber", "A0012345", {"a0012345"}),
        ("InstitutionName", "St. Elsewhere Radiology", {"elsewhere"}),
        ("PatientBirthDate", "19490527", {"19490527", "27051949", "05271949", "270549"}),
        ("StudyDescription", "Chest for Whoever", {"whoever"}),
        ("OtherPatientIDs", ["X-77777", "second"], {"77777", "x77777", "second"}),
        ("StudyInstanceUID", "1.2.826.0.1.3680043.8.498", {"3680043"}),
        ("PatientComments", "lives at 5 Privet Drive", {"lives", "privet", "drive"}),
    ],
)
def test_what_could_name_somebody_is_looked_for(shown: Decoder, keyword: str, value: object, expected: set) -> None:
    assert expected <= denied(shown, **{keyword: value})


def test_words_hide_nowhere_in_a_header(shown: Decoder) -> None:
    """In a sequence within a sequence, in private elements, as unknown type, in the file's own first group."""
    inner = Dataset()
    inner.PatientName = "Deep^Inner"
    outer = Dataset()
    outer.RequestAttributesSequence = [inner]
    dataset = grey(np.zeros((4, 4), np.uint8), RequestAttributesSequence=[outer], WindowCenter=1, WindowWidth=2)
    dataset.private_block(0x0009, "MAKER", create=True).add_new(1, "LO", "Privately")
    dataset.add_new(0x00111001, "UN", b"Unknownly Typed\0")
    dataset.add_new(0x00131001, "CS", "HIDDENCS")
    found = all_of(shown(written(dataset)).words)
    assert {"deep", "inner", "maker", "privately", "unknownly", "typed", "hiddencs"} <= found


def test_a_value_that_cannot_be_read_still_gives_its_words(shown: Decoder) -> None:
    """Nine bytes that say they are two-byte numbers, and a name that says it is a number."""
    data = written(grey(np.zeros((4, 4), np.uint8), WindowCenter=1, WindowWidth=2))
    at = data.index(b"\xe0\x7f\x10\x00")
    for kind, text in ((b"US", b"SMITHSONX"), (b"IS", b"SMITHSONX ")):
        element = b"\x11\x00\x02\x10" + kind + len(text).to_bytes(2, "little") + text
        assert "smithsonx" in all_of(shown(data[:at] + element + data[at:]).words), kind


def test_non_latin_names_are_words_too(shown: Decoder) -> None:
    assert {"люкceмбypг"} & set(shown(shipped_file("chrRuss.dcm")).words["names"])
    assert "山田" in shown(shipped_file("chrH31.dcm")).words["names"]


def test_what_is_left_out_is_told_by_its_reason_and_never_by_its_word() -> None:
    kept, (told,) = deny_list(
        {"names": ["x", "dr", "smith"], "texts": ["12", "chest", "ab", "elsewhere"], "coded": ["axial"]},
        lambda word: word == "chest",
    )
    assert kept == {"smith", "elsewhere"}
    assert told.startswith("2 words of the header")
    assert "4 too short" in told
    assert "1 words of medicine" in told
    assert "1 terms and measures" in told
    assert not any(word in told for word in ("smith", "elsewhere", "chest", "axial"))
    assert deny_list({}, lambda _: False) == (frozenset(), ())


def test_a_header_with_more_words_than_can_be_looked_for_is_refused(shown: Decoder) -> None:
    flood = grey(np.zeros((4, 4), np.uint8))
    flood.add_new(0x0040A160, "UT", " ".join(f"w{n}" for n in range(30_000)))
    assert "more text in its header" in shown.refusal(written(flood))
