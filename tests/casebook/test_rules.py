"""Every rule that the case format states, broken once: the finding has the right level, key and word."""

import pytest

from tests.casebook.given import PEARL, QUIZ, brief, findings_of, with_

LINK = with_(PEARL, kind="link", references=QUIZ["references"])
QUESTION = with_(QUIZ, kind="question", images=None)
LONG = "word " * 60


def image(**changes):
    return [QUIZ["images"][0] | changes]


@pytest.mark.parametrize("good", [QUIZ, QUESTION, PEARL, LINK], ids=["image-quiz", "question", "pearl", "link"])
def test_a_good_case_of_each_kind_has_no_findings(tmp_path, good):
    assert findings_of(tmp_path / "good", good) == ()


RULES = [
    # Required by kind
    ("no kind", with_(QUIZ, kind=None), "error", "kind", "missing"),
    ("no prompt", with_(QUIZ, prompt=None), "error", "prompt", "missing"),
    ("no answer", with_(QUIZ, answer=None), "error", "answer", "a quiz needs it"),
    ("no diagnosis", with_(QUIZ, answer__diagnosis=None), "error", "answer.diagnosis", "missing"),
    ("no references", with_(QUIZ, references=None), "error", "references", "at least one"),
    ("references empty", with_(QUIZ, references=[]), "error", "references", "at least one"),
    ("link to nothing", with_(LINK, references=None), "error", "references", "link leads to"),
    ("no author", with_(QUIZ, author=None), "error", "author", "missing"),
    ("no consent", with_(QUIZ, consent=None), "error", "consent", "missing"),
    ("no images", with_(QUIZ, images=None), "error", "images", "1 to 4"),
    ("images empty", with_(QUIZ, images=[]), "error", "images", "1 to 4"),
    ("five images", with_(QUIZ, images=[image(file=f"{n}.png")[0] for n in range(5)]), "error", "images", "at most 4"),
    (
        "image without file",
        with_(QUIZ, images=[{"alt": "x", "origin": "synthetic"}]),
        "error",
        "images[0].file",
        "missing",
    ),
    ("image without alt", with_(QUIZ, images=[{"file": "a.png", "origin": "synthetic"}]), "error", "images[0].alt", ""),
    ("image without origin", with_(QUIZ, images=[{"file": "a.png", "alt": "x"}]), "error", "images[0].origin", ""),
    ("question with an image", with_(QUIZ, kind="question"), "error", "images", "no image"),
    ("pearl with an answer", with_(PEARL, answer={"diagnosis": "Gout"}), "error", "answer", "no answer"),
    ("link with an answer", with_(LINK, answer={"diagnosis": "Gout"}), "error", "answer", "no answer"),
    (
        "quiz with a video",
        with_(QUIZ, video={"file": "a.mp4", "alt": "x", "origin": "synthetic"}),
        "error",
        "video",
        "only",
    ),
    (
        "images and a video",
        with_(PEARL, images=QUIZ["images"], video={"file": "a.mp4", "alt": "x", "origin": "synthetic"}),
        "error",
        "video",
        "not both",
    ),
    ("pearl with a pearl", with_(PEARL, pearl="x"), "warning", "pearl", "prompt"),
    # Advised
    ("no certainty", with_(QUIZ, certainty=None), "warning", "certainty", "posts no quiz"),
    ("no pearl", with_(QUIZ, pearl=None), "warning", "pearl", "lesson"),
    ("not reviewed", with_(QUIZ, reviewed=None), "warning", "reviewed", "second person"),
    ("pearl not reviewed", with_(PEARL, reviewed=None), "warning", "reviewed", "second person"),
    # Values
    ("a kind of no kind", with_(QUIZ, kind="image_quiz"), "error", "kind", '"image-quiz"'),
    ("possible", with_(QUIZ, certainty="possible"), "error", "certainty", "not certain enough"),
    (
        "credit 1",
        with_(QUIZ, answer__partial=[{"answer": "x", "credit": 1}]),
        "error",
        "answer.partial[0].credit",
        "less",
    ),
    (
        "credit 0",
        with_(QUIZ, answer__partial=[{"answer": "x", "credit": 0}]),
        "error",
        "answer.partial[0].credit",
        "more",
    ),
    ("difficulty 6", with_(QUIZ, difficulty=6), "error", "difficulty", "at most 5"),
    ("no zone", with_(QUIZ, post_on="2026-10-05T12:00"), "error", "post_on", "zone"),
    ("a day and no time", with_(QUIZ, post_on="2026-10-05"), "error", "post_on", "date-time"),
    (
        "another sort of day",
        with_(QUIZ, reviewed={"by": "@b", "on": "1.10.2026"}),
        "error",
        "reviewed.on",
        "2026-10-01",
    ),
    ("an alt text too long", with_(QUIZ, images=image(alt="x" * 1001)), "error", "images[0].alt", "1001"),
    ("a hashtag with its sign", with_(QUIZ, hashtags=["#ECG"]), "error", "hashtags[0]", "without the #"),
    ("one text for a list", with_(QUIZ, hashtags="ECG"), "error", "hashtags", "[ ]"),
    ("a folder in a file's name", with_(QUIZ, images=image(file="../x.png")), "error", "images[0].file", "no folder"),
    (
        "no web address",
        with_(QUIZ, references=[{"title": "x", "url": "doi:10.1/2"}]),
        "error",
        "references[0].url",
        "https://",
    ),
    ("an empty day", with_(QUIZ, reviewed={"by": "@b", "on": ""}), "error", "reviewed.on", "2026-10-01"),
    ("a list for a day", with_(QUIZ, reviewed={"by": "@b", "on": []}), "error", "reviewed.on", "needs a day"),
    ("a list for a time", with_(QUIZ, post_on=[]), "error", "post_on", "needs a date-time"),
    ("a list for a flag", with_(QUIZ, images=image(photo=[])), "error", "images[0].photo", "needs true or false"),
    ("a list for a choice", with_(QUIZ, consent=[]), "error", "consent", "needs one of"),
    ("a list for a number", with_(QUIZ, difficulty=[]), "error", "difficulty", "whole number"),
    ("a list for a text", with_(QUIZ, prompt=["a"]), "error", "prompt", "one text is wanted"),
    ("a key for a text", with_(QUIZ, answer__accept=[{"PE": "massive"}]), "error", "answer.accept[0]", '"PE"'),
    ("a text for keys", with_(QUIZ, reviewed="@b"), "error", "reviewed", "by, on, again_by"),
    ("an empty list", "kind: pearl\ntags:\n", "error", "tags", "take the line away"),
    # The second reader
    ("own review", with_(QUIZ, reviewed={"by": "@An_Educator", "on": "2026-10-01"}), "error", "reviewed.by", "second"),
    (
        "again before",
        with_(QUIZ, reviewed={"by": "@b", "on": "2026-10-01", "again_by": "2026-09-01"}),
        "error",
        "reviewed.again_by",
        "not after",
    ),
    # Consent
    ("patient, synthetic", with_(QUIZ, images=image(origin="patient")), "error", "images[0].origin", "covers only"),
    ("licensed, synthetic", with_(QUIZ, images=image(origin="licensed")), "error", "images[0].origin", "covers only"),
    ("consent nowhere", with_(QUIZ, consent="written-consent"), "error", "consent_ref", "missing"),
    (
        "a record number",
        with_(QUIZ, consent="written-consent", consent_ref="MRN 1234567"),
        "error",
        "consent_ref",
        "record",
    ),
    (
        "a national number",
        with_(QUIZ, consent="written-consent", consent_ref="943 476 5919"),
        "error",
        "consent_ref",
        "record",
    ),
    (
        "a date of birth",
        with_(QUIZ, consent="written-consent", consent_ref="12/03/1965"),
        "error",
        "consent_ref",
        "record",
    ),
    (
        "uncredited",
        with_(QUIZ, images=image(origin="licensed"), consent="licence"),
        "warning",
        "images[0].credit",
        "name",
    ),
    # The answer key
    ("twice accepted", with_(QUIZ, answer__accept=["wellens  SYNDROME!"]), "warning", "answer.accept[0]", "diagnosis"),
    (
        "accepted and rejected",
        with_(QUIZ, answer__reject=[{"answer": "wellens sign"}]),
        "error",
        "answer.reject[0].answer",
        "accept[0]",
    ),
    (
        "accepted and partial",
        with_(QUIZ, answer__partial=[{"answer": "Wellens-sign", "credit": 0.5}]),
        "error",
        "answer.partial[0].answer",
        "counts otherwise",
    ),
    (
        "partial twice",
        with_(QUIZ, answer__partial=[{"answer": "x", "credit": 0.5}, {"answer": "X", "credit": 0.2}]),
        "error",
        "answer.partial[1].answer",
        "same",
    ),
    (
        "rejected twice",
        with_(QUIZ, answer__reject=[{"answer": "x"}, {"answer": "X"}]),
        "warning",
        "answer.reject[1].answer",
        "same",
    ),
    ("accepted nothing", with_(QUIZ, answer__accept=["?!"]), "error", "answer.accept[0]", "no letter"),
    ("accepted empty", with_(QUIZ, answer__accept=[""]), "error", "answer.accept[0]", "empty"),
    # Nothing gives it away
    ("prompt tells", with_(QUIZ, prompt="Is this Wellens' syndrome?"), "error", "prompt", "Wellens syndrome"),
    ("alt tells", with_(QUIZ, images=image(alt="An ECG: wellens sign.")), "error", "images[0].alt", "Wellens sign"),
    ("hashtag tells", with_(QUIZ, hashtags=["WellensSyndrome"]), "error", "hashtags[0]", "gives the answer away"),
    ("short hashtag tells", with_(QUIZ, answer__accept=["PE"], hashtags=["pe"]), "error", "hashtags[0]", '"PE"'),
    # What X makes of the texts
    ("prompt too long", with_(QUIZ, prompt=LONG), "error", "prompt", "quiz post weighs 308 of 280; shorten it by 28"),
    ("answer too long", with_(QUIZ, pearl=LONG), "error", "pearl", "answer post weighs"),
    (
        "diagnosis too long",
        with_(QUIZ, pearl=None, answer__diagnosis="≥" * 150),
        "error",
        "answer.diagnosis",
        "answer post",
    ),
    ("pearl too long", with_(PEARL, prompt=LONG), "error", "prompt", "pearl post weighs"),
    ("link too long", with_(LINK, prompt=LONG), "error", "prompt", "link post weighs"),
    (
        "a link by accident in the prompt",
        with_(QUIZ, prompt="ST in aVR.In II too. Why?"),
        "error",
        "prompt",
        '"aVR.In"',
    ),
    ("a link by accident in the pearl", with_(QUIZ, pearl="Look at aVR.In all."), "error", "pearl", "13 times"),
    (
        "a link by accident in the diagnosis",
        with_(QUIZ, answer__diagnosis="T.in"),
        "error",
        "answer.diagnosis",
        "13 times",
    ),
    ("a link meant", with_(QUIZ, prompt="See https://a.org/x now"), "error", "prompt", "references"),
    ("a mention", with_(QUIZ, prompt="Ask @bob. Diagnosis?"), "error", "prompt", "mention"),
    ("a mention in a pearl", with_(PEARL, prompt="SpO2 82 @15L"), "error", "prompt", "@15L"),
    ("two cashtags", with_(QUIZ, prompt="$A or $B ?"), "error", "prompt", "cashtag"),
    ("a hashtag twice", with_(QUIZ, hashtags=["ecg", "ECG"]), "warning", "hashtags[1]", "already"),
    # References
    (
        "an address X cuts",
        with_(QUIZ, references=[{"title": "x", "url": "https://doi.org/10.1/(SICI)1<2::3>4"}]),
        "error",
        "references[0].url",
        "percent-encode",
    ),
    (
        "an address X does not link",
        with_(QUIZ, references=[{"title": "x", "url": "https://a.nosuchtld/x"}]),
        "warning",
        "references[0].url",
        "link",
    ),
    ("a reference twice", with_(QUIZ, references=QUIZ["references"] * 2), "error", "references[1].url", "same"),
    (
        "an unconfirmed one",
        with_(QUIZ, references=[QUIZ["references"][0] | {"unconfirmed": True}]),
        "warning",
        "references[0].unconfirmed",
        "look it up",
    ),
    # Keys
    ("a misspelt key", with_(QUIZ, promt="x"), "error", "promt", '"prompt"'),
    ("a misspelt key below", with_(QUIZ, answer__acept=["x"]), "error", "answer.acept", '"answer.accept"'),
    ("a key on another level", with_(QUIZ, diagnosis="x"), "error", "diagnosis", '"answer.diagnosis"'),
]


