"""A locked kiosk: customers cannot leave it, staff can."""

import re

from textual.widgets import Input

from kiosk.welcome_screen import WelcomeScreen
from queueapp.tui.prompt_screen import PromptScreen
from tests.kiosk.customers import Customer, at_the_kiosk
from tests.tui.waiting import until


async def sign_in(customer: Customer, code: str, pin: str, *, chord: str = "ctrl+b") -> None:
    await customer.presses(chord, "q")
    await until(customer.pilot, lambda: isinstance(customer.terminal.screen, PromptScreen))
    asked = customer.terminal.screen
    await customer.presses(*code, "enter")
    await until(
        customer.pilot,
        lambda: (
            isinstance(customer.terminal.screen, PromptScreen)
            and customer.terminal.screen is not asked
            and bool(customer.terminal.screen.query(Input))
        ),
    )
    assert customer.terminal.screen.query_one(Input).password
    await customer.presses(*pin, "enter")


def drawn(customer: Customer) -> str:
    """The words on the screen, whatever lies below them."""
    words = re.sub(r"<[^>]+>", " ", customer.terminal.export_screenshot())
    return " ".join(words.replace("&#160;", " ").split())


async def test_staff_leave_with_a_chord_and_a_pin() -> None:
    async with at_the_kiosk(locked=True) as customer:
        await sign_in(customer, "sara", "1111")
        await until(customer.pilot, lambda: customer.terminal.return_value == 0)


async def test_the_other_chord_and_persian_figures_do_too() -> None:
    async with at_the_kiosk(locked=True) as customer:
        await sign_in(customer, "sara", "۱۱۱۱", chord="ctrl+x")
        await until(customer.pilot, lambda: customer.terminal.return_value == 0)


async def test_a_wrong_pin_is_said_and_the_kiosk_goes_on() -> None:
    async with at_the_kiosk(locked=True) as customer:
        await sign_in(customer, "sara", "9999")
        await until(customer.pilot, lambda: isinstance(customer.terminal.screen, WelcomeScreen))
        await until(customer.pilot, lambda: "The code or the PIN is wrong." in drawn(customer))
        assert customer.terminal.return_value is None


async def test_no_other_key_leaves() -> None:
    async with at_the_kiosk(locked=True) as customer:
        await customer.presses("q", "ctrl+q", "ctrl+c", "escape", "ctrl+b", "a", "q", "f1")
        await customer.pilot.pause()
        assert isinstance(customer.terminal.screen, WelcomeScreen)
        assert customer.terminal.return_value is None


async def test_where_nothing_is_locked_the_chord_does_nothing() -> None:
    async with at_the_kiosk() as customer:
        await customer.presses("ctrl+b", "q")
        await customer.pilot.pause()
        assert isinstance(customer.terminal.screen, WelcomeScreen)
