"""The base of the screens that staff see."""

from typing import ClassVar, TypeVar

from queueapp.domain.words import sentence
from queueapp.tui.keys import HELP, Key
from queueapp.tui.role_screen import RoleScreen, step

Result = TypeVar("Result")

SWITCH_LANGUAGE = Key(
    key="f9",
    action="switch_language",
    label=sentence("فارسی"),  # each language's screen names the other language
    help=sentence("Go on in the other language."),
)


class StaffScreen(RoleScreen[Result]):
    """A screen for staff: it can be read in each of the branch's languages, and explains itself."""

    KEYS: ClassVar[tuple[Key, ...]] = (SWITCH_LANGUAGE, HELP)

    @step
    async def action_switch_language(self) -> None:
        """Go on in the branch's next language."""
        if self.live is None:
            return
        languages = self.live.branch.languages
        if self.language.code not in languages:
            await self.speak(languages[0])
            return
        following = (languages.index(self.language.code) + 1) % len(languages)
        await self.speak(languages[following])
