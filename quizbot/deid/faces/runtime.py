"""Loading a TensorFlow Lite model: once, from the very file the rules were measured with."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizbot.deid.facts import Unavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLDER = Path(__file__).resolve().parent / "models"


@cache
def _interpreter(file: str, digest: str) -> Any:  # noqa: ANN401  # ai-edge-litert ships no types
    try:
        from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415  # loaded only when a picture is looked at

        content = (_FOLDER / file).read_bytes()
    except (ImportError, OSError) as error:
        raise Unavailable("", f"faces cannot be looked for: {file} or what runs it is not installed") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Unavailable("", f"{file} is not the model that was measured")
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    return interpreter


def run(file: str, digest: str, picture: "NDArray[np.float32]") -> "list[NDArray[np.float32]]":
    """A model's outputs for one picture (rows × columns × RGB, scaled as the model wants it), the widest first.

    Raises:
        Unavailable: the model or the library that runs it is missing, or the file is another one.
    """
    interpreter = _interpreter(file, digest)
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], picture[None])
    interpreter.invoke()
    outputs = [interpreter.get_tensor(output["index"])[0] for output in interpreter.get_output_details()]
    return sorted(outputs, key=lambda output: output.shape[-1], reverse=True)
