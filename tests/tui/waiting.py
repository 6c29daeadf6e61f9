"""Waiting for the thing itself, not for a time."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

PATIENCE_S = 60.0
"""For anything to happen, on a machine that is busy with other tests as well."""


async def until(
    pilot: Pilot[Any], happened: Callable[[], bool], within: float = PATIENCE_S
) -> None:
    """Let the program run until ``happened``; fails after ``within`` seconds."""
    async with asyncio.timeout(within):
        while not happened():
            await pilot.pause(0.01)
