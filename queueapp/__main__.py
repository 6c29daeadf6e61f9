"""The program's way in: ``queueapp``, and ``python -m queueapp``, which is the same."""

import gc
import os

NEW_OBJECTS_BEFORE_COLLECTING = 50_000


def main() -> None:
    """Run the command line."""
    # What is loaded is kept: to look through it after each 700 new objects, as Python does
    # otherwise, takes a tenth of the time until a terminal is on the screen.
    gc.set_threshold(NEW_OBJECTS_BEFORE_COLLECTING)
    # And Pydantic reads the description of every installed package to find plugins of its own.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    from queueapp.cli import app  # noqa: PLC0415 - loaded as said above

    app()


if __name__ == "__main__":
    main()
