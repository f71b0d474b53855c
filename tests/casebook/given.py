"""Case folders to test with."""

import copy
from pathlib import Path
from typing import Any

import yaml

from quizbot.casebook import Finding, load_case

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)

QUIZ: dict[str, Any] = {
    "kind": "image-quiz",
    "prompt": "54M, pain-free now. What's the diagnosis?",
    "images": [{"file": "ecg.png", "alt": "12-lead ECG at 25 mm/s.", "origin": "synthetic"}],
    "answer": {
        "diagnosis": "Wellens syndrome",
        "accept": ["Wellens sign", "LAD T-wave syndrome"],
        "partial": [{"answer": "critical LAD stenosis", "credit": 0.5}],
        "reject": [{"answer": "NSTEMI", "because": "Troponin is normal."}],
    },
    "certainty": "certain",
    "pearl": "No stress test.",
    "references": [{"title": "A paper", "url": "https://doi.org/10.1016/0002-8703(82)90480-X"}],
    "author": "@an_educator",
    "reviewed": {"by": "@a_second_educator", "on": "2026-10-01"},
    "consent": "synthetic",
    "hashtags": ["FOAMed"],
}
PEARL: dict[str, Any] = {
    "kind": "pearl",
    "prompt": "Look at the neck veins.",
    "author": "@an_educator",
    "reviewed": {"by": "@a_second_educator", "on": "2026-10-01"},
    "consent": "synthetic",
}


class _Plain(yaml.SafeDumper):
    """Writes a value that stands in two places twice, as a person would."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def with_(base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy with keys replaced; None takes one out; ``answer__accept`` reaches into ``answer``."""
    made = copy.deepcopy(base)
    for name, value in changes.items():
        *above, last = name.split("__")
        place = made
        for part in above:
            place = place[part]
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return made


def write(folder: Path, content: dict[str, Any] | str | bytes, *files: str) -> Path:
    """A case folder with a case.yaml and files; without ``files``, with those that the case names."""
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        images = content.get("images", [])
        files = files or tuple(str(image.get("file")) for image in images if isinstance(image, dict))
        content = yaml.dump(content, Dumper=_Plain, sort_keys=False, allow_unicode=True)
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / "case.yaml").write_bytes(raw)
    for name in files:
        (folder / name).write_bytes(PNG)
    return folder


def findings_of(folder: Path, content: dict[str, Any] | str | bytes, *files: str) -> tuple[Finding, ...]:
    """What is found in such a folder."""
    return load_case(write(folder, content, *files)).findings


def brief(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """Level and key of each finding."""
    return {(str(finding.level), finding.key) for finding in findings}
