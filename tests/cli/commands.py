"""Every command of the command line by the words that call it."""

from typing import Any


def commands(group: Any, prefix: str = "") -> dict[str, Any]:  # noqa: ANN401 - Typer's own click
    """The visible commands: ``{"kiosk": …, "staff add": …}``."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        if command.hidden:
            continue
        words = f"{prefix}{name}"
        if hasattr(command, "commands"):
            found |= commands(command, f"{words} ")
        else:
            found[words] = command
    return found
