"""Waiting for the thing itself, not for a time."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot


async def until(pilot: Pilot[Any], happened: Callable[[], bool], within: float = 10.0) -> None:
    """Let the program run until ``happened``; fails after ``within`` seconds."""
    async with asyncio.timeout(within):
        while not happened():
            await pilot.pause(0.01)