@pytest.mark.parametrize(("content", "level", "key", "word"), [rule[1:] for rule in RULES], ids=[r[0] for r in RULES])
def test_a_broken_rule_is_found(tmp_path, content, level, key, word):
    found = findings_of(tmp_path / "case", content)
    assert [str(one) for one in found if (one.level, one.key) == (level, key) and word in one.message], found


SOUND = [
    ("a short answer inside a hashtag", with_(QUIZ, answer__accept=["ME"])),
    ("one cashtag", with_(QUIZ, prompt="A $TSLA driver, 54M. Diagnosis?")),
    ("a pearl with an image", PEARL | {"images": QUIZ["images"]}),
    (
        "a patient with consent",
        with_(QUIZ, images=image(origin="patient"), consent="written-consent", consent_ref="C-2026-0042"),
    ),
    (
        "a credited licence",
        with_(QUIZ, images=image(origin="licensed", credit="A. Author, CC BY 4.0"), consent="licence"),
    ),
    ("a question of a real patient", with_(QUESTION, consent="not-identifiable")),
    ("a part of the answer's name", with_(QUIZ, prompt="This is no syndrome of signs. Diagnosis?")),
    ("a short answer inside a word", with_(QUIZ, answer__accept=["PE"], prompt="He has a pet. Diagnosis?")),
    (
        "signs that tell answers apart",
        with_(QUIZ, answer__accept=["Rh+ mother"], answer__reject=[{"answer": "Rh- mother"}]),
    ),
    (
        "an address in parentheses' care",
        with_(QUIZ, references=[{"title": "x", "url": "https://en.wikipedia.org/wiki/P_(x)"}]),
    ),
    ("plain scalars for texts", with_(QUIZ, answer__accept=[1982, True, 2.5])),
]


