"""A screen that breaks down leaves a sentence and a log, never what somebody typed."""

from typing import Any

import pytest
import typer
from textual.app import App

from queueapp.cli.failures import plain_sentences
from queueapp.cli.options import settings_from
from queueapp.tui.showing import show
from tests.cli.command_line import CommandLine


class Headless(App[int]):
    """A terminal without a window."""

    def run(self, **options: Any) -> int | None:  # noqa: ANN401 - Textual's own
        return super().run(headless=True, **options)


class Breaking(Headless):
    """Breaks down with a PIN in hand."""

    def on_mount(self) -> None:
        pin = "".join(("24", "68"))
        raise ZeroDivisionError(len(pin))


class Ending(Headless):
    """Ends as it was told."""

    def on_mount(self) -> None:
        self.exit(return_code=3)


def test_a_screen_that_breaks_down_is_told_in_a_sentence_and_kept_in_the_log(
    command_line: CommandLine, capfd: pytest.CaptureFixture[str]
) -> None:
    settings_from(None)
    with pytest.raises(typer.Exit) as ended, plain_sentences():
        show(Breaking())
    assert ended.value.exit_code == 1
    told = capfd.readouterr()
    assert told.err == (
        "Something went wrong that should not have: ZeroDivisionError."
        f" The details are in {command_line.home / 'queueapp.log'}.\n"
    )
    assert "in on_mount" in command_line.log()
    assert "2468" not in told.out + told.err + command_line.log()


def test_a_terminal_that_ends_gives_its_exit_code() -> None:
    assert show(Ending()) == 3
