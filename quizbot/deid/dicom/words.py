"""Every string of a header, as words that must not be seen in the picture or read in the text of the case.

Words are folded: lower case, no accents. They are sorted by how far they can be trusted to name somebody; which are
left out of the deny-list, and why, is decided in ``quizbot.deid.denied``.
"""

import re
from collections.abc import Iterator

from pydicom import Dataset
from pydicom.dataelem import DataElement
from pydicom.multival import MultiValue

from quizbot.deid.facts import Refused
from quizbot.deid.vocabulary import fold

NAMES, TEXTS, CODED = "names", "texts", "coded"
_MOST_WORDS = 20_000
_MOST_BYTES = 65_536  # of one value that is no text by its type
_NOT_TEXT = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "AT", "FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"})
_MEASURES = frozenset({"DS", "AS"})  # AS: an age is judged as a number by the layers that read the picture
_IDS = frozenset({"PatientID", "OtherPatientIDs", "AccessionNumber", "AdmissionID"})
_DATES = frozenset({"DA", "DT"})
_STANDARD = "1.2.840.10008."  # UIDs of the standard itself name nobody
_WORD = re.compile(r"[^\W_]+")


def of(dataset: Dataset) -> dict[str, list[str]]:
    """Folded words of the header, sorted: of people's ``names`` and numbers, of ``texts``, and ``coded`` terms.

    Raises:
        Refused: there are too many to look for.
    """
    found: dict[str, set[str]] = {NAMES: set(), TEXTS: set(), CODED: set()}
    metas = (dataset.file_meta,) if hasattr(dataset, "file_meta") else ()
    for part in (*metas, dataset):
        for trust, kind, value in _strings(part):
            found[trust].update(_words(kind, value))
            if sum(map(len, found.values())) > _MOST_WORDS:
                raise Refused("", "has more text in its header than can be looked for", "export the picture as PNG")
    return {name: sorted(words) for name, words in found.items()}


def _trust(element: DataElement) -> str:
    if element.VR == "PN" or element.keyword in _IDS:
        return NAMES
    coded = element.VR in _MEASURES or (element.VR == "CS" and not element.tag.is_private)
    return CODED if coded else TEXTS


def _strings(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """How far it is trusted to name somebody, type and text of each value, in sequences too; an unread one in full."""
    for tag in list(dataset.keys()):
        try:
            element = dataset[tag]
        except Exception:  # noqa: BLE001  # a broken value raises anything, and its bytes may still hold a name
            yield TEXTS, "UN", _raw_text(getattr(dataset.get_item(tag), "value", b""))
            continue
        if element.VR == "SQ":
            for item in element.value:
                yield from _strings(item)
        elif element.VR not in _NOT_TEXT:
            yield from ((_trust(element), element.VR, text) for text in _texts(element))


def _texts(element: DataElement) -> Iterator[str]:
    value = element.value
    if isinstance(value, bytes):
        yield _raw_text(value)
    elif isinstance(value, (MultiValue, list)):
        yield from map(str, value)
    else:
        yield str(value)


def _raw_text(value: object) -> str:
    return value[:_MOST_BYTES].decode("latin-1") if isinstance(value, bytes) else ""


def _words(kind: str, text: str) -> Iterator[str]:
    if kind == "UI" and text.startswith(_STANDARD):
        return
    parts = _WORD.findall(fold(text))
    yield from parts
    if kind not in ("PN", "UI") and 1 < len(parts) <= 4 and any(part.isdigit() for part in parts):  # noqa: PLR2004  # an id such as 12-3456
        yield "".join(parts)
    if kind in _DATES and re.match(r"\d{8}", text):
        yield from _orders(text[:4], text[4:6], text[6:8])


def _orders(year: str, month: str, day: str) -> Iterator[str]:
    """A date as it is written without separators, and with the year short."""
    for long in (year, year[2:]):
        yield from (long + month + day, day + month + long, month + day + long)
