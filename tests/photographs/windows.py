"""Terminal windows under an X server without a screen: how each is started, and what is seen."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab
from platformdirs import user_cache_path

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 132, 38
SCREEN = (1400, 1000)
FONT = "DejaVu Sans Mono"
WITHIN_THE_CELL = "FreeMono"
"""kitty cuts off what a letter has outside its cell, which in the other font some have."""
JOINED_LETTERS = "U+FB50-U+FDFF,U+FE70-U+FEFC"
COLOURS = 48
"""As many as a picture of a terminal needs to look as it does."""

NOT_OF_THE_WINDOW = {
    *("TMUX", "WAYLAND_DISPLAY", "NO_COLOR", "DBUS_SESSION_BUS_ADDRESS", "COLUMNS", "LINES"),
}
"""Variables of whoever starts the window that are wrong within it."""

_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalWindow:
    """A program that terminals run in, with what makes Persian right in it."""

    name: str
    command: tuple[str, ...]
    """Up to where the program to run in it follows."""

    @property
    def is_installed(self) -> bool:
        """Everything that its command needs is there."""
        needed = [
            word for word in self.command if word in {self.command[0], "xfce4-terminal", "konsole"}
        ]
        return all(shutil.which(program) for program in needed)


WINDOWS = (
    TerminalWindow(
        name="xterm",
        command=(
            *("xterm", "-tn", "xterm-256color", "-geometry", f"{COLUMNS}x{ROWS}+0+0", "-b", "0"),
            *("-bw", "0", "+sb", "-fa", FONT, "-fs", "12", "-e"),
        ),
    ),
    TerminalWindow(
        name="vte",
        command=(
            *("dbus-run-session", "--", "xfce4-terminal", "--disable-server", "--hide-menubar"),
            *("--hide-scrollbar", "--hide-borders", f"--geometry={COLUMNS}x{ROWS}+0+0"),
            *(f"--font={FONT} 11", "-x"),
        ),
    ),
    TerminalWindow(
        name="kitty",
        command=(
            *("kitty", "--config", "NONE", "-o", "force_ltr=yes", "-o", f"font_family={FONT}"),
            *("-o", "font_size=11", "-o", f"symbol_map={JOINED_LETTERS} {WITHIN_THE_CELL}"),
            *("-o", "remember_window_size=no"),
            *("-o", f"initial_window_width={COLUMNS}c", "-o", f"initial_window_height={ROWS}c"),
        ),
    ),
    TerminalWindow(
        name="konsole",
        command=(
            *("dbus-run-session", "--", "konsole", "--nofork", "--hide-menubar", "--hide-tabbar"),
            *("-p", "BidiRenderingEnabled=false", "-p", f"TerminalColumns={COLUMNS}"),
            *("-p", f"TerminalRows={ROWS}", "-p", f"Font={FONT},11", "-p", "ScrollBarPosition=2"),
            "-e",
        ),
    ),
)


@contextmanager
def display() -> Iterator[str]:
    """An X server of its own with a white screen; its name, such as ``:3``."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24"),
            *("-wr", "-nolisten", "tcp", "-noreset"),
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def opened(
    window: TerminalWindow, program: Sequence[str], *, screen: str, home: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """``program`` (a module and its arguments) running in ``window``; ended with all it started."""
    environment = {
        name: value for name, value in os.environ.items() if name not in NOT_OF_THE_WINDOW
    }
    environment |= {
        "DISPLAY": screen,
        "HOME": str(home),  # nobody's own settings
        "XDG_CACHE_HOME": str(user_cache_path()),  # but what takes long is not made anew
        "XDG_RUNTIME_DIR": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "NO_AT_BRIDGE": "1",
        "PYTHONPATH": str(ROOT),
    }
    running = subprocess.Popen(
        # xterm shows all colours and does not say so.
        [*window.command, "env", "COLORTERM=truecolor", sys.executable, "-m", *program],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def photograph(screen: str) -> Image.Image:
    """What can be seen on ``screen``, without the empty room around the window."""
    seen = ImageGrab.grab(xdisplay=screen).convert("RGB")
    around = ImageChops.difference(seen, Image.new("RGB", seen.size, _WHITE)).getbbox()
    return seen if around is None else seen.crop(around)


def save(picture: Image.Image, path: Path) -> None:
    """Write a small PNG."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
