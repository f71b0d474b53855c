"""Two people sign each clip, for its very bytes and captions; its sound only if they say that they heard it."""

import re

import pytest

from quizbot.casebook import load_case
from quizbot.deid.facts import Refused
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.reading import ClipFiles, signed_clip
from quizbot.deid.record import Entry, SignedClip, SignedPicture
from quizbot.deid.releasing import release_captions, release_clip
from quizbot.deid.standing import LISTENED, WATCHED, Grant, Rules, checklist, judge
from quizbot.deid.subject import Subject
from quizbot.desk.signoff.act import Unsigned, sign
from quizbot.desk.signoff.review import review, standing_in
from quizbot.store.people import known_people
from quizbot.store.signoffs import chain
from tests.clips import bare_clip, no_layers, pearl_with_clip
from tests.signoff.given import AUTHOR, PASSPHRASE, T0, ledger_of, signed, yes
from tests.signoff.test_page import served

HOLD = Finding("text", "unknown-text", Decision.HOLD, text="LVOT", box=(20, 20, 90, 44), todo="say what it is")
NAME = Finding("text", "name", Decision.REFUSE, text="DOE JANE", box=(20, 50, 90, 74), todo="fill its box")


@pytest.fixture
def pearl(tmp_path, monkeypatch):
    no_layers(monkeypatch)
    return pearl_with_clip(tmp_path / "cases")


def clip_of(folder):
    return next(folder.glob("*.mp4"))


def entries(store) -> list[Entry]:
    with store.read() as session:
        return [Entry.model_validate_json(one.body) for one in chain(session)]


def test_one_person_is_not_enough_even_for_a_drawn_clip(store, tmp_path, monkeypatch):
    no_layers(monkeypatch)
    video = {"origin": "synthetic"}
    folder = pearl_with_clip(tmp_path / "cases")
    text = (folder / "case.yaml").read_text().replace("origin: patient", f"origin: {video['origin']}")
    (folder / "case.yaml").write_text(text)
    signed(store, folder, by=["ann"])
    found = standing_in(folder, ledger_of(store))
    assert (found.needed, found.signed, found.grant) == (2, ("ann",), None)
    signed(store, folder, by=["ben"])
    assert standing_in(folder, ledger_of(store)).grant is not None


def test_the_record_holds_the_digests_of_what_goes_out(store, pearl):
    signed(store, pearl)
    grant = standing_in(pearl, ledger_of(store)).grant
    clip, captions = clip_of(pearl).read_bytes(), next(pearl.glob("*.srt")).read_bytes()
    for entry in entries(store):
        assert entry.clip is not None
        assert entry.clip.source == "5" * 64
        assert release_clip(clip, grant).digest == entry.clip.data
        assert release_captions(captions, grant).digest == entry.clip.captions
    with pytest.raises(Refused):
        release_clip(bare_clip(200), grant)
    with pytest.raises(Refused):
        release_clip(clip, None)
    with pytest.raises(Refused):
        release_captions(captions.replace(b"slides", b"glides"), grant)


@pytest.mark.parametrize("what", ["clip", "captions", "alt"])
def test_any_change_asks_again(store, pearl, what):
    signed(store, pearl)
    if what == "clip":
        clip_of(pearl).write_bytes(bare_clip(200))
    elif what == "captions":
        path = next(pearl.glob("*.srt"))
        path.write_text(path.read_text().replace("slides", "moves"))
    else:
        (pearl / "case.yaml").write_text((pearl / "case.yaml").read_text().replace("each breath", "every breath"))
    assert standing_in(pearl, ledger_of(store)).grant is None


def test_a_clip_that_is_swapped_while_the_page_is_read_is_not_signed(store, pearl):
    ledger = ledger_of(store)
    shown = review(pearl, ledger)
    clip_of(pearl).write_bytes(bare_clip(200))
    with pytest.raises(Unsigned, match="was changed"):
        sign(ledger, shown, yes(shown), "ann", PASSPHRASE, T0)


def test_what_is_no_output_of_the_gate_cannot_be_signed(store, pearl):
    (pearl / "deid.jsonl").unlink()
    shown = review(pearl, ledger_of(store))
    assert any("is no output of `quizbot deid`" in one for one in shown.blocks)


def test_a_name_in_any_frame_blocks_it_and_a_doubt_is_decided(store, tmp_path, monkeypatch):
    no_layers(monkeypatch, [HOLD, NAME])
    folder = pearl_with_clip(tmp_path / "cases")
    shown = review(folder, ledger_of(store))
    assert any("name" in one and "cannot be signed off" in one for one in shown.blocks)
    assert [(one.finding.kind, one.seconds) for one in shown.findings.values()] == [("unknown-text", 0), ("name", 0)]
    boxes = shown.boxes(shown.clip.frames[-1])
    assert boxes == [(1, HOLD.box, False), (2, NAME.box, True)]


