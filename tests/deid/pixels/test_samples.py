"""pydicom's sample pictures with real burned-in text: held or refused for the right words."""

import pytest
from PIL import Image

from quizbot.deid import pixels
from quizbot.deid.finding import Decision, Finding

pydicom = pytest.importorskip("pydicom", reason="the extra [deid] is not installed here")
pytest.importorskip("onnxruntime", reason="the extra [deid] is not installed here")
np = pytest.importorskip("numpy", reason="the extra [deid] is not installed here")


def sample(name: str) -> Image.Image:
    from pydicom.data import get_testdata_file  # noqa: PLC0415  # in the extra
    from pydicom.pixels import apply_color_lut, pixel_array  # noqa: PLC0415

    dataset = pydicom.dcmread(get_testdata_file(f"{name}.dcm", download=False))
    values = pixel_array(dataset, index=0) if int(dataset.get("NumberOfFrames", 1)) > 1 else pixel_array(dataset)
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        values = apply_color_lut(values, dataset) >> 8
    return Image.fromarray(values.astype(np.uint8)).convert("RGB")


def decision(findings: tuple[Finding, ...], words: str) -> Decision | None:
    return next((found.decision for found in findings if words in found.text), None)


def test_the_hospital_on_a_colour_doppler_picture_is_refused() -> None:
    findings = pixels.read(sample("examples_rgb_color"), kind="ultrasound")
    assert decision(findings, "BAPTIST") is Decision.REFUSE


def test_the_date_on_a_palette_picture_is_refused() -> None:
    findings = pixels.read(sample("examples_palette"), kind="ultrasound")
    assert decision(findings, "5/25/2011") is Decision.REFUSE


def test_a_picture_with_an_overlay_that_names_nobody_is_only_held() -> None:
    findings = pixels.read(sample("examples_ybr_color"), kind="ultrasound")
    assert {found.decision for found in findings} <= {Decision.HOLD}
    assert decision(findings, "Crd") is Decision.HOLD  # the device's own short word, in no vocabulary
