"""Grey values come out as the standard says: modality, then window or table, then polarity."""

import numpy as np
import pytest
from pydicom import Dataset, Sequence, dcmread
from pydicom.pixels.processing import apply_modality_lut, apply_windowing

from quizbot.deid import dicom
from quizbot.deid.child.wire import Request
from tests.deid.dicom.conftest import Decoder
from tests.deid.dicom.files import grey, shipped, written

CT = np.array([[-1024, -200, 0, 39, 40, 41, 200, 3000]], dtype=np.int16)


def item(**more: object) -> Dataset:
    dataset = Dataset()
    for keyword, value in more.items():
        setattr(dataset, keyword, value)
    return dataset


def table(first: int, data: list[int], bits: int = 16) -> Dataset:
    one = Dataset()
    one.add_new("LUTDescriptor", "SS" if first < 0 else "US", [len(data), first, bits])
    one.add_new("LUTData", "US", data)
    return one


def test_the_window_is_the_standards_linear_function(shown: Decoder) -> None:
    """PS3.3, C.11.2.1.2.1: 40 +/- 200, width 400."""
    reds = shown.reds(written(grey(CT, WindowCenter=40, WindowWidth=400)))
    expected = [0 if v <= -160.0 else 255 if v > 239 else round(((v - 39.5) / 399 + 0.5) * 255) for v in CT[0]]
    assert reds == expected


@pytest.mark.parametrize(("function", "middle"), [("LINEAR", 128), ("LINEAR_EXACT", 128), ("SIGMOID", 128)])
def test_every_window_function_has_its_middle_in_the_middle(shown: Decoder, function: str, middle: int) -> None:
    reds = shown.reds(written(grey(CT, WindowCenter=40, WindowWidth=400, VOILUTFunction=function)))
    assert reds == sorted(reds)
    assert reds[4] == pytest.approx(middle, abs=1)


def test_the_functions_differ_where_they_should(shown: Decoder) -> None:
    at = {
        f: shown.reds(written(grey(CT, WindowCenter=40, WindowWidth=400, VOILUTFunction=f)))
        for f in ("LINEAR", "SIGMOID")
    }
    assert at["LINEAR"][1] == 0
    assert 10 < at["SIGMOID"][1] < 40


def test_slope_and_intercept_come_before_the_window(shown: Decoder) -> None:
    raw = grey((CT + 1024).astype(np.uint16), RescaleSlope=2, RescaleIntercept=-2048, WindowCenter=80, WindowWidth=800)
    plain = grey(CT, WindowCenter=40, WindowWidth=400)
    assert shown.reds(written(raw)) == pytest.approx(shown.reds(written(plain)), abs=1)


def test_a_modality_table_and_a_table_for_display_are_applied(shown: Decoder) -> None:
    values = np.array([[0, 1, 2, 3]], dtype=np.uint16)
    both = grey(values, ModalityLUTSequence=Sequence([table(0, [30, 20, 10, 0])]))
    both.VOILUTSequence = Sequence([table(0, list(range(0, 3100, 100)))])
    assert shown.reds(written(both)) == [255, 170, 85, 0]


def test_monochrome1_is_white_where_it_is_lowest(shown: Decoder) -> None:
    two = shown.reds(written(grey(CT, WindowCenter=40, WindowWidth=400)))
    one = shown.reds(written(grey(CT, WindowCenter=40, WindowWidth=400, PhotometricInterpretation="MONOCHROME1")))
    assert [255 - red for red in two] == pytest.approx(one, abs=1)
    assert one[0] == 255


def test_overlays_in_unused_high_bits_do_not_show(shown: Decoder) -> None:
    """Old files keep an overlay, often with a name in it, in the bits above the picture's."""
    clean = np.array([[100, 200, 300, 4095]], dtype=np.uint16)
    drawn_on = clean | np.array([[0x1000, 0, 0x8000, 0]], dtype=np.uint16)
    some = {"BitsStored": 12, "HighBit": 11, "WindowCenter": 2048, "WindowWidth": 4096}
    assert shown.reds(written(grey(drawn_on, **some))) == shown.reds(written(grey(clean, **some)))
    signed = (clean.astype(np.int16) - 2048).astype(np.int16) & 0x0FFF
    lows = shown.reds(written(grey(signed.astype(np.int16), **(some | {"WindowCenter": 0}))))
    assert lows == pytest.approx(shown.reds(written(grey(clean, **some))), abs=1)


def test_overlays_and_curves_are_dropped_and_said_so(shown: Decoder) -> None:
    dataset = grey(CT, WindowCenter=40, WindowWidth=400, BurnedInAnnotation="NO")
    plain = shown(written(dataset))
    dataset.add_new(0x60000010, "US", 1)
    dataset.add_new(0x60003000, "OW", b"\xff\xff")
    dataset.add_new(0x60020010, "US", 1)
    marked = shown(written(dataset))
    assert "2 overlays of the file are left out" in marked.notes
    assert marked.image.tobytes() == plain.image.tobytes()
    assert any("not believed" in note for note in marked.notes)


def test_without_a_window_contrast_is_automatic_and_a_person_is_asked(shown: Decoder) -> None:
    picture = shown(written(grey(np.arange(1000, dtype=np.uint16).reshape(10, 100) + 5000)))
    reds = picture.image.getchannel("R").tobytes()
    assert (min(reds), max(reds)) == (0, 255)
    assert "no window: automatic contrast" in picture.notes
    assert [kind for kind, _ in picture.asks] == ["window"]
    assert "--window" in picture.asks[0][1]


def test_padding_has_no_say_in_automatic_contrast(shown: Decoder) -> None:
    values = np.full((20, 20), -2000, dtype=np.int16)
    values[5:15, 5:15] = np.arange(100).reshape(10, 10)
    with_padding = shown.reds(written(grey(values, PixelPaddingValue=-2000)))
    assert len(set(with_padding)) > 60


