"""Colours: RGB of any depth and order, YBR, palettes; profiles applied."""

import numpy as np
import pytest
from PIL import ImageCms

from tests.deid.dicom.conftest import Decoder
from tests.deid.dicom.files import colour, grey, shipped_file, written

BARS = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [0, 0, 0], [255, 255, 255], [128, 64, 32]]], dtype=np.uint8)


def pixels(shown: Decoder, data: bytes) -> np.ndarray:
    image = shown(data).image
    return np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, 3)


def test_rgb_comes_out_as_it_is(shown: Decoder) -> None:
    assert (pixels(shown, written(colour(BARS))) == BARS).all()


def test_planes_one_after_the_other_are_the_same_picture(shown: Decoder) -> None:
    dataset = colour(BARS, PlanarConfiguration=1)
    dataset.PixelData = np.moveaxis(BARS, -1, 0).tobytes()
    assert (pixels(shown, written(dataset)) == BARS).all()


def test_16_bits_a_colour_are_scaled_to_8(shown: Decoder) -> None:
    assert (pixels(shown, written(colour(BARS.astype(np.uint16) * 257))) == BARS).all()


def test_ybr_is_undone(shown: Decoder) -> None:
    ybr = np.array([[[76, 85, 255], [150, 44, 21], [29, 255, 107], [0, 128, 128]]], dtype=np.uint8)
    rgb = pixels(shown, written(colour(ybr, PhotometricInterpretation="YBR_FULL")))
    assert np.abs(rgb[0].astype(int) - BARS[0, :4]).max() <= 2


@pytest.mark.parametrize(("bits", "factor"), [(8, 1), (16, 257)])
def test_a_palette_gives_its_colours(shown: Decoder, bits: int, factor: int) -> None:
    dataset = grey(np.array([[0, 1, 2, 3]], dtype=np.uint8), PhotometricInterpretation="PALETTE COLOR")
    for n, name in enumerate(("Red", "Green", "Blue")):
        entries = BARS[0, [0, 1, 5, 4], n].astype(np.uint16 if bits == 16 else np.uint8) * factor
        dataset.add_new(f"{name}PaletteColorLookupTableDescriptor", "US", [4, 0, bits])
        dataset.add_new(f"{name}PaletteColorLookupTableData", "OW", entries.tobytes())
    assert (pixels(shown, written(dataset))[0] == BARS[0, [0, 1, 5, 4]]).all()


def test_a_colour_profile_is_applied(shown: Decoder) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.abs(pixels(shown, written(colour(BARS, ICCProfile=srgb))).astype(int) - BARS).max() <= 1
    assert "colour profile" in shown.refusal(written(colour(BARS, ICCProfile=b"nonsense")))


def test_unknown_colours_are_refused(shown: Decoder) -> None:
    for dataset in (
        colour(BARS, PhotometricInterpretation="HSV"),
        colour(BARS, PhotometricInterpretation="MONOCHROME2"),
        grey(BARS[..., 0], PhotometricInterpretation="RGB"),
    ):
        assert "unusual kind" in shown.refusal(written(dataset))


@pytest.mark.parametrize(
    "name",
    [
        "SC_rgb_dcmtk_+eb+cr.dcm", "SC_rgb_dcmtk_+eb+cy+n1.dcm", "SC_rgb_dcmtk_+eb+cy+n2.dcm", "SC_rgb_rle.dcm",
        "SC_rgb_dcmtk_+eb+cy+np.dcm", "SC_rgb_dcmtk_+eb+cy+s2.dcm", "SC_rgb_dcmtk_+eb+cy+s4.dcm", "SC_rgb_gdcm_KY.dcm",
        "SC_rgb_jpeg_dcmtk.dcm", "SC_rgb_jpeg_gdcm.dcm", "SC_rgb_jpeg_lossy_gdcm.dcm", "SC_rgb_jls_lossy_line.dcm",
        "SC_rgb_jls_lossy_sample.dcm", "SC_rgb_rle_16bit.dcm", "SC_rgb_rle_32bit.dcm",
        "SC_ybr_full_422_uncompressed.dcm",
    ],
)  # fmt: skip
def test_the_same_bars_in_every_encoding_are_the_same_bars(shown: Decoder, name: str) -> None:
    """pydicom ships one picture of ten bars in many encodings: red, pink, green, ... to white."""
    rgb = pixels(shown, shipped_file(name))[5::10, 50]
    bars = [(255, 0, 0), (255, 128, 128), (0, 255, 0), (128, 255, 128), (0, 0, 255), (128, 128, 255)]
    greys = [(value, value, value) for value in (0, 64, 192, 255)]
    assert np.abs(rgb.astype(int) - np.array(bars + greys)).max() <= 6
