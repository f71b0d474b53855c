"""Who may release what."""

from dataclasses import replace

import pytest

from quizbot.core.person import Person, Role
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.record import Entry, Noted, SignedPicture
from quizbot.deid.standing import PASSES, Rules, checklist, judge, may_release
from quizbot.deid.subject import Subject
from quizbot.desk.signoff.act import Unsigned, sign
from quizbot.desk.signoff.review import review, standing_in
from quizbot.desk.signoff.rulings import IDENTIFIES, RULINGS, choices
from tests.signoff.given import PASSPHRASE, T0, ledger_of, patient_case, patient_picture, png, signed, yes

VERSIONS = {"gate": "1"}
RULES = Rules("written", VERSIONS)
ANN, BEN = (Person(name, f"@{name}", frozenset({Role.REVIEWER})) for name in ("ann", "ben"))
PEOPLE = {"ann": ANN, "ben": BEN}
PICTURE = SignedPicture(pixels="p", data="d", origin="patient")
SUBJECT = Subject("c", "t", "@author", "written-consent", "C-1", (PICTURE,))
PHOTO = Noted(picture=1, layer="photo", kind="photo", hash="h", decision=Decision.HOLD, ruling="consent")


def entry(by: str, subject: Subject = SUBJECT, **changes) -> Entry:
    given = {
        "at": T0, "by": by, "role": "reviewer", "case": subject.case, "text": subject.text,
        "pictures": subject.pictures, "versions": VERSIONS, "findings": (),
        "checklist": dict.fromkeys(checklist(subject), True), "consent": subject.consent,
        "consent_ref": subject.consent_ref, "released": True,
    }  # fmt: skip
    return Entry(**(given | changes))


def of(origin: str, **changes) -> Subject:
    return replace(SUBJECT, pictures=(PICTURE.model_copy(update={"origin": origin}),), **changes)


@pytest.mark.parametrize(("origin", "needed"), [("patient", 2), ("licensed", 2), ("synthetic", 1)])
def test_patients_and_licensed_pictures_need_two(origin, needed):
    subject = of(origin)
    assert judge(subject, [], PEOPLE, RULES).needed == needed
    one = judge(subject, [entry("ann", subject)], PEOPLE, RULES)
    both = judge(subject, [entry("ann", subject), entry("ben", subject)], PEOPLE, RULES)
    assert (one.grant is None, both.grant is None) == (needed == 2, False)


def test_what_the_project_drew_passes_by_machine():
    drawn = replace(SUBJECT, pictures=(PICTURE.model_copy(update={"drawn": True}),))
    assert judge(drawn, [], {}, RULES).grant is not None


@pytest.mark.parametrize("said", [True, False])
def test_a_photograph_needs_written_consent_and_two(said):
    """Whoever says so: the case, or the machine."""
    subject = replace(
        of("synthetic", consent="not-identifiable", consent_ref=None),
        pictures=(PICTURE.model_copy(update={"origin": "synthetic", "photo": said}),),
    )
    findings = () if said else (PHOTO,)
    links = [entry(name, subject, findings=findings) for name in ("ann", "ben")]
    found = judge(subject, links, PEOPLE, RULES)
    assert (found.needed, found.grant) == (2, None)
    assert any("photograph" in problem for problem in found.problems)
    consented = replace(subject, consent="written-consent", consent_ref="C-1")
    links = [entry(name, consented, findings=findings) for name in ("ann", "ben")]
    assert judge(consented, links, PEOPLE, RULES).grant is not None
    assert judge(consented, links[:1], PEOPLE, RULES).grant is None


def test_the_ground_for_a_patient_is_the_operators_choice():
    subject = replace(SUBJECT, consent="not-identifiable", consent_ref=None)
    links = [entry("ann", subject), entry("ben", subject)]
    assert judge(subject, links, PEOPLE, RULES).grant is None
    assert judge(subject, links, PEOPLE, replace(RULES, require_consent="any")).grant is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "other"},
        {"case": "other"},
        {"pictures": ()},
        {"pictures": (PICTURE.model_copy(update={"data": "other"}),)},
        {"pictures": (PICTURE.model_copy(update={"pixels": "other"}),)},
        {"pictures": (PICTURE, PICTURE)},
        {"versions": {"gate": "0"}},
        {"versions": VERSIONS | {"faces": "1"}},
        {"checklist": {}},
        {"by": "nobody"},
        {"by": "ben"},
        {"findings": (PHOTO.model_copy(update={"ruling": ""}),)},
        {"findings": (PHOTO.model_copy(update={"ruling": IDENTIFIES}),)},
        {"findings": (PHOTO.model_copy(update={"decision": Decision.REFUSE}),)},
    ],
    ids=str,
)
def test_a_second_sign_off_that_differs_in_anything_does_not_count(changes):
    assert judge(SUBJECT, [entry("ben"), entry("ann")], PEOPLE, RULES).grant is not None
    assert judge(SUBJECT, [entry("ben"), entry("ann").model_copy(update=changes)], PEOPLE, RULES).grant is None


