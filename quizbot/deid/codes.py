"""The codes of DICOM PS3.15, annex E (CID 7050), for what the gate did: the record speaks the standard's words."""

Code = tuple[str, str, str]
"""Code value, coding scheme, meaning."""

_BASIC = ("113100", "DCM", "Basic Application Confidentiality Profile")  # no attribute is carried over
_PIXELS = ("113101", "DCM", "Clean Pixel Data Option")
_FACES = ("113102", "DCM", "Clean Recognizable Visual Features Option")
_GRAPHICS = ("113103", "DCM", "Clean Graphics Option")  # overlays, curves and annotations are dropped


def codes(*, text_read: bool, faces_looked_for: bool) -> tuple[Code, ...]:
    """What was applied; the options about pixels only if their layers ran."""
    return (_BASIC, _GRAPHICS, *((_PIXELS,) if text_read else ()), *((_FACES,) if faces_looked_for else ()))
