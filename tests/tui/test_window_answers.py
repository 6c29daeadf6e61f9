"""A terminal window is asked in a real pseudo-terminal, by windows with all kinds of manners."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from queueapp.tui.window_answers import NO_ANSWERS, QUESTIONS, ask_window

ROOT = Path(__file__).parents[2]
XTERM = b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2c"
# Lines are read from the system, one at a time: Python would take in all that waits at once.
ASKING = """
import os
from queueapp.tui.window_answers import ask_window

print("ready", flush=True)
os.read(0, 100)
answers = ask_window({"TERM": "xterm-256color"})
print("answers", answers.name, answers.reordering, answers.has_answered, flush=True)
print("typed", os.read(0, 100), flush=True)
"""
ASKING_NOBODY = """
from queueapp.tui.window_answers import ask_window

print(ask_window({"TERM": "xterm-256color"}))
"""


@pytest.fixture
def ready() -> Iterator["pexpect.spawn[bytes]"]:
    """A program that asks its window after one line, and then reads another one."""
    child = pexpect.spawn(sys.executable, ["-c", ASKING], cwd=str(ROOT), timeout=60)
    child.delaybeforesend = None
    child.expect("ready")
    yield child
    child.close(force=True)


@pytest.fixture
def asking(ready: "pexpect.spawn[bytes]") -> "pexpect.spawn[bytes]":
    """The same, while it waits for answers."""
    ready.sendline(b"ask")
    ready.expect_exact(QUESTIONS)
    return ready


def types(child: "pexpect.spawn[bytes]") -> None:
    """The next line that the program reads is a person's, and nothing else is in it."""
    child.sendline(b"sara")
    child.expect_exact(b"typed b'sara\\n'")


def test_an_answer_is_understood(asking: "pexpect.spawn[bytes]") -> None:
    asking.send(XTERM)
    asking.expect_exact(b"answers XTerm(379) 0 True")
    types(asking)


def test_an_answer_in_pieces_is_waited_for(asking: "pexpect.spawn[bytes]") -> None:
    for byte in XTERM:
        asking.send(bytes([byte]))
    asking.expect_exact(b"answers XTerm(379) 0 True")
    types(asking)


def test_a_window_that_says_nothing_is_not_waited_for_long(asking: "pexpect.spawn[bytes]") -> None:
    asking.expect_exact(b"answers  None False")
    types(asking)


def test_half_an_answer_is_taken_for_what_it_says_and_not_for_keys(
    asking: "pexpect.spawn[bytes]",
) -> None:
    asking.send(XTERM[:12])
    asking.expect_exact(b"answers  0 False")
    types(asking)


def test_no_answer_is_seen(asking: "pexpect.spawn[bytes]") -> None:
    asking.send(XTERM)
    asking.expect_exact(b"answers")
    assert asking.before is not None
    assert asking.before.strip() == b""


def test_while_keys_wait_nobody_is_asked_and_they_are_kept(ready: "pexpect.spawn[bytes]") -> None:
    ready.send(b"ask\nsara\n")
    ready.expect_exact(b"answers  None False")
    assert ready.before is not None
    assert QUESTIONS not in ready.before
    ready.expect_exact(b"typed b'sara\\n'")


def test_after_an_answer_the_window_echoes_again(asking: "pexpect.spawn[bytes]") -> None:
    asking.send(XTERM)
    asking.expect_exact(b"answers")
    assert asking.waitnoecho(timeout=0) is False


@pytest.mark.parametrize("kind", ["", "dumb", "linux"])
def test_a_terminal_that_would_print_the_questions_is_not_asked(kind: str) -> None:
    assert ask_window({"TERM": kind}) == NO_ANSWERS


def test_without_a_terminal_there_is_nobody_to_ask() -> None:
    said = subprocess.run(
        [sys.executable, "-c", ASKING_NOBODY],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
    )
    assert said.stdout.strip() == str(NO_ANSWERS)
