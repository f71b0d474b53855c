"""Grades texts with qa-metrics' PEDANTS, inside the environment of its own that ``--install-peers`` made.

Input: [{"question", "references", "texts"}] as JSON. Output, last line: [[true, ...]] as JSON, or {"error": a line}.
"""

import json
import sys


def main() -> None:
    """Read, grade, print."""
    jobs = json.load(sys.stdin)
    try:
        from qa_metrics.pedant import PEDANT  # type: ignore[import-not-found]  # noqa: PLC0415  # only here it exists

        judge = PEDANT()
        out = [[bool(judge.evaluate(j["references"], t, j["question"])) for t in j["texts"]] for j in jobs]
    except Exception as error:  # noqa: BLE001  # whatever stops it is what the table says
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return
    print(json.dumps(out))


if __name__ == "__main__":
    main()
