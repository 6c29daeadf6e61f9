"""Runs the demo."""

from queueapp.demo.demo_terminal import DemoTerminal
from queueapp.demo.living_branch import living_branch


def run_demo(speed: float, *, language: str | None, theme: str | None) -> int:
    """Show the demo until somebody ends it; the exit code."""
    with living_branch(speed, language=language, theme=theme) as branch:
        terminal = DemoTerminal(branch.context(), speed=speed)
        terminal.run()
    return terminal.return_code or 0
