"""A phone reads the code on the kiosk's screen: photographed from real windows, read by zbar."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tests.acceptance.terminals import ended_after, wait_for
from tests.devices.scanning import scanned
from tests.photographs.windows import WINDOWS, display, opened, photograph

ADDRESS = "https://queue.example.ir"
NEEDED = ("Xvfb", "xdotool", "xterm", "xfce4-terminal", "dbus-run-session")

pytestmark = [
    pytest.mark.skipif(shutil.which(program) is None, reason=f"needs {program}")
    for program in NEEDED
]


class OfficeWithPage(Office):
    """An office whose tickets have a page."""

    def write_branch_file(self) -> Path:
        path = super().write_branch_file()
        text = path.read_text(encoding="utf-8")
        path.write_text(f'public_url = "{ADDRESS}"\n{text}', encoding="utf-8")
        return path


@pytest.mark.parametrize(("name", "theme"), [("xterm", "light"), ("vte", "dark")])
def test_the_code_on_the_screen_leads_to_the_ticket_s_page(
    name: str, theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = next(window for window in WINDOWS if window.name == name)
    database = f"sqlite:///{tmp_path / 'queueapp.db'}"
    monkeypatch.setenv("QUEUEAPP_DB", database)
    monkeypatch.setenv("QUEUEAPP_LOG_FILE", str(tmp_path / "queueapp.log"))
    kiosk = ["queueapp", "kiosk", "--language", "fa", "--theme", theme]
    with ended_after(OfficeWithPage(database, tmp_path)) as office:
        office.set_up()
        with display() as screen, opened(window, kiosk, screen=screen, home=tmp_path):
            read: list[str] = []

            def shows_a_code_of(page: str) -> bool:
                read[:] = scanned(photograph(screen))
                return any(f"/{page}/" in code for code in read)

            wait_for(lambda: shows_a_code_of("j"), "the code for joining, at the beginning")
            press(screen, "1")
            wait_for(lambda: shows_a_code_of("t"), "a ticket's code that zbar reads")
            [code] = read
            assert code in {f"{ADDRESS}/t/{token}" for token in tokens(tmp_path)}


def press(screen: str, key: str) -> None:
    """Press a key of the keyboard, over the window."""
    subprocess.run(
        ["xdotool", "mousemove", "200", "200", "key", key],
        env=os.environ | {"DISPLAY": screen},
        check=True,
    )


def tokens(folder: Path) -> list[str]:
    """The secrets of the tickets that were taken."""

    connection = sqlite3.connect(folder / "queueapp.db")
    try:
        return [token for (token,) in connection.execute("SELECT token FROM ticket")]
    finally:
        connection.close()
