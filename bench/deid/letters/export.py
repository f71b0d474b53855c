"""The trained network into a file that onnxruntime runs: ``python -m bench.deid.letters.export CHECKPOINT FILE``."""

import sys
from pathlib import Path

import torch

from bench.deid.letters.network import Letters, Marked

_OPSET = 18


def write(network: Letters, file: Path) -> None:
    """Write the network with any height and width."""
    network = network.eval()
    example = torch.zeros(1, 4, 64, 64)
    free = {0: "n", 2: "height", 3: "width"}
    torch.onnx.export(
        Marked(network),
        (example,),
        str(file),
        input_names=["seen"],
        output_names=["core"],
        dynamic_axes={"seen": free, "core": free},
        opset_version=_OPSET,
        dynamo=False,
    )


def main() -> None:
    """See above."""
    checkpoint, file = (Path(each) for each in sys.argv[1:])
    network = Letters()
    network.load_state_dict(torch.load(checkpoint, weights_only=True))
    write(network, file)
    print(f"{file}: {file.stat().st_size} bytes, {sum(each.numel() for each in network.parameters())} parameters")


if __name__ == "__main__":
    main()
