"""How the kiosk looks, in both languages and at two sizes."""

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from kiosk.ticket_screen import TicketScreen
from tests.kiosk.customers import at_the_kiosk, morning, office, receipt_for
from tests.snapshots import LANGUAGES, SIZES, Svg, picture
from tests.tui.fakes import INTERNET

EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_welcome(snapshot: SnapshotAssertion, language: str, size: tuple[int, int]) -> None:
    branch = office()
    closed = replace(branch.service(INTERNET), is_open=False)
    live = morning(branch.with_service(closed))
    async with at_the_kiosk(live, size=size, language=language) as customer:
        assert await picture(customer.pilot) == snapshot(extension_class=Svg)


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_ticket(snapshot: SnapshotAssertion, language: str, size: tuple[int, int]) -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live), size=size, language=language) as customer:
        await customer.presses("1")
        await customer.sees(TicketScreen)
        customer.screen.on_mouse_down()  # the countdown starts anew: it must not differ by a second
        customer.screen.catch_up()
        assert await picture(customer.pilot) == snapshot(extension_class=Svg)
