"""A locked terminal as a program of its own, for a test that presses keys in a real terminal."""

from typing import ClassVar

from queueapp.tui.environment import require_terminal, scrub_environment

scrub_environment()

from queueapp.tui.keys import Key  # noqa: E402 - Textual reads its variables here
from queueapp.tui.role_screen import step  # noqa: E402
from queueapp.tui.terminal import LockedTerminal  # noqa: E402
from tests.tui.fakes import fake_context  # noqa: E402
from tests.tui.screens import SampleScreen  # noqa: E402


class UnlockableScreen(SampleScreen):
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(key="ctrl+l", action="unlock", label="Unlock", help="Leave.", in_bar=False),
    )

    @step
    async def action_unlock(self) -> None:
        await self.terminal.leave()


if __name__ == "__main__":
    require_terminal()
    LockedTerminal(fake_context(), UnlockableScreen).run()
