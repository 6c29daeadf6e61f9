"""Where files are kept that can be made anew at any time."""

import shutil
from pathlib import Path

from platformdirs import user_cache_path


def compiled_code_folder() -> Path:
    """The folder of compiled code in the user's cache folder; whoever writes there makes it."""
    return user_cache_path("queueapp", appauthor=False) / "compiled"


def keep_latest(used: Path, *, most: int) -> None:
    """Remove all folders beside ``used`` but those used last: ``most`` of them stay.

    Whoever uses one of them says so here. What another process holds open or has removed is left.
    """
    used.mkdir(parents=True, exist_ok=True)
    used.touch()
    folders = [folder for folder in used.parent.iterdir() if folder.is_dir() and folder != used]
    folders.sort(key=_last_used, reverse=True)
    for unused in folders[most - 1 :]:
        shutil.rmtree(unused, ignore_errors=True)


def _last_used(folder: Path) -> float:
    return folder.stat().st_mtime if folder.exists() else 0.0


def printer_profiles_folder() -> Path:
    """The folder where python-escpos keeps the printer profiles that it has read."""
    return user_cache_path("queueapp", appauthor=False) / "printers"
