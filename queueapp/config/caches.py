"""Where files are kept that can be made anew at any time."""

from pathlib import Path

from platformdirs import user_cache_path


def compiled_code_folder() -> Path:
    """The folder of compiled code in the user's cache folder; whoever writes there makes it."""
    return user_cache_path("queueapp", appauthor=False) / "compiled"


def printer_profiles_folder() -> Path:
    """The folder where python-escpos keeps the printer profiles that it has read."""
    return user_cache_path("queueapp", appauthor=False) / "printers"
