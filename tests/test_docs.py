"""The docs name what the code has, and the README's two lines are where CI looks for them."""

import re
from pathlib import Path

import pytest
import typer.main

from quizbot.cli import app
from quizbot.cli.settings_text import commented_env, env_name
from quizbot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def commands() -> list[str]:
    root = typer.main.get_command(app)
    names = []
    for name, command in root.commands.items():  # type: ignore[attr-defined]  # the app is a group
        names += [f"{name} {sub}" for sub in command.commands] if hasattr(command, "commands") else [name]
    return names


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_named_in_the_docs_and_in_the_env_that_init_writes(name):
    assert f"`{env_name(name)}`" in DOCS
    assert f"{env_name(name)}=" in commented_env()


@pytest.mark.parametrize("name", commands())
def test_every_command_is_named_in_the_docs(name):
    assert f"quizbot {name}" in DOCS


@pytest.mark.parametrize("mark", ["demo", "tests"])
def test_the_readme_has_its_two_lines_as_one_line_blocks(mark):
    block = re.search(rf"<!-- {mark} -->\n```\n(.+)\n```", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert block is not None
    assert block[1].startswith("python3 -m venv .venv && ")


def test_every_link_inside_the_docs_leads_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
