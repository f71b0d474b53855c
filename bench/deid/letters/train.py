"""Train the network: ``python -m bench.deid.letters.train DIR --seed 1`` writes DIR/letters.pt and DIR/letters.onnx.

One thread and bfloat16; sheets are drawn in a second process. What is kept is a running mean of the weights.
"""

import argparse
import collections
import itertools
import math
from collections.abc import Iterator
from pathlib import Path

import cv2
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader, IterableDataset

from bench.deid.letters import export, sheets
from bench.deid.letters.network import Letters
from quizbot.deid.pixels import letters

_BATCH = 4
_RATE, _DECAY = 3e-3, 1e-2
_WARM = 100  # steps
_KEPT = 0.996  # of the running mean of the weights, a step
_EVERY = 200  # steps between two checkpoints
_TEXT_WEIGHT = 2.0  # of a pixel of text over one of ground
_LATER = 40  # sheets between the two times that one is seen
_JUDGED = 32  # sheets that the network has not seen

Batch = tuple[Tensor, Tensor, Tensor]


class Sheets(IterableDataset[Batch]):
    """Samples of a seed as tensors; each comes back once, upside down: drawing one takes as long as learning it."""

    def __init__(self, seed: int, *, again: bool = True) -> None:
        self.seed = seed
        self.again = again

    def __iter__(self) -> Iterator[Batch]:
        cv2.setNumThreads(1)
        earlier: collections.deque[Batch] = collections.deque()
        for sample in sheets.samples(self.seed):
            seen, core, weight = letters.scaled(sample.seen), sample.core[None], sample.weight[None]
            batch = torch.from_numpy(seen), torch.from_numpy(core), torch.from_numpy(weight)
            yield batch
            if self.again:
                earlier.append(batch)
            if len(earlier) > _LATER:
                yield tuple(torch.flip(each, (1, 2)) for each in earlier.popleft())


def main() -> None:
    """Train, and write what came of it every few minutes."""
    parser = argparse.ArgumentParser(prog="python -m bench.deid.letters.train", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--steps", type=int, default=4000, metavar="N", help="of four sheets each, half a second a step"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    train(options.folder, options.steps, options.seed)


def train(folder: Path, steps: int, seed: int) -> None:
    """Train for so many steps; the learning rate falls along a cosine to nothing."""
    network = Letters().to(memory_format=torch.channels_last)
    mean = AveragedModel(network, avg_fn=_running, use_buffers=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, steps))
    judged = list(itertools.islice(Sheets(seed + 1_000_000, again=False), _JUDGED))
    batches = DataLoader(Sheets(seed), batch_size=_BATCH, num_workers=1, prefetch_factor=8)
    running = 0.0
    for step, batch in enumerate(itertools.islice(batches, steps), 1):
        network.train()
        loss = _loss(network, batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        mean.update_parameters(network)
        running += float(loss)
        if step % _EVERY == 0 or step == steps:
            _keep(mean.module, folder)
            print(f"{step}: loss {running / _EVERY:.4f}, unseen sheets {_judge(mean.module, judged)}", flush=True)
            running = 0.0


def _share(step: int, steps: int) -> float:
    warm = min(1.0, (step + 1) / _WARM)
    return warm * (0.5 + 0.5 * math.cos(math.pi * min(1.0, step / steps)))


def _running(mean: Tensor, now: Tensor, count: Tensor | int) -> Tensor:
    """The running mean of a weight; the first steps are soon forgotten."""
    kept = min(_KEPT, (1 + int(count)) / (10 + int(count)))
    return kept * mean + (1 - kept) * now


def _loss(network: Letters, batch: Batch) -> Tensor:
    """Cross entropy, small letters and text counted more, and what the Dice coefficient lacks (Milletari, 2016)."""
    seen, core, weight = batch
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(seen.to(memory_format=torch.channels_last))
    logits = logits.float()
    weight = weight * (1 + (_TEXT_WEIGHT - 1) * core)
    entropy = functional.binary_cross_entropy_with_logits(logits, core, weight)
    marked = torch.sigmoid(logits)
    shared, both = (weight * marked * core).sum(), (weight * (marked + core)).sum()
    return 5 * entropy + 1 - (2 * shared + 1) / (both + 1)


def _judge(network: Letters, judged: list[Batch]) -> str:
    """Precision and recall of pixels at one half, small letters counted more."""
    network.eval()
    hit = marked = wanted = 0.0
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for seen, core, weight in judged:
            found = network(seen[None].to(memory_format=torch.channels_last))[0] > 0
            text = core > 0.5  # half of a pixel
            hit += float((weight * (found & text)).sum())
            marked += float((weight * found).sum())
            wanted += float((weight * text).sum())
    return f"precision {hit / max(marked, 1):.3f} recall {hit / wanted:.3f}"


def _keep(network: Letters, folder: Path) -> None:
    torch.save(network.state_dict(), folder / "letters.pt")
    plain = Letters()
    plain.load_state_dict(network.state_dict())
    export.write(plain, folder / "letters.onnx")


if __name__ == "__main__":
    main()