@pytest.mark.parametrize("content", [one[1] for one in SOUND], ids=[one[0] for one in SOUND])
def test_what_is_allowed_is_not_found(tmp_path, content):
    assert findings_of(tmp_path / "case", content) == ()


def test_all_that_is_wrong_is_found_at_once(tmp_path):
    content = with_(QUIZ, kind="quiz", prompt="aVR.In @bob", certainty="possible", answer__acept="x", references=[{}])
    expected = {
        ("error", "kind"),
        ("error", "prompt"),
        ("error", "certainty"),
        ("error", "answer.acept"),
        ("error", "references[0].title"),
        ("error", "references[0].url"),
        ("error", "images[0].file"),
    }
    found = findings_of(tmp_path / "case", content, "other.txt")
    assert expected < brief(found) | {("error", "prompt")}


def test_a_value_that_cannot_be_understood_hides_no_finding_of_the_other_keys(tmp_path):
    found = findings_of(tmp_path / "case", with_(QUIZ, difficulty="hard", images=[], pearl="See aVR.In"))
    assert brief(found) == {("error", "difficulty"), ("error", "images"), ("error", "pearl")}


def test_a_rule_is_not_asked_of_a_value_that_could_not_be_understood(tmp_path):
    """An unreadable consent does not make every image contradict it."""
    found = findings_of(tmp_path / "case", with_(QUIZ, consent="yes", images=image(origin="patient")))
    assert brief(found) == {("error", "consent")}
