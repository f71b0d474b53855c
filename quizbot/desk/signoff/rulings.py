"""What a person may say about a finding: a choice of reasons; no free text, so that nothing identifying is recorded."""

from collections.abc import Mapping

IDENTIFIES = "identifies"
RULINGS: Mapping[str, str] = {
    "clinical": "A clinical term, a unit or a setting",
    "device": "A mark of the device that names nobody",
    "nothing": "Nothing is written there",
    "no-person": "No face, eye or person is there",
    "public": "A public name (a drug, a sign, an author) that leads to no patient",
    "consent": "The written consent covers it",
    "narration": "It is the author's own narration, I have heard all of it, and it names nobody",
    "checked": "I have looked, and it is right as it is",
    IDENTIFIES: "It could identify somebody",
}
_BY_LAYER: Mapping[str, tuple[str, ...]] = {
    "text": ("clinical", "device", "public", "nothing"),
    "barcode": ("device", "nothing"),
    "face": ("no-person", "consent"),
    "photo": ("consent",),
    "words": ("clinical", "public"),
    "sound": ("narration",),
}
DECLINES: Mapping[str, str] = {
    "identifies": "Somebody could be recognised",
    "consent": "Consent or rights are not clear",
    "recent": "Too recent, or in the news",
    "quality": "The case or the picture is not good enough",
    "other": "Another reason, told to the author in person",
}


def choices(layer: str) -> dict[str, str]:
    """The rulings on a finding of a layer, by their keys, in the order shown."""
    keys = (*_BY_LAYER.get(layer, ("checked",)), IDENTIFIES)
    return {key: RULINGS[key] for key in keys}
