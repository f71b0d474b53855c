"""Print what is marked: ``python -m bench.words``.

Recall is the share of identifiers with a mark on their own letters; of harmless sentences it counts those stopped.
``--made N`` adds N sentences of each of twelve kinds that Faker makes (``pip install faker``), ``--missed`` prints what
was missed. With ``QUIZBOT_PRESIDIO=DIR`` (see ``bench/deid/presidio_env.sh``) Presidio reads the same sentences.
"""

import argparse
import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.words.labelled import HARMLESS, Sentence, sets
from bench.words.made import made
from quizbot.deid.finding import Decision
from quizbot.deid.words import VERSION, read_words

_WORKER = Path(__file__).with_name("presidio_worker.py")
Spans = list[tuple[int, int, bool]]
"""Start, end, and whether it refuses."""
Reader = Callable[[str], Spans]


@dataclass
class Score:
    """What a reader did with a set."""

    found: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    refused: int = 0
    held: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)

    def count(self, sentence: Sentence, read: Reader) -> None:
        start = time.process_time()
        spans = read(sentence.text)
        self.seconds += time.process_time() - start
        if sentence.letter == HARMLESS:
            refused = any(refuses for _, _, refuses in spans)
            self.harmless += 1
            self.refused += refused
            self.held += bool(spans) and not refused
        for start_, end in sentence.spans:
            hit = any(a < end and start_ < b for a, b, _ in spans)
            self.all[sentence.letter] += 1
            self.found[sentence.letter] += hit
            self.missed += [] if hit else [f"{sentence.letter} {sentence.text}"]


def _ours(text: str) -> Spans:
    return [(mark.start, mark.end, mark.finding.decision is Decision.REFUSE) for mark in read_words(text)]


@contextmanager
def _presidio() -> Iterator[Reader | None]:
    """Presidio's reader, or None without its environment."""
    folder = os.environ.get("QUIZBOT_PRESIDIO")
    if not folder:
        yield None
        return
    command = [str(Path(folder) / "bin" / "python"), str(_WORKER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  # both are pipes
        process.stdout.readline()

        def read(text: str) -> Spans:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  # as above
            print(json.dumps(text), file=process.stdin, flush=True)
            return [(start, end, False) for start, end in json.loads(process.stdout.readline())["spans"]]

        yield read
        process.stdin.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.words", description=__doc__)
    parser.add_argument("--made", type=int, default=0, metavar="N", help="so many made sentences of each kind")
    parser.add_argument("--seed", type=int, default=1, help="other made sentences")
    parser.add_argument("--missed", action="store_true", help="print what was missed")
    options = parser.parse_args()
    measured = list(sets())
    if options.made:
        measured.append((f"made, seed {options.seed}", list(made(options.seed, options.made))))
    print(VERSION)
    with _presidio() as presidio:
        for name, sentences in measured:
            for reader, read in (("quizbot", _ours), ("Presidio", presidio)):
                if read is not None:
                    _print(name, reader, _scored(sentences, read), missed=options.missed and reader == "quizbot")


def _scored(sentences: list[Sentence], read: Reader) -> Score:
    score = Score()
    for sentence in sentences:
        score.count(sentence, read)
    return score


def _print(name: str, reader: str, score: Score, *, missed: bool) -> None:
    every, found = score.all.total(), score.found.total()
    lacking = " ".join(
        f"{k} {score.all[k] - score.found[k]}" for k in sorted(score.all) if score.all[k] > score.found[k]
    )
    harmless = f"harmless {score.harmless}: refused {score.refused}, held {score.held}" if score.harmless else ""
    recall = f"{found}/{every} found ({100 * found / every:.1f} %)" if every else "no identifiers"
    print(f"{name:16}{reader:10}{recall:28}{harmless:40}{'missed by letter: ' + lacking if lacking else ''}")
    if missed and score.missed:
        print("\n".join(f"    {line}" for line in score.missed))


if __name__ == "__main__":
    main()