def test_a_choice_of_windows_is_asked_for_and_taken(shown: Decoder) -> None:
    data = written(grey(CT, WindowCenter=[40, -600], WindowWidth=[400, 1500]))
    undecided, first, second = shown(data), shown(data, window="1"), shown(data, window="2")
    assert undecided.image.tobytes() == first.image.tobytes() != second.image.tobytes()
    assert not first.asks
    assert not second.asks
    ((kind, todo),) = undecided.asks
    assert kind == "window"
    assert "1 (40,400), 2 (-600,1500)" in todo
    assert shown(data, window=(-600.0, 1500.0)).image.tobytes() == second.image.tobytes()
    assert not shown(data, window="auto").asks


@pytest.mark.parametrize("window", ["3", "0", "lut", "lung", "-1", "²", (40.0, 0.0), (float("nan"), 5.0)])
def test_a_window_that_is_not_there_is_refused_by_name(shown: Decoder, window: object) -> None:
    assert "window" in shown.refusal(written(grey(CT, WindowCenter=40, WindowWidth=400)), window=window)


def test_a_frame_is_asked_for_where_there_are_several(shown: Decoder) -> None:
    frames = np.stack([np.full((4, 6), value, dtype=np.uint8) for value in (10, 20, 30)])
    data = written(grey(frames, WindowCenter=128, WindowWidth=256))
    assert "holds 3 frames; choose one: --frame 1 to --frame 3" in shown.refusal(data)
    for wanted in (0, 4, -1):
        assert "--frame 1 to --frame 3" in shown.refusal(data, frame=wanted)
    assert [shown.reds(data, frame=n)[0] for n in (1, 2, 3)] == [10, 20, 30]


def test_a_frame_has_its_own_window_scale_and_spacing(shown: Decoder) -> None:
    """PS3.3, C.7.6.16: what stands in the frame's group goes before what stands in the shared one."""
    frames = np.stack([np.full((4, 6), 100, dtype=np.uint8)] * 2)
    dataset = grey(frames)
    dataset.SharedFunctionalGroupsSequence = [
        item(
            FrameVOILUTSequence=[item(WindowCenter=100, WindowWidth=100)],
            PixelMeasuresSequence=[item(PixelSpacing=[2, 1])],
        )
    ]
    dataset.PerFrameFunctionalGroupsSequence = [
        item(FrameContentSequence=[item(FrameLabel="x")]),
        item(
            FrameVOILUTSequence=[item(WindowCenter=0, WindowWidth=100)],
            PixelValueTransformationSequence=[item(RescaleSlope=1, RescaleIntercept=-100)],
            PixelMeasuresSequence=[item(PixelSpacing=[1, 1])],
        ),
    ]
    first, second = (shown(written(dataset), frame=n) for n in (1, 2))
    assert (first.image.size, second.image.size) == ((6, 8), (6, 4))
    assert "100,100" in first.notes[0]
    assert "0,100" in second.notes[0]
    assert abs(first.image.getpixel((0, 0))[0] - second.image.getpixel((0, 0))[0]) <= 1


@pytest.mark.parametrize(
    ("keyword", "value", "size"),
    [
        ("PixelSpacing", [2, 1], (8, 2)),
        ("PixelSpacing", [1, 2], (16, 1)),
        ("ImagerPixelSpacing", ["0.5", "0.25"], (8, 2)),
        ("PixelAspectRatio", [3, 1], (8, 3)),
        ("PixelSpacing", [1, "1.001"], (8, 1)),
        ("PixelSpacing", [0, 1], (8, 1)),
    ],
)
def test_oblong_pixels_are_made_square(shown: Decoder, keyword: str, value: list, size: tuple[int, int]) -> None:
    picture = shown(written(grey(CT, WindowCenter=40, WindowWidth=400, **{keyword: value})))
    assert picture.image.size == size
    assert any("stretched" in note for note in picture.notes) == (size != (8, 1))


def test_absurd_pixels_are_refused(shown: Decoder) -> None:
    assert "far from square" in shown.refusal(written(grey(CT, PixelSpacing=[1, 1000])))


@pytest.mark.filterwarnings("ignore::UserWarning")  # pydicom's remarks on its own odd samples
def test_shipped_pictures_with_a_window_look_as_pydicom_shows_them(shown: Decoder) -> None:
    """A second opinion, up to rounding: pydicom's own windowing, spread over 0 to 255."""
    compared = 0
    for path in shipped().values():
        dataset = dcmread(path)
        if "PixelData" not in dataset or not isinstance(dataset.get("WindowWidth"), float):
            continue
        if "refused" in dicom.answer(Request("DICOM", path.read_bytes(), window="1")).facts:
            continue  # damaged, or no decoder reads it
        values = apply_windowing(apply_modality_lut(dataset.pixel_array, dataset), dataset)
        signed = dataset.PixelRepresentation == 1
        slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
        low = (-(2 ** (dataset.BitsStored - 1)) if signed else 0) * slope + intercept
        high = (2 ** (dataset.BitsStored - signed) - 1) * slope + intercept
        theirs = (values - low) / (high - low) * 255
        theirs = 255 - theirs if dataset.PhotometricInterpretation == "MONOCHROME1" else theirs
        picture = shown(path.read_bytes(), window="1")
        ours = np.frombuffer(picture.image.getchannel("R").tobytes(), np.uint8)
        if picture.image.size == (dataset.Columns, dataset.Rows):
            assert np.abs(ours.astype(float) - theirs.ravel()).max() < 1.5, path.name
            compared += 1
    assert compared >= 20
