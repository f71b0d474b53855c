"""Pairs of names that look alike and mean different things: some by hand, most drawn from the lexicon."""

import re
from collections.abc import Iterator

from quizbot.grading.lexicon import Lexicon, load

BY_HAND = (
    ("Hyperkalemia", "Hypokalemia"),
    ("Hypernatremia", "Hyponatremia"),
    ("Hypercalcemia", "Hypocalcemia"),
    ("Hypermagnesemia", "Hypomagnesemia"),
    ("Hyperphosphatemia", "Hypophosphatemia"),
    ("Hyperthyroidism", "Hypothyroidism"),
    ("Hyperparathyroidism", "Hypoparathyroidism"),
    ("Hyperthermia", "Hypothermia"),
    ("Hyperglycemia", "Hypoglycemia"),
    ("Hypertension", "Hypotension"),
    ("STEMI", "NSTEMI"),
    ("Inferior STEMI", "Anterior STEMI"),
    ("Epidural hematoma", "Subdural hematoma"),
    ("Subdural hematoma", "Subarachnoid hemorrhage"),
    ("Ureteral stone", "Urethral stone"),
    ("Ureteral injury", "Urethral injury"),
    ("Dysphagia", "Dysphasia"),
    ("Dysarthria", "Dysthymia"),
    ("Left bundle branch block", "Right bundle branch block"),
    ("Mobitz type I second-degree AV block", "Mobitz type II second-degree AV block"),
    ("First-degree AV block", "Third-degree AV block"),
    ("Anterior shoulder dislocation", "Posterior shoulder dislocation"),
    ("Type A aortic dissection", "Type B aortic dissection"),
    ("Ventricular tachycardia", "Supraventricular tachycardia"),
    ("Ventricular fibrillation", "Atrial fibrillation"),
    ("Atrial flutter", "Atrial fibrillation"),
    ("Central retinal artery occlusion", "Central retinal vein occlusion"),
    ("Metabolic acidosis", "Metabolic alkalosis"),
    ("Respiratory acidosis", "Metabolic acidosis"),
    ("Small bowel obstruction", "Large bowel obstruction"),
    ("Acute pancreatitis", "Chronic pancreatitis"),
    ("Lunate dislocation", "Perilunate dislocation"),
    ("Testicular torsion", "Ovarian torsion"),
    ("Herpes zoster", "Herpes simplex"),
    ("Left tension pneumothorax", "Right tension pneumothorax"),
    ("Monteggia fracture", "Galeazzi fracture"),
    ("Colles fracture", "Smith fracture"),
    ("Preseptal cellulitis", "Orbital cellulitis"),
    ("Prostatitis", "Proctitis"),
    ("Cystitis", "Cholecystitis"),
    ("Malaria", "Miliaria"),
    ("Ileus", "Iritis"),
    ("Ileum perforation", "Ilium fracture"),
    ("Perineal abscess", "Peroneal nerve palsy"),
    ("Peritonitis", "Parotitis"),
    ("Pneumothorax", "Pneumomediastinum"),
    ("Hemothorax", "Hemopneumothorax"),
    ("Paraphimosis", "Phimosis"),
    ("Entropion", "Ectropion"),
    ("Hyphema", "Hypopyon"),
    ("Keratitis", "Keratosis"),
    ("Scleritis", "Episcleritis"),
    ("Scabies", "Rabies"),
    ("Tinea", "Taenia"),
    ("Impetigo", "Vertigo"),
    ("Tularemia", "Thalassemia"),
    ("Leukemia", "Leukopenia"),
    ("Thrombocytopenia", "Thrombocytosis"),
    ("Diabetes mellitus", "Diabetes insipidus"),
    ("Wernicke encephalopathy", "Hepatic encephalopathy"),
    ("Myasthenia gravis", "Lambert-Eaton syndrome"),
    ("Meningitis", "Meningioma"),
    ("Encephalitis", "Encephalopathy"),
    ("Radial nerve palsy", "Ulnar nerve palsy"),
    ("Radial head fracture", "Radial shaft fracture"),
    ("Femoral hernia", "Inguinal hernia"),
    ("Open globe injury", "Closed globe injury"),
    ("Sigmoid volvulus", "Cecal volvulus"),
    ("Valgus deformity", "Varus deformity"),
    ("Acute kidney injury", "Chronic kidney disease"),
    ("Placenta previa", "Vasa previa"),
    ("Hydrocele", "Varicocele"),
    ("Volar Barton fracture", "Dorsal Barton fracture"),
)
FRAMES = ("{}", "{}, no doubt", "?{}", "looks like {} to me")


def lookalike_pairs() -> list[tuple[str, str]]:
    """Each pair both ways: what the case says, what the reply says."""
    lexicon = load()
    pairs = {*BY_HAND, *_swapped(lexicon), *_confused(lexicon)}
    return sorted({*pairs, *((b, a) for a, b in pairs)})


def _swapped(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """A diagnosis, and the same with one of its qualifiers exchanged for its opposite."""
    for diagnosis in lexicon.diagnoses:
        words = re.findall(r"[a-z]+", diagnosis.name.lower())
        for group in lexicon.opposites:
            here = [word for word in words if word in group]
            if len(here) == 1:
                for other in sorted(group - {here[0]}):
                    if other.isalpha():
                        yield diagnosis.name, re.sub(rf"(?i)\b{here[0]}\b", other, diagnosis.name)


def _confused(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """A diagnosis, and one that the lexicon says it is confused with and is not; neither a form of the other."""
    names = {diagnosis.name.lower(): diagnosis.name for diagnosis in lexicon.diagnoses}
    parents = {d.name.lower(): {p.lower() for p in d.isa} for d in lexicon.diagnoses}
    for diagnosis in lexicon.diagnoses:
        own = diagnosis.name.lower()
        for other in {one.lower() for one in diagnosis.unlike} & names.keys():
            if other not in _above(parents, own) and own not in _above(parents, other):
                yield diagnosis.name, names[other]


def _above(parents: dict[str, set[str]], name: str) -> set[str]:
    """A name and all that contain it by the lexicon's ``isa``: more detail is no contradiction (rule 9)."""
    seen, todo = set[str](), {name}
    while todo:
        seen |= todo
        todo = {p for one in todo for p in parents.get(one, ())} - seen
    return seen
