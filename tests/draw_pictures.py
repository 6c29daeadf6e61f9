"""Draws the pictures of the documents from the living demo: ``python -m tests.draw_pictures``.

Every terminal in both languages, as SVG in ``docs/pictures``. They show a branch that really lives,
so no two runs draw the same.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from queueapp.demo.demo_terminal import DemoTerminal
from queueapp.demo.living_branch import living_branch
from queueapp.demo.people import YOU, YOUR_COUNTER
from queueapp.domain.estimate import Estimate
from queueapp.domain.ticket import LegState
from tests.tui.waiting import until

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (112, 34)
SPEED = 20.0
PATIENCE_S = 600.0
_WEB_FONT = re.compile(r"@font-face \{[^}]*\}\s*")


async def draw(language: str) -> None:
    """Draw every terminal in ``language``."""
    with living_branch(SPEED, language=language) as branch:
        come = branch.you_are_there.set
        demo = DemoTerminal(branch.context(), speed=SPEED, come_to_counter=come)
        async with demo.run_test(size=SIZE) as pilot:

            async def picture(name: str) -> None:
                await pilot.pause(0.8)  # the screen draws itself, and looks as it does later
                svg = _WEB_FONT.sub("", demo.export_screenshot(simplify=True))
                (PICTURES / f"{name}-{language}.svg").write_text(svg, encoding="utf-8")

            await look_at_each(demo, pilot, picture)


async def look_at_each(
    demo: DemoTerminal, pilot: Pilot[int], picture: Callable[[str], Awaitable[None]]
) -> None:
    """Go through the demo by its keys, and make a ``picture`` of each terminal."""
    await until(pilot, _has_estimates(demo), within=PATIENCE_S)
    await picture("kiosk")
    await pilot.press("1")
    await until(pilot, lambda: "TicketScreen" in type(demo.screen).__name__)
    await picture("ticket")
    await pilot.press("f3")
    if not _at_your_desk(demo):  # else whoever stood in for you has called somebody
        await pilot.press("n")
        await until(pilot, lambda: _at_your_desk(demo), within=PATIENCE_S)
    if not _is_served(demo):
        await pilot.press("s")
        await until(pilot, lambda: _is_served(demo), within=PATIENCE_S)
    await picture("desk")
    await pilot.press("f2")
    await picture("board")
    await pilot.press("f4")
    await picture("supervisor")
    await pilot.press("f3", "f", "enter")
    await until(pilot, lambda: not _at_your_desk(demo), within=PATIENCE_S)
    await pilot.press("f5")
    await picture("rating")


def _has_estimates(demo: DemoTerminal) -> Callable[[], bool]:
    def known() -> bool:
        live = demo.live
        if live is None or live.estimates is None or live.desk(YOUR_COUNTER).staff != YOU:
            return False
        return any(isinstance(each, Estimate) for each in live.estimates.arriving.values())

    return known


def _at_your_desk(demo: DemoTerminal) -> bool:
    return demo.live is not None and demo.live.in_hand(YOUR_COUNTER) is not None


def _is_served(demo: DemoTerminal) -> bool:
    ticket = None if demo.live is None else demo.live.in_hand(YOUR_COUNTER)
    return ticket is not None and ticket.leg.state is LegState.SERVING


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for spoken in ("en", "fa"):
        asyncio.run(draw(spoken))
