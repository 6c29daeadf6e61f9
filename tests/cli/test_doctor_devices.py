"""The doctor looks at the printer and the voice, and prints a test ticket when asked."""

import json
from pathlib import Path

import pytest
from PIL import Image

from queueapp.cli.doctor.findings import Finding, Verdict
from tests.cli.command_line import CommandLine
from tests.devices.network_printer import network_printer
from tests.devices.scanning import scanned

pytestmark = pytest.mark.usefixtures("office")


def found(command_line: CommandLine, subject: str, *words: str) -> list[Finding]:
    """What the doctor says of ``subject``."""
    answer = command_line("doctor", "--json", *words)
    every = [Finding(**each) for each in json.loads(answer.out)["findings"]]
    return [each for each in every if each.subject == subject]


def test_without_a_printer_nothing_is_said_of_one(command_line: CommandLine) -> None:
    assert found(command_line, "printer") == []
    [finding] = found(command_line, "printer", "--print")
    assert finding.verdict == Verdict.WRONG
    assert "--printer" in finding.advice


def test_a_printer_that_is_ready_prints_a_test_ticket(command_line: CommandLine) -> None:
    with network_printer() as printer:
        address = f"network://127.0.0.1:{printer.port}"
        [ready] = found(command_line, "printer", "--printer", address)
        assert (ready.verdict, printer.tray) == (Verdict.OK, [])
        ready, done = found(command_line, "printer", "--printer", address, "--print")
        assert done.sentence == "A test ticket was printed, 576 dots wide."
        [paper] = printer.tray
    assert scanned(paper) == ["queueapp:test"]


def test_what_a_printer_lacks_is_said_with_what_to_do(command_line: CommandLine) -> None:
    with network_printer() as printer:
        address = f"network://127.0.0.1:{printer.port}"
        printer.paper_is_low = True
        [low] = found(command_line, "printer", "--printer", address)
        printer.cover_is_open = True
        is_open, refused = found(command_line, "printer", "--printer", address, "--print")
        printer.unplug()
        [gone] = found(command_line, "printer", "--printer", address)
    assert low.verdict == Verdict.ATTENTION
    assert (is_open.verdict, is_open.advice) == (Verdict.WRONG, "Close the cover.")
    assert refused.sentence.startswith("The test ticket was not printed: the printer has its cover")
    assert "cannot be reached" in gone.sentence


def test_a_folder_gets_the_test_ticket_in_the_width_that_is_wanted(
    command_line: CommandLine, tmp_path: Path
) -> None:
    words = ("--printer", f"file://{tmp_path}", "--printer-width", "384", "--print")
    assert found(command_line, "printer", *words)[-1].verdict == Verdict.OK
    with Image.open(tmp_path / "test-ticket.png") as ticket:
        assert ticket.width == 384


def test_a_profile_that_does_not_exist_is_named(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUEUEAPP_PRINTER_PROFILE", "TM-NONE")
    [finding] = found(command_line, "printer", "--printer", "network://127.0.0.1:9")
    assert "TM-NONE" in finding.sentence


def test_a_wrong_address_is_told_with_an_example(command_line: CommandLine) -> None:
    [wrong] = [
        each
        for each in found(command_line, "settings", "--printer", "laser")
        if each.verdict == Verdict.WRONG
    ]
    assert wrong.sentence.startswith("--printer: names no printer: write network://")


def test_a_voice_says_what_it_speaks_with(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert found(command_line, "voice") == []
    monkeypatch.setenv("QUEUEAPP_VOICE", "true")
    monkeypatch.setattr("shutil.which", lambda _program: None)
    without, _card = found(command_line, "voice")
    assert without.verdict == Verdict.ATTENTION
    assert "only the chime" in without.sentence
    monkeypatch.setenv("QUEUEAPP_VOICE_CLIPS", str(tmp_path))
    (tmp_path / "fa").mkdir()
    (tmp_path / "fa" / "number.wav").write_bytes(b"")
    persian = found(command_line, "voice")[0]
    assert persian.verdict == Verdict.ATTENTION
    assert "recordings for" in persian.sentence
