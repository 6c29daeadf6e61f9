"""What a terminal loads before its first screen; every megabyte and millisecond counts."""

import subprocess
import sys

import pytest

NEVER_AT_START = {
    "numpy": "the forecaster's, a process of its own",
    "queueapp.forecast": "the forecaster's, a process of its own",
    "alembic": "for a database that needs an upgrade",
    "qrcode": "for a ticket",
    "PIL": "the printer's, a process of its own",
    "escpos": "the printer's, a process of its own",
    "miniaudio": "the voice's, a process of its own",
    "queueapp.devices": "for processes of their own",
    "persiantools": "for Jalali dates",
    "psutil": "for bench and doctor",
    "fastapi": "for the phone page",
    "uvicorn": "for the phone page",
    "jinja2": "for the phone page",
    "httpx": "for webhooks",
    "prometheus_client": "for the figures of the web part",
    "queueapp.web": "a process of its own",
    "hypothesis": "for tests",
    "queueapp.benchmarks": "for bench",
    "queueapp.demo": "for the demo",
    "queueapp.simulator": "for the demo",
}
"""Modules, and what they are for instead."""

TERMINALS = {
    "kiosk": "kiosk.welcome_screen",
    "board": "kiosk.board_screen",
    "rate": "kiosk.rate_screen",
    "counter": "counters.desk_screen",
    "supervisor": "counters.supervisor",
}
"""Each terminal, and the module of its first screen."""


@pytest.mark.parametrize("terminal", TERMINALS)
def test_a_terminal_starts_light(terminal: str) -> None:
    loaded = loaded_by(
        "queueapp.cli", "queueapp.bootstrap", "queueapp.tui.terminal", TERMINALS[terminal]
    )
    assert "textual" in loaded
    assert {name: why for name, why in NEVER_AT_START.items() if name in loaded} == {}


def test_a_forecaster_that_waits_for_its_turn_is_light() -> None:
    loaded = loaded_by("queueapp.cli", "queueapp.bootstrap.forecaster")
    assert {"numpy", "numba", "queueapp.forecast"} & loaded == set()


def test_the_web_part_answers_without_what_only_webhooks_need() -> None:
    loaded = loaded_by("queueapp.cli", "queueapp.bootstrap.web", "queueapp.web.server")
    assert "uvicorn" in loaded
    assert "httpx" not in loaded


def test_help_answers_without_loading_what_it_tells_about() -> None:
    loaded = loaded_by("queueapp.cli")
    assert {"textual", "sqlalchemy", "pydantic", "numpy"} & loaded == set()


def loaded_by(*modules: str) -> set[str]:
    """Everything that is imported with ``modules``, in a process of its own."""
    code = f"import sys, {', '.join(modules)}\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ended.stdout.split())
