"""The public cannot leave a locked terminal; staff can. Tried in a real terminal."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from queueapp.tui.driver import KEEP_CELL_ORDER, RESTORE_CELL_ORDER, WINDOW_CLOSED
from queueapp.tui.environment import NOT_A_TERMINAL, scrub_environment
from queueapp.tui.terminal import LockedTerminal
from tests.tui.fakes import RecordingOperations, fake_context
from tests.tui.screens import SampleScreen
from tests.tui.waiting import until

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "tests.tui.locked_program"]
INERT = {
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
    "ctrl+z": "\x1a",
    "ctrl+backslash": "\x1c",
    "ctrl+d": "\x04",
    "f1": "\x1bOP",
}


@pytest.fixture
def locked() -> Iterator["pexpect.spawn[str]"]:
    environment = {**os.environ, "TEXTUAL_ALLOW_SIGNALS": "1", "TERM": "xterm-256color"}
    child = pexpect.spawn(
        PROGRAM[0],
        PROGRAM[1:],
        cwd=str(ROOT),
        env=environment,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    child.expect("3 waiting")
    yield child
    child.close(force=True)


def test_no_key_of_the_public_ends_or_stops_it_and_staff_can_leave(
    locked: "pexpect.spawn[str]",
) -> None:
    for key in INERT.values():
        locked.send(key)
    locked.send("?")  # the proof that it still listens, after all of them
    locked.expect("What the keys do")
    assert locked.isalive()
    locked.send("?")
    locked.send("\x0c")
    locked.expect(pexpect.EOF)
    locked.wait()
    assert locked.exitstatus == 0


def test_the_terminal_leaves_the_order_of_cells_alone_while_it_runs(
    locked: "pexpect.spawn[str]",
) -> None:
    before = locked.before
    assert isinstance(before, str)
    assert KEEP_CELL_ORDER in before
    locked.send("\x0c")
    locked.expect(pexpect.EOF)
    after = locked.before
    assert isinstance(after, str)
    assert RESTORE_CELL_ORDER in after


def test_it_ends_when_nobody_holds_its_window_any_more() -> None:
    ours, theirs = pty.openpty()
    # In a session of its own, as a service is: nobody sends it a hang-up.
    with subprocess.Popen(
        PROGRAM,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as program:
        os.close(theirs)
        drawn = b""
        while b"3 waiting" not in drawn:
            drawn += os.read(ours, 65536)
        os.close(ours)
        assert program.wait(timeout=60) in {-signal.SIGHUP, WINDOW_CLOSED}


@pytest.mark.parametrize("key", INERT)
async def test_a_key_that_leads_out_of_textual_does_nothing(key: str) -> None:
    operations = RecordingOperations()
    terminal = LockedTerminal(fake_context(operations=operations), SampleScreen)
    async with terminal.run_test() as pilot:
        await pilot.press(key, "n")
        await until(pilot, lambda: len(operations.commands) == 1)
        assert isinstance(terminal.screen, SampleScreen)


def test_textual_variables_are_taken_away_and_others_stay() -> None:
    variables = {"TEXTUAL_ALLOW_SIGNALS": "1", "TEXTUAL": "devtools", "HOME": "/home/sara"}
    scrub_environment(variables)
    assert variables == {"HOME": "/home/sara"}


def test_without_a_terminal_there_is_a_sentence_and_no_screen() -> None:
    ended = subprocess.run(
        PROGRAM, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert NOT_A_TERMINAL in ended.stderr


def test_a_terminal_starts_without_what_only_some_screens_need() -> None:
    code = (
        "import sys, queueapp.tui.terminal, queueapp.tui.big_number, queueapp.tui.qr_code\n"
        "print(*sorted({'numpy', 'sqlmodel', 'qrcode', 'PIL', 'persiantools'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == ""
