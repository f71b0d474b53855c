"""The order of the help: commands stand with those that the same reader needs, in the order of their use."""

import typer
from typer.models import CommandInfo, TyperInfo

PANELS = {
    "Try it on this machine": ("demo", "sandbox"),
    "Write cases": (
        "new", "check", "preview", "grade", "draw", "deid", "sign-off", "import", "export", "schema",
    ),
    "Run the bot": (
        "init", "config", "doctor", "schedule", "run", "web", "status", "pause", "resume", "retract", "cost", "db",
    ),
    "Replies and people": ("review", "regrade", "leaderboard", "cohort", "forget", "clear-name", "user"),
}  # fmt: skip


def arrange(app: typer.Typer) -> None:
    """Put every command into its panel of the help.

    Raises:
        KeyError: a command is in no panel.
    """
    place = {name: (panel, at) for panel, names in PANELS.items() for at, name in enumerate(names)}
    registered: list[CommandInfo | TyperInfo] = [*app.registered_commands, *app.registered_groups]
    for one in registered:
        one.rich_help_panel = place[_name(one)][0]
    panels = list(PANELS)
    app.registered_commands.sort(key=lambda one: (panels.index(place[_name(one)][0]), place[_name(one)][1]))


def _name(one: CommandInfo | TyperInfo) -> str:
    return one.name or str(getattr(one.callback, "__name__", "")).replace("_", "-")
