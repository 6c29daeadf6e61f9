"""Questions over a screen, answered by key and by tap."""

from dataclasses import replace
from typing import Any

import pytest
from textual._compositor import ReflowResult
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from queueapp.tui.choice_list import ChoiceList
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.dialog import Dialog
from queueapp.tui.help_screen import HelpLines, HelpScreen
from queueapp.tui.mirror.compositor import MirrorCompositor
from queueapp.tui.prompt_screen import PromptScreen
from queueapp.tui.terminal import Terminal
from tests.cells_picture import screen_text
from tests.tui.fakes import fake_context
from tests.tui.screens import SampleScreen
from tests.tui.waiting import until


class Asked:
    """A dialog that was opened from a screen, and what came back."""

    def __init__(self, pilot: Pilot[int], dialog: Dialog[Any]) -> None:
        self.pilot, self.dialog = pilot, dialog
        self.answers: list[object] = []

    async def open(self) -> "Asked":
        screen = self.pilot.app.screen
        assert isinstance(screen, SampleScreen)

        async def ask() -> None:
            self.answers.append(await screen.ask(self.dialog))

        screen.begin(ask)
        await until(self.pilot, lambda: self.pilot.app.screen is self.dialog)
        await self.pilot.pause()
        return self

    async def answer(self) -> object:
        await until(self.pilot, lambda: bool(self.answers))
        return self.answers[0]


def terminal(language: str = "en") -> Terminal:
    return Terminal(fake_context(language=language), SampleScreen)


@pytest.mark.parametrize(
    ("key", "answer"),
    [("y", True), ("n", False), ("escape", None), ("enter", False), ("غ", True)],
)
async def test_yes_or_no_by_key(key: str, answer: bool | None) -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, ConfirmScreen("Close this desk?")).open()
        await pilot.press(key)
        assert await asked.answer() is answer


@pytest.mark.parametrize(("button", "answer"), [("#yes", True), ("#no", False)])
async def test_yes_or_no_by_tap(button: str, answer: bool) -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, ConfirmScreen("Close this desk?")).open()
        assert await pilot.click(button)
        assert await asked.answer() is answer


async def test_a_tap_beside_a_dialog_calls_it_off() -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, ConfirmScreen("Close this desk?")).open()
        await pilot.click(offset=(1, 1))
        assert await asked.answer() is None


def services() -> ChoiceScreen[str]:
    choices = [Choice(value=code, label=f"Service {code}", detail="2 waiting") for code in "ABC"]
    return ChoiceScreen("Which service?", choices)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["2"], "B"),
        (["۳"], "C"),
        (["down", "enter"], "B"),
        (["9", "1"], "A"),
        (["escape"], None),
    ],
)
async def test_a_choice_by_key(keys: list[str], answer: str | None) -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, services()).open()
        await pilot.press(*keys)
        assert await asked.answer() == answer


async def test_a_choice_by_tap() -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, services()).open()
        assert await pilot.click(OptionList, offset=(6, 2))
        assert await asked.answer() == "C"


async def test_a_choice_can_be_called_off_by_tap() -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, services()).open()
        assert await pilot.click("#cancel")
        assert await asked.answer() is None


async def test_a_pin_is_masked_judged_and_comes_in_latin_digits() -> None:
    def four(pin: str) -> str | None:
        return None if len(pin) == 4 else "A PIN has 4 to 12 digits."

    async with terminal("fa").run_test() as pilot:
        dialog = PromptScreen("PIN", masked=True, only_digits=True, judge=four)
        asked = await Asked(pilot, dialog).open()
        await pilot.press("۱", "x", "2", "enter")
        complaint = dialog.query_one(".dialog-complaint", Static)
        await until(pilot, lambda: str(complaint.content) == "A PIN has 4 to 12 digits.")
        assert "12" not in dialog.query_one(Input).render_line(0).text
        await pilot.press("۳", "4", "enter")
        assert await asked.answer() == "1234"


async def test_a_note_can_be_given_by_tap() -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, PromptScreen("Note", value="back at noon")).open()
        assert await pilot.click("#ok")
        assert await asked.answer() == "back at noon"


async def test_a_dialog_that_nobody_touches_closes_by_itself() -> None:
    async with terminal().run_test() as pilot:
        asked = await Asked(pilot, ConfirmScreen("Still there?", patience=0.05)).open()
        assert await asked.answer() is None


async def test_help_explains_every_key_of_the_screen_in_its_language() -> None:
    async with terminal("fa").run_test() as pilot:
        await pilot.press("؟")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        told = str(screen.query_one(HelpLines).render()).split("\n")
        assert [line.split()[0] for line in told] == ["n", "r", "o", "?"]
        assert screen.is_mirrored
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, SampleScreen))


async def test_a_list_in_large_text_shows_what_there_is_to_choose() -> None:
    context = replace(fake_context(), large_text=True)
    async with Terminal(context, SampleScreen).run_test(size=(80, 36)) as pilot:
        choices = [Choice(value=number, label=f"Service {number}") for number in range(4)]
        await Asked(pilot, ChoiceScreen("Where to?", choices)).open()
        seen = "\n".join(screen_text(pilot.app))
        assert all(choice.label in seen for choice in choices)


async def test_what_was_said_before_a_question_does_not_lie_over_its_answers() -> None:
    async with terminal().run_test(notifications=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, SampleScreen)
        screen.say("A001 did not come.")
        await until(pilot, lambda: bool(screen.query("Toast")))
        dialog = ConfirmScreen("Close this desk?")
        await Asked(pilot, dialog).open()
        assert not dialog.query("Toast")
        assert not pilot.app._notifications


@pytest.mark.parametrize("many", [5, 40])
async def test_a_list_takes_its_place_at_one_go(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: set[tuple[Size, bool]] = set()
    reflow = MirrorCompositor.reflow

    def watched(compositor: MirrorCompositor, screen: Widget, size: Size) -> ReflowResult:
        result = reflow(compositor, screen, size)
        looks.update((each.size, each.show_vertical_scrollbar) for each in screen.query(ChoiceList))
        return result

    monkeypatch.setattr(MirrorCompositor, "reflow", watched)
    choices = [Choice(value=number, label=f"Ticket {number}") for number in range(many)]
    async with terminal().run_test(size=(120, 40)) as pilot:
        asked = await Asked(pilot, ChoiceScreen("Which ticket?", choices)).open()
        await pilot.pause()
        shown = asked.dialog.query_one(ChoiceList)
        assert looks == {(shown.size, many > shown.size.height)}


async def test_a_list_that_becomes_empty_or_long_says_so() -> None:
    choices = [Choice(value=number, label=f"Ticket {number}") for number in range(3)]
    async with terminal().run_test(size=(120, 40)) as pilot:
        asked = await Asked(pilot, ChoiceScreen("Which ticket?", choices)).open()
        shown = asked.dialog.query_one(ChoiceList)
        for many, bar in ((0, False), (40, True), (2, False)):
            shown.set_options(f"Line {number}" for number in range(many))
            await pilot.pause()
            assert shown.size.height == min(many, 14)
            assert (many, shown.show_vertical_scrollbar) == (many, bar)
            assert "\n".join(screen_text(pilot.app)).count("Line ") == min(many, 14)
