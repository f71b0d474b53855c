"""The names and titles of all that can be drawn, for a list without numpy. A test holds each against its module."""

from collections.abc import Mapping

TITLES: Mapping[str, Mapping[str, str]] = {
    "ecg": {
        "normal": "Normal sinus rhythm",
        "wellens": "Wellens syndrome, type A",
        "de-winter": "De Winter T waves",
        "posterior-infarction": "Posterior infarction",
        "inferior-rv-infarction": "Inferior infarction, right ventricle involved",
        "diffuse-ischaemia": "Diffuse subendocardial ischaemia (left main pattern)",
        "complete-heart-block": "Complete heart block, junctional escape",
        "wenckebach": "Second-degree AV block, Mobitz I",
        "mobitz-2": "Second-degree AV block, Mobitz II",
        "pre-excitation": "Pre-excitation (Wolff-Parkinson-White)",
        "hyperkalaemia": "Severe hyperkalaemia",
        "hypokalaemia": "Severe hypokalaemia",
        "hypocalcaemia": "Hypocalcaemia",
        "sodium-channel-blockade": "Sodium channel blockade (tricyclic)",
        "brugada": "Brugada pattern, type 1",
        "pericarditis": "Acute pericarditis",
        "hypothermia": "Hypothermia",
        "atrial-flutter": "Atrial flutter, 2:1",
        "tremor": "Tremor artefact that looks like ventricular tachycardia",
        "ventricular-tachycardia": "Monomorphic ventricular tachycardia",
        "pre-excited-fibrillation": "Pre-excited atrial fibrillation",
        "failure-to-capture": "Pacemaker, failure to capture",
    },
    "capnogram": {
        "normal": "Normal capnogram",
        "bronchospasm": "Bronchospasm",
        "oesophageal-intubation": "Oesophageal intubation",
        "return-of-circulation": "Return of spontaneous circulation",
    },
    "pressure": {
        "artery": "Arterial pressure, rightly damped",
        "underdamped": "Arterial pressure, underdamped tubing",
        "overdamped": "Arterial pressure, overdamped tubing",
        "veins": "Central venous pressure, normal",
        "tricuspid-regurgitation": "Central venous pressure, severe tricuspid regurgitation",
        "cannon-waves": "Central venous pressure, cannon a waves (junctional rhythm)",
    },
    "mmode": {
        "lung-sliding": "Normal lung sliding",
        "pneumothorax": "Pneumothorax",
        "lung-point": "Lung point",
    },
    "bmode": {
        "a-lines": "Lung, A-lines",
        "b-lines": "Lung, B-lines (interstitial syndrome)",
        "heart": "Heart, parasternal long axis, no effusion",
        "pericardial-effusion": "Pericardial effusion, parasternal long axis",
        "pleural-effusion": "Left pleural effusion, parasternal long axis",
    },
}
"""By kind, then by the diagnosis's name, in the order in which they are listed."""