def test_the_wait_is_asked_for_patients_only():
    assert "waited-30-days" in checklist(SUBJECT)
    assert "waited-30-days" not in checklist(of("licensed"))
    answers = dict.fromkeys(checklist(SUBJECT), True) | {"waited-30-days": False}
    assert judge(SUBJECT, [entry("ben"), entry("ann", checklist=answers)], PEOPLE, RULES).grant is None


def test_whoever_declines_has_the_last_word_until_they_sign_it_themselves():
    no = entry("ann", released=False, reason="recent")
    assert judge(SUBJECT, [entry("ann"), entry("ben"), no], PEOPLE, RULES).grant is None
    assert (
        judge(
            SUBJECT, [no, entry("ben"), entry("cy")], PEOPLE | {"cy": replace(ANN, name="cy", handle=None)}, RULES
        ).grant
        is None
    )
    assert judge(SUBJECT, [no, entry("ann"), entry("ben")], PEOPLE, RULES).grant is not None


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (ANN, True),
        (replace(ANN, disabled=True), False),
        (replace(ANN, roles=frozenset({Role.AUTHOR, Role.OPERATOR})), False),
        (replace(ANN, handle="@author"), False),
        (replace(ANN, name="Author", handle=None), False),
    ],
)
def test_who_may_release(person, may):
    assert (may_release(person, "@Author") is None) == may
    assert (judge(SUBJECT, [entry("ann"), entry("ben")], PEOPLE | {"ann": person}, RULES).grant is not None) == may


def test_every_choice_but_one_lets_a_finding_pass_and_none_is_made_for_anybody():
    assert set(RULINGS) - {IDENTIFIES} == PASSES
    for layer in ("text", "barcode", "face", "photo", "words", "dicom", "something-new"):
        assert IDENTIFIES in choices(layer)
        assert len(choices(layer)) > 1


def test_a_refusing_finding_cannot_be_signed_whatever_is_said_of_it(store, gate, folder):
    gate.findings = [Finding("text", "name", Decision.REFUSE, text="DOE", box=(150, 20, 260, 44))]
    shown = review(folder, ledger_of(store))
    with pytest.raises(Unsigned, match="Nobody can release it"):
        sign(ledger_of(store), shown, yes(shown), "ann", PASSPHRASE, T0)


def test_a_gate_that_could_not_look_cannot_be_signed(store, folder, monkeypatch):
    def missing(path, *, options):
        raise Unsigned("the models are missing")

    monkeypatch.setattr("quizbot.deid.examine", missing)
    shown = review(folder, ledger_of(store))
    with pytest.raises(Unsigned, match="models are missing"):
        sign(ledger_of(store), shown, yes(shown), "ann", PASSPHRASE, T0)


def test_a_picture_without_its_claim_cannot_be_signed(store, folder):
    (folder / "deid.jsonl").unlink()
    shown = review(folder, ledger_of(store))
    with pytest.raises(Unsigned, match="no output of `quizbot deid`"):
        sign(ledger_of(store), shown, yes(shown), "ann", PASSPHRASE, T0)


@pytest.mark.parametrize("what", ["picture", "words"])
def test_what_was_changed_after_it_was_looked_at_is_not_signed(store, folder, what):
    shown = review(folder, ledger_of(store))
    if what == "picture":
        next(folder.glob("*.png")).write_bytes(png(patient_picture(spot=3)))
    else:
        (folder / "case.yaml").write_text((folder / "case.yaml").read_text().replace("pain-free", "painfree"))
    with pytest.raises(Unsigned, match="was changed"):
        sign(ledger_of(store), shown, yes(shown), "ann", PASSPHRASE, T0)
    assert standing_in(folder, ledger_of(store)).signed == ()


def test_declining_needs_a_reason_and_nothing_else_and_stops_the_case(store, folder):
    signed(store, folder)
    shown = review(folder, ledger_of(store))
    with pytest.raises(Unsigned, match="why"):
        sign(ledger_of(store), shown, yes(shown, release=False), "ann", PASSPHRASE, T0)
    empty = yes(shown, release=False, reason="recent", rulings={}, checklist=frozenset())
    sign(ledger_of(store), shown, empty, "ann", PASSPHRASE, T0)
    found = standing_in(folder, ledger_of(store))
    assert (found.grant, any("declined" in problem for problem in found.problems)) == (None, True)


def test_two_people_release_a_case_of_a_patient(store, folder):
    signed(store, folder, ["ann"])
    assert standing_in(folder, ledger_of(store)).grant is None
    signed(store, folder, ["ben"])
    assert standing_in(folder, ledger_of(store)).grant is not None


def test_the_case_is_examined_as_what_it_says_it_is(store, gate, tmp_path):
    folder = patient_case(tmp_path / "cases", gate, slug="photo")
    file = folder / "case.yaml"
    file.write_text(file.read_text().replace("origin: patient", "origin: patient\n  photo: true"))
    review(folder, ledger_of(store))
    assert gate.examined[-1].photo
