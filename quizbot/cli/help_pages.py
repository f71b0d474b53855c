"""How the help looks: commands stand with those that the same reader needs, in the order of their use."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import CommandInfo, TyperInfo

PANELS = {
    "Try it on this machine": ("demo", "sandbox"),
    "Write cases": (
        "new", "check", "preview", "grade", "draw", "deid", "sign-off", "import", "export", "schema",
    ),
    "Run the bot": (
        "init", "config", "doctor", "schedule", "run", "web", "status", "pause", "resume", "retract", "cost", "db",
    ),
    "Replies and people": ("review", "regrade", "leaderboard", "forget", "clear-name", "cohort", "user"),
}  # fmt: skip


class _Plain:
    """A command whose flags stand without a type: "--web <bool>" would be read as "--web yes"."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # typer keeps its copy of click to itself
        params = super().get_params(ctx)  # type: ignore[misc]  # of the command beside it
        for one in params:
            if getattr(one, "is_flag", False):
                one.metavar = ""
        return params


class _Command(_Plain, TyperCommand):
    pass


class _Group(_Plain, TyperGroup):
    pass


def arrange(app: typer.Typer) -> None:
    """Put every command into its panel of the help.

    Raises:
        KeyError: a command is in no panel.
    """
    panels = list(PANELS)
    place = {name: (panels.index(panel), at) for panel, names in PANELS.items() for at, name in enumerate(names)}
    registered: list[CommandInfo | TyperInfo] = [*app.registered_commands, *app.registered_groups]
    for one in registered:
        one.rich_help_panel = panels[place[_name(one)][0]]
    app.registered_commands.sort(key=lambda one: place[_name(one)])
    _unburden(app)


def _name(one: CommandInfo | TyperInfo) -> str:
    return one.name or str(getattr(one.callback, "__name__", "")).replace("_", "-")


def _unburden(app: typer.Typer) -> None:
    app.info.cls = _Group
    if app.registered_callback:
        app.registered_callback.cls = _Group
    for command in app.registered_commands:
        command.cls = _Command
    for group in app.registered_groups:
        if group.typer_instance:
            group.cls = _Group
            _unburden(group.typer_instance)
