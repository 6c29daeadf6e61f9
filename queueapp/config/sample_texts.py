"""The files that come with the program, as texts."""

from importlib.resources import files


def sample_text(name: str) -> str:
    """The file ``name`` of :mod:`queueapp.config.samples`."""
    return files("queueapp.config.samples").joinpath(name).read_text(encoding="utf-8")
