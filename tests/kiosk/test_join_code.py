"""The code on the kiosk with which a phone takes a number."""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.join_code import JoinCode
from kiosk.welcome_screen import WelcomeScreen
from queueapp.domain.phone import PhoneRules
from queueapp.tui.qr_code import QRCode
from queueapp.tui.terminal import Terminal
from tests.tui.fakes import FakeClock, StillFeed, fake_context, fake_live

LARGE = (160, 45)
PUBLIC = "https://queue.example.com"


def minute(now: datetime) -> str:
    """A code that changes every minute, as the real one does."""
    return f"code{now:%M}"


def kiosk(
    *, public_url: str | None = PUBLIC, join: bool = True
) -> tuple[Terminal, StillFeed, FakeClock]:
    """A kiosk of a branch with these rules."""
    live = fake_live()
    branch = replace(live.branch, public_url=public_url, phone=PhoneRules(join=join))
    feed, clock = StillFeed(replace(live, branch=branch)), FakeClock()
    context = fake_context(feed=feed, clock=clock)
    return Terminal(context, lambda: WelcomeScreen(join_code=minute)), feed, clock


async def test_a_large_kiosk_shows_a_code_that_changes_with_time() -> None:
    terminal, _, clock = kiosk()
    async with terminal.run_test(size=LARGE) as pilot:
        await pilot.pause()
        screen = terminal.screen
        assert isinstance(screen, WelcomeScreen)
        join = screen.query_one(JoinCode)
        assert join.display
        before = screen.query_one(QRCode)
        clock.advance(timedelta(seconds=61))
        screen.tick()
        await pilot.pause()
        assert screen.query_one(QRCode) is not before
        assert len(screen.query(QRCode)) == 1


async def test_a_small_kiosk_keeps_its_room_for_the_services() -> None:
    terminal, _, _ = kiosk()
    async with terminal.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not terminal.screen.query_one(JoinCode).display


async def test_no_code_where_there_is_no_page_or_it_is_not_allowed() -> None:
    for terminal, _, _ in (kiosk(public_url=None), kiosk(join=False)):
        async with terminal.run_test(size=LARGE) as pilot:
            await pilot.pause()
            assert not terminal.screen.query_one(JoinCode).display