SUBJECT = Subject("a", "t", "@an_educator", "synthetic", None, (), SignedClip(data="d", origin="synthetic", sound=True))


def test_its_sound_is_a_question_of_its_own():
    silent = Subject("a", "t", "@an_educator", "synthetic", None, (), SignedClip(data="d", origin="synthetic"))
    assert LISTENED in checklist(SUBJECT)
    assert LISTENED not in checklist(silent)
    assert WATCHED in checklist(silent)


def entry(by: str, **changes) -> Entry:
    given = {
        "at": T0, "by": by, "role": "reviewer", "case": "a", "text": "t", "pictures": (), "clip": SUBJECT.clip,
        "versions": {"gate": "1", "clip": "2"}, "findings": (), "checklist": dict.fromkeys(checklist(SUBJECT), True),
        "consent": "synthetic", "consent_ref": None, "released": True,
    }  # fmt: skip
    return Entry(**(given | changes))


RULES = Rules("written", {"gate": "1", "clip": "2"})


@pytest.mark.parametrize(
    "changes",
    [
        {"checklist": dict.fromkeys(set(checklist(SUBJECT)) - {LISTENED}, True)},
        {"checklist": dict.fromkeys(set(checklist(SUBJECT)) - {WATCHED}, True)},
        {"clip": SignedClip(data="d", origin="synthetic")},
        {"clip": SignedClip(data="e", origin="synthetic", sound=True)},
        {"clip": SignedClip(data="d", origin="synthetic", sound=True, captions="c")},
        {"clip": None},
        {"versions": {"gate": "1"}},
        {"versions": {"gate": "1", "clip": "1"}},
        {"by": "ann"},
    ],
)
def test_a_second_signature_counts_only_for_all_of_it(store, changes):
    with store.read() as session:
        known = known_people(session)
    assert judge(SUBJECT, [entry("ann"), entry("ben")], known, RULES).grant is not None
    assert judge(SUBJECT, [entry("ann"), entry(**({"by": "ben"} | changes))], known, RULES).grant is None


def test_a_better_eye_for_clips_asks_nobody_to_sign_pictures_again(store):
    picture = SignedPicture(pixels="p", data="d", origin="synthetic")
    subject = Subject("a", "t", AUTHOR, "synthetic", None, (picture,))
    old = entry("ann", pictures=(picture,), clip=None, versions={"gate": "1"})
    with store.read() as session:
        known = known_people(session)
    for version in ("2", "3"):
        assert judge(subject, [old], known, Rules("written", {"gate": "1", "clip": version})).grant == Grant(
            {("d", "p"): ""}
        )


def test_captions_that_the_case_does_not_name_are_no_part_of_it(pearl):
    video = load_case(pearl).case.video
    with pytest.raises(Refused):
        signed_clip(video, ClipFiles(clip_of(pearl).read_bytes(), None))


def test_the_page_shows_the_clip_its_frames_and_its_captions(store, tmp_path, monkeypatch):
    no_layers(monkeypatch, [HOLD])
    folder = pearl_with_clip(tmp_path / "cases")
    with served(folder, store) as client:
        page = client.get("").text
        assert '<video class="picture" controls preload="metadata"' in page
        assert "autoplay" not in page
        assert page.count('<figure class="frame">') == page.count('loading="lazy"') > 1
        assert "with finding 1" in page
        assert "The pleural line slides." in page
        whole = client.get("clip")
        assert whole.content == clip_of(folder).read_bytes()
        part = client.get("clip", headers={"Range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, b"ftyp")
        assert client.get("captions.vtt").text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:00.900\n")
        assert client.get("frame/0").content.startswith(b"\xff\xd8")
        assert client.get("frame/9999").status_code == 404
        assert client.get("finding/1").content.startswith(b"\x89PNG")
        assert "media-src 'self'" in whole.headers["content-security-policy"]
        for path in re.findall(r'(?:src|poster)="(?!http)([^"]+)"', page):
            assert client.get(path).status_code == 200, path


def test_a_box_is_filled_on_every_frame_and_the_signatures_are_gone(store, pearl, monkeypatch):
    from quizbot.desk.signoff.cover import THE_CLIP, cover  # noqa: PLC0415  # only here

    signed(store, pearl)
    before = clip_of(pearl).read_bytes()
    cover(ledger_of(store), review(pearl, ledger_of(store)), THE_CLIP, [(0, 0, 40, 40)])
    assert clip_of(pearl).read_bytes() != before
    shown = review(pearl, ledger_of(store))
    assert shown.blocks == ()
    assert shown.clip.source == "5" * 64
    assert standing_in(pearl, ledger_of(store)).grant is None
