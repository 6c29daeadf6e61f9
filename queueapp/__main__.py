"""``python -m queueapp`` is the same as ``queueapp``."""

from queueapp.cli import app

app()
