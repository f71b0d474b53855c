#!/usr/bin/env bash
# The steps of the GitHub Action, so that they can be run and tested anywhere. From the repository with the cases:
#   QUIZBOT_SOURCE=path/to/quizbot BASE=origin/main CASES=cases PREVIEWS=case-previews path/to/run.sh
set -euo pipefail
source_folder=${QUIZBOT_SOURCE:?the folder with quizbot itself}
python=${PYTHON:-}
if [ -z "$python" ]; then
  environment=$(mktemp -d)
  python3 -m venv "$environment"
  python="$environment/bin/python"
  # The locked versions, each by its digest, then quizbot itself without asking for others.
  "$python" -m pip install -q --require-hashes -r "$source_folder/requirements/base.txt"
  "$python" -m pip install -q --no-deps "$source_folder"
fi
links=()
[ "${LINKS:-false}" = "true" ] && links=(--links)
# Nothing of the pull request may be imported: its folder is where the cases are, not where Python looks.
exec env PYTHONSAFEPATH=1 PYTHONPATH="$source_folder" "$python" -m tools.pull_request \
  --base "${BASE:?what to compare with, such as origin/main}" --cases "${CASES:-cases}" \
  --previews "${PREVIEWS:-case-previews}" "${links[@]}"
