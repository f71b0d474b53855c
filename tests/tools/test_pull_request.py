"""The GitHub Action's script on a real repository: what it checks, what it says, and what it keeps to itself."""

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
import yaml

from quizbot.core.bundled import bundled
from tests.casebook.given import PEARL, QUIZ, with_, write
from tools.pull_request.changed import touched_cases
from tools.pull_request.telling import annotation, annotations, summary

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Zebra stripes syndrome"


def git(repository: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=repository, check=True, capture_output=True)  # noqa: S603, S607  # git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with an old broken case on main, and a branch that adds five."""
    made = tmp_path / "repo"
    write(made / "cases" / "old", "kind: [")
    git(made, "init", "-q")
    git(made, "add", ".")
    git(made, "commit", "-qm", "old")
    git(made, "checkout", "-qb", "branch")
    folder = write(made / "cases" / "drawn", QUIZ)
    (folder / "ecg.png").write_bytes(next(bundled("cases").glob("*/*.png")).read_bytes())
    patient = [QUIZ["images"][0] | {"origin": "patient"}]
    write(made / "cases" / "patient", with_(QUIZ, images=patient, consent="not-identifiable", prompt="Another."))
    write(made / "cases" / "claimed", with_(QUIZ, prompt="A fifth. What's the diagnosis?"))  # drawn, says case.yaml
    write(made / "cases" / "broken", with_(PEARL, prompt=SECRET, author=SECRET))
    write(made / "cases" / "x,y%0A", with_(PEARL, prompt="A third."))
    (made / ".env").write_text("QUIZBOT_NO_SUCH_SETTING=1\n")
    (made / "quizbot.py").write_text("raise SystemExit('code of the pull request was run')\n")
    git(made, "add", ".")
    git(made, "commit", "-qm", "new")
    return made


def run(repository: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
    environment |= {"QUIZBOT_SOURCE": str(ROOT), "PYTHON": sys.executable, "BASE": "main"}
    environment["GITHUB_STEP_SUMMARY"] = str(repository.parent / "summary.md")
    script = str(ROOT / "tools" / "pull_request" / "run.sh")
    return subprocess.run(  # noqa: S603  # our own script
        [script], cwd=repository, env=environment | more, capture_output=True, text=True, check=False
    )


def test_it_checks_what_changed_says_where_and_shows_only_what_was_drawn(repository):
    done = run(repository)
    said = done.stdout + done.stderr + (repository.parent / "summary.md").read_text()
    assert done.returncode == 1
    assert "::error file=cases/broken/case.yaml,line=" in done.stdout
    assert "title=error at author::" in done.stdout
    assert "cases/old" not in said
    for text in (SECRET, "Wellens", "neck veins", "54M"):
        assert text not in said
    pages = [page.read_text() for page in sorted((repository / "case-previews").iterdir())]
    assert [("54M" in page, "Another." in page) for page in pages] == [(True, False), (False, False)]
    assert any("data:image/png" in page for page in pages)
    assert not any("A fifth." in page for page in pages)
    lines = done.stdout.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines[:-1])
    assert lines[-1].startswith("5 cases checked, ")


def test_a_base_that_is_not_there_is_said_in_a_line(repository):
    done = run(repository, BASE="origin/nowhere")
    assert (done.returncode, done.stdout.count("\n")) == (3, 1)


def test_a_pull_request_without_cases_passes(repository):
    done = run(repository, BASE="branch")
    assert (done.returncode, done.stdout) == (0, "0 cases checked, 0 errors, 0 previews\n")


@pytest.mark.parametrize("file", ["a\n::error::forged", "a,line=1::x", "100%", "a:b"])
def test_no_name_of_a_file_forges_a_command(file):
    line = annotation({"file": file, "line": 3, "key": "prompt", "level": "error", "message": SECRET})
    assert "\n" not in line
    place = line.split("::")[1]
    assert place.count(",") == 2
    assert SECRET not in line


def test_errors_come_first_and_not_too_many():
    records = [{"file": "a", "line": n, "key": "", "level": "warning"} for n in range(100)]
    found = annotations([*records, {"file": "a", "line": 1, "key": "b", "level": "error"}])
    assert (len(found), found[0].startswith("::error ")) == (50, True)
    assert "1 errors, 100 warnings" in summary(1, [*records, {"level": "error"}], 0)


def test_a_case_that_was_deleted_is_not_checked(tmp_path):
    (tmp_path / "cases" / "a").mkdir(parents=True)
    files = ["cases/a/case.yaml", "cases/gone/case.yaml", "cases/_notes/x", "README.md", "cases/loose.yaml"]
    assert touched_cases(files, PurePosixPath("cases"), tmp_path) == [Path("cases/a")]


def test_the_action_runs_the_script_and_takes_inputs_by_the_environment_alone():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = action["runs"]["steps"]
    assert step["run"].strip('"').endswith("tools/pull_request/run.sh")
    assert "${{" not in step["run"]
    assert set(step["env"]) == {"QUIZBOT_SOURCE", "BASE", "CASES", "LINKS", "PREVIEWS"}
    assert all(f"{{{name}:" in (ROOT / "tools/pull_request/run.sh").read_text() for name in step["env"])


def test_the_workflow_to_copy_can_write_nothing_and_gives_inputs_that_exist():
    text = (ROOT / "docs" / "workflow-to-copy.yml").read_text()
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {"contents": "read"}
    assert set(flow[True]) == {"pull_request"}  # YAML 1.1 reads the key "on" as true
    assert "secrets." not in text
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    ours = next(step for step in flow["jobs"]["check"]["steps"] if "quizbot@" in step["uses"])
    assert set(ours["with"]) <= set(inputs)
    assert any(step["uses"].startswith("actions/upload-artifact@") for step in flow["jobs"]["check"]["steps"])
