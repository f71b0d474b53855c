"""What can be drawn. A new diagnosis is a function beside this file and a line in ``DIAGNOSES``.

``patient`` holds what the functions start from: a healthy heart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quizbot.drawing.ecg.diagnoses import conduction, ischaemia, metabolic, rhythms, wide
from quizbot.drawing.ecg.patient import Chance, Plan, normal

__all__ = ["DIAGNOSES", "Diagnosis", "Plan"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis that can be drawn.

    Attributes:
        title: its name, for ``--list``.
        plan: settles a patient, from chance and the seconds wanted.
    """

    title: str
    plan: Callable[[Chance, float], Plan]


DIAGNOSES: Mapping[str, Diagnosis] = {
    "normal": Diagnosis("Normal sinus rhythm", normal),
    "wellens": Diagnosis("Wellens syndrome, type A", ischaemia.wellens),
    "de-winter": Diagnosis("De Winter T waves", ischaemia.de_winter),
    "posterior-infarction": Diagnosis("Posterior infarction", ischaemia.posterior_infarction),
    "inferior-rv-infarction": Diagnosis(
        "Inferior infarction, right ventricle involved", ischaemia.inferior_and_right_ventricular_infarction
    ),
    "diffuse-ischaemia": Diagnosis(
        "Diffuse subendocardial ischaemia (left main pattern)", ischaemia.diffuse_subendocardial_ischaemia
    ),
    "complete-heart-block": Diagnosis("Complete heart block, junctional escape", conduction.complete_heart_block),
    "wenckebach": Diagnosis("Second-degree AV block, Mobitz I", conduction.wenckebach),
    "mobitz-2": Diagnosis("Second-degree AV block, Mobitz II", conduction.mobitz_2),
    "pre-excitation": Diagnosis("Pre-excitation (Wolff-Parkinson-White)", conduction.pre_excitation),
    "hyperkalaemia": Diagnosis("Severe hyperkalaemia", metabolic.hyperkalaemia),
    "hypokalaemia": Diagnosis("Severe hypokalaemia", metabolic.hypokalaemia),
    "hypocalcaemia": Diagnosis("Hypocalcaemia", metabolic.hypocalcaemia),
    "sodium-channel-blockade": Diagnosis("Sodium channel blockade (tricyclic)", metabolic.sodium_channel_blockade),
    "brugada": Diagnosis("Brugada pattern, type 1", metabolic.brugada),
    "pericarditis": Diagnosis("Acute pericarditis", metabolic.pericarditis),
    "hypothermia": Diagnosis("Hypothermia", metabolic.hypothermia),
    "atrial-flutter": Diagnosis("Atrial flutter, 2:1", rhythms.flutter),
    "tremor": Diagnosis("Tremor artefact that looks like ventricular tachycardia", rhythms.tremor),
    "ventricular-tachycardia": Diagnosis("Monomorphic ventricular tachycardia", wide.ventricular_tachycardia),
    "pre-excited-fibrillation": Diagnosis("Pre-excited atrial fibrillation", wide.pre_excited_fibrillation),
    "failure-to-capture": Diagnosis("Pacemaker, failure to capture", rhythms.failure_to_capture),
}
