"""How the hall board looks."""

import pytest
from syrupy.assertion import SnapshotAssertion

from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState
from tests.kiosk.halls import branch_of, called, served, waiting
from tests.kiosk.test_board_stories import MORNING, hall
from tests.snapshots import LANGUAGES, SIZES, Svg, picture
from tests.tui.fakes import INTERNET, fake_live

BUSY = fake_live(
    waiting(50),
    waiting(51),
    *(called(60 + at, at, ago=300 - at, state=LegState.SERVING) for at in range(1, 8)),
    branch=branch_of(8),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_a_new_call(
    size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    async with hall(size=size, language=language) as board:
        await board.becomes(*MORNING, called(5, 2, letter=INTERNET))
        assert await picture(board.pilot) == snapshot(extension_class=Svg)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("live", [BUSY, fake_live(served(39))], ids=["busy", "empty"])
async def test_a_hall(
    live: LiveBranch, size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    async with hall(live, size=size, language=language) as board:
        assert await picture(board.pilot) == snapshot(extension_class=Svg)
