#!/usr/bin/env bash
# The network for small letters, made anew: bench/deid/letters/train.sh DIR, from the checkout's folder. It builds an
# environment of its own in DIR/env (torch is heavy, and nothing else needs it), trains for forty minutes on two cores,
# and writes DIR/letters.onnx. It wants Debian's fonts, those of TUNING and PRACTICE in bench/deid/fonts.py.
set -euo pipefail
python3 -m venv "$1/env"
"$1/env/bin/pip" install -q torch==2.14.1 onnx==1.23.2 scikit-image==0.26.0 -e '.[deid]'
"$1/env/bin/python" -m bench.deid.letters.train "$1" --steps 3000 --seed 1
sha256sum "$1/letters.onnx"
