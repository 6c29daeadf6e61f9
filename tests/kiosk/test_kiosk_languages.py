"""A kiosk that changes its language again and again is as one that was just switched on."""

from functools import partial
from itertools import cycle, islice

from textual.pilot import Pilot

from kiosk.welcome_screen import WelcomeScreen
from queueapp.language import Direction
from tests.cells_picture import screen_strips
from tests.kiosk.customers import Customer, at_the_kiosk
from tests.tui.waiting import until

TIMES = 100


def spoken(pilot: Pilot[int]) -> Direction:
    screen = pilot.app.screen
    assert isinstance(screen, WelcomeScreen)
    return screen.language.direction


async def change_language(customer: Customer, times: int) -> None:
    directions = cycle([Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT])
    for direction in islice(directions, times):
        await customer.pilot.press("asterisk")
        await until(customer.pilot, partial(faces, customer, direction))


def faces(customer: Customer, direction: Direction) -> bool:
    is_mirrored = direction is Direction.RIGHT_TO_LEFT
    return spoken(customer.pilot) is direction and customer.screen.is_mirrored is is_mirrored


async def test_back_and_forth_a_hundred_times_leaves_the_screen_as_fresh() -> None:
    async with at_the_kiosk(language="fa") as customer:
        await customer.pilot.pause()
        fresh = screen_strips(customer.terminal)
        widgets = len(customer.screen.query("*"))
        await change_language(customer, 2)
        nodes = len(customer.terminal._registry)
        await change_language(customer, 2 * TIMES - 2)
        await customer.pilot.pause()
        assert screen_strips(customer.terminal) == fresh
        assert len(customer.screen.query("*")) == widgets
        assert len(customer.terminal._registry) == nodes, "nothing of the old screens is kept"
        assert len(customer.terminal.screen_stack) == 1
