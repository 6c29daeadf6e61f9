"""All terminals of the demo, behind their keys."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from counters.desk_screen import DeskScreen
from counters.sign_in import SignInScreen
from kiosk.board_screen import BoardScreen
from kiosk.rate_screen import RateScreen
from kiosk.welcome_screen import WelcomeScreen
from queueapp.demo.demo_terminal import DemoTerminal, LeaveScreen
from queueapp.demo.living_branch import LivingBranch, living_branch
from queueapp.demo.people import YOU, YOUR_COUNTER
from queueapp.demo.role_bar import RoleBar
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState
from queueapp.operations.commands import Finish, OpenDesk, StartService
from tests.tui.waiting import until

FAST = 60.0
LONG = 60.0


def shows(app: DemoTerminal, screen: type[object]) -> Callable[[], bool]:
    """Whether ``screen`` is on show, under the bar that names the roles."""
    return lambda: isinstance(app.screen, screen) and bool(app.screen.query(RoleBar))


def shown(app: DemoTerminal) -> LiveBranch:
    assert app.live is not None
    return app.live


async def opened(pilot: Pilot[int], app: DemoTerminal) -> None:
    """Until you are at your counter, which is when the demo begins."""
    await until(
        pilot,
        lambda: app.live is not None and app.live.desk(YOUR_COUNTER).staff == YOU,
        within=LONG,
    )


def bar_words(app: DemoTerminal) -> list[str]:
    """What the bar over the screen says."""
    return [str(bar.render()) for bar in app.screen.query(RoleBar)]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_each_key_shows_a_living_terminal(size: tuple[int, int]) -> None:
    with living_branch(FAST, language="en") as branch:
        app = DemoTerminal(branch.context(), speed=FAST)
        async with app.run_test(size=size) as pilot:
            await opened(pilot, app)
            for key, screen in (
                ("f2", BoardScreen),
                ("f3", DeskScreen),
                ("f5", RateScreen),
                ("f1", WelcomeScreen),
            ):
                await pilot.press(key)
                await until(pilot, shows(app, screen))
            await pilot.press("f2")
            await until(pilot, shows(app, BoardScreen))
            await pilot.press("l")
            await until(pilot, lambda: any("تابلو" in line for line in bar_words(app)))
            before = shown(app)
            await until(pilot, lambda: len(shown(app).served) > len(before.served) + 2, within=LONG)
            await until(pilot, lambda: len(shown(app).tickets) > len(before.tickets), within=LONG)
            await until(pilot, lambda: len(shown(app).ratings) > len(before.ratings), within=LONG)


def free_your_counter(branch: LivingBranch) -> None:
    """Take your place, and be done with whoever the clerk before you had in hand."""
    branch.you_are_there.set()
    opened = branch.opened
    live = opened.store.live(opened.id)
    if live.desk(YOUR_COUNTER).state is DeskState.PAUSED:
        opened.operations.handle(OpenDesk(counter=YOUR_COUNTER, staff=YOU))
    in_hand = live.in_hand(YOUR_COUNTER)
    if in_hand is not None and in_hand.leg.state is LegState.CALLED:
        opened.operations.handle(StartService(counter=YOUR_COUNTER, staff=YOU))
    if in_hand is not None:
        opened.operations.handle(Finish(counter=YOUR_COUNTER, staff=YOU))


@pytest.mark.usefixtures("without_estimates")
async def test_you_serve_a_customer_at_your_counter() -> None:
    with living_branch(FAST, language="en") as branch:
        app = DemoTerminal(branch.context())
        async with app.run_test(size=(120, 36)) as pilot:
            await opened(pilot, app)
            free_your_counter(branch)
            await pilot.press("f3")
            await until(pilot, shows(app, DeskScreen))
            await until(pilot, lambda: shown(app).in_hand(YOUR_COUNTER) is None)
            await until(pilot, lambda: bool(shown(app).next_for(YOUR_COUNTER, app.now())))
            await pilot.press("n")
            await until(pilot, lambda: shown(app).in_hand(YOUR_COUNTER) is not None)
            await pilot.press("s")

            def is_served() -> bool:
                ticket = shown(app).in_hand(YOUR_COUNTER)
                return ticket is not None and ticket.leg.state is LegState.SERVING

            await until(pilot, is_served)


@pytest.mark.usefixtures("without_estimates")
async def test_somebody_stands_in_for_you_until_you_come() -> None:
    with living_branch(FAST, language="en") as branch:
        app = DemoTerminal(branch.context(), come_to_counter=branch.you_are_there.set)
        async with app.run_test(size=(120, 36)) as pilot:
            await opened(pilot, app)

            assert YOUR_COUNTER in {leg.counter for _, leg in shown(app).served}
            assert not branch.you_are_there.is_set()
            await pilot.press("f3")
            await until(pilot, shows(app, DeskScreen))
            assert branch.you_are_there.is_set()


@pytest.mark.usefixtures("without_estimates")
async def test_whoever_signed_off_is_back_with_the_same_key() -> None:
    with living_branch(FAST, language="en") as branch:
        app = DemoTerminal(branch.context())
        async with app.run_test(size=(120, 36)) as pilot:
            await opened(pilot, app)
            free_your_counter(branch)
            await pilot.press("f3")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen))
            await pilot.press("c")
            await pilot.pause()
            await pilot.press("y")
            await until(pilot, lambda: isinstance(app.screen, SignInScreen))
            assert shown(app).desk(YOUR_COUNTER).state is DeskState.CLOSED
            await pilot.press("f3")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen))
            await until(pilot, lambda: shown(app).desk(YOUR_COUNTER).staff == YOU)


@pytest.mark.usefixtures("without_estimates")
async def test_one_key_changes_the_language_of_every_terminal() -> None:
    with living_branch(FAST, language="en") as branch:
        app = DemoTerminal(branch.context())
        async with app.run_test(size=(120, 36)) as pilot:
            await opened(pilot, app)
            for key, screen in (("f9", WelcomeScreen), ("f2", BoardScreen), ("f3", DeskScreen)):
                await pilot.press(key)
                await until(pilot, shows(app, screen))
                assert isinstance(app.screen, WelcomeScreen | BoardScreen | DeskScreen)
                assert app.screen.language.code == "fa"
            await pilot.press("f9")
            await until(
                pilot,
                lambda: isinstance(app.screen, DeskScreen) and app.screen.language.code == "en",
            )


@pytest.mark.usefixtures("without_estimates")
async def test_it_ends_only_when_that_is_meant() -> None:
    with living_branch(FAST, language="en") as branch:
        app = DemoTerminal(branch.context())
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("q")
            await until(pilot, lambda: isinstance(app.screen, LeaveScreen))
            await pilot.press("n")
            await until(pilot, lambda: not isinstance(app.screen, LeaveScreen))
            assert app.is_running
            await pilot.press("ctrl+q")
            await until(pilot, lambda: isinstance(app.screen, LeaveScreen))
            await pilot.press("y")
            await until(pilot, lambda: not app.is_running)
