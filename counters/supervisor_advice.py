"""Following the forecaster's advice: one key, and taking it back while that is harmless."""

from functools import partial

from textual import on

from counters.supervisor_remedies import RemedyScreen
from counters.wall_ahead import advice_of, advice_rows, has_something_to_say
from counters.wall_rows import Picture
from counters.wall_table import WallTable
from queueapp.domain.advice import Action, Advice, EndPause, OpenCounter, PauseRemote
from queueapp.domain.desk import SENT_FOR
from queueapp.domain.staff import Staff
from queueapp.domain.what_if import spare_clerks
from queueapp.domain.words import StaffCode
from queueapp.language.advice_words import action_words, cost_words, effect_words
from queueapp.operations.advising import command_against, command_for
from queueapp.operations.commands import StaffCommand
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.role_screen import step


class AdviceScreen(RemedyScreen):
    """Shows advice and carries it out."""

    def __init__(self, *, staff: Staff, language: str | None = None) -> None:
        super().__init__(staff=staff, language=language)
        self._advice: tuple[Advice, ...] = ()
        self._way_back: tuple[str, StaffCommand] | None = None
        """What was followed last, in words, and what takes it back."""

    def show_advice(self, picture: Picture) -> None:
        """Every piece of advice anew, in a table that is there only when it says something."""
        self._advice = advice_of(picture.live, picture.now)
        self.set_class(has_something_to_say(picture, self._advice), "-advised")
        self.query_one("#advice", WallTable).show_rows(advice_rows(picture, self._advice))

    @on(WallTable.Chosen, "#advice")
    def follow_chosen(self, event: WallTable.Chosen) -> None:
        """Show all of the advice of a line, which may be cut, and follow it if that is meant."""
        for advice in self._advice:
            if advice.action == event.key:
                self.begin(partial(self.follow, advice, asks=True))
                return

    @step
    async def action_follow(self) -> None:
        """Follow the advice under the cursor, else the best."""
        if not self._advice:
            self.say(self.language.text("Nothing that could be done now would help noticeably."))
            return
        table = self.query_one("#advice", WallTable)
        chosen = table.chosen if table.has_focus else None
        await self.follow(
            next((each for each in self._advice if each.action == chosen), self._advice[0])
        )

    async def follow(self, advice: Advice, *, asks: bool = False) -> None:
        """Carry ``advice`` out; where it costs somebody's time or way, after asking in any case."""
        action, before = advice.action, self.picture
        sentence = action_words(action, before, self.language)
        clerk = None
        if isinstance(action, OpenCounter):
            clerk = await self._which_clerk(advice, action)
            if clerk is None:
                return
        elif not await self._is_meant(advice, asks=asks):
            return
        command = command_for(action, before, self.staff.code, clerk)
        if command is None or await self.do(command) is None:
            return
        back = command_against(action, before, self.staff.code)
        self._way_back = None if back is None else (sentence, back)
        self.say(self._told(action, sentence, clerk))

    @step
    async def action_take_back(self) -> None:
        """Take the advice back that was followed last."""
        if self._way_back is None:
            self.say(self.language.text("There is no advice to take back."))
            return
        sentence, command = self._way_back
        self._way_back = None
        await self.done(command, self.language.text("Taken back: {action}.", action=sentence))

    async def _which_clerk(self, advice: Advice, action: OpenCounter) -> StaffCode | None:
        """Ask who shall come; also the confirmation, for it costs their time."""
        staff, text = self.picture.staff, self.language.text
        on_the_way = {
            desk.staff: text("on the way to counter {counter}", counter=desk.counter)
            for desk in self.picture.desks.values()
            if desk.reason == SENT_FOR
        }
        choices = [
            *(Choice(value=code, label=staff[code].name) for code in spare_clerks(self.picture)),
            *(
                Choice(value=code, label=person.name, detail=on_the_way[code])
                for code, person in staff.items()
                if code in on_the_way
            ),
        ]
        question = (
            text("Who shall open counter {counter}? They are sent for.", counter=action.counter),
            *self._consequences(advice),
        )
        return await self.ask(ChoiceScreen("\n".join(question), choices))

    async def _is_meant(self, advice: Advice, *, asks: bool) -> bool:
        """Ask where somebody works longer or customers are turned away, and where ``asks``."""
        if not asks and not isinstance(advice.action, EndPause | PauseRemote):
            return True
        action = action_words(advice.action, self.picture, self.language)
        question = (self.language.text("{action}?", action=action), *self._consequences(advice))
        answer = await self.ask(ConfirmScreen("\n".join(question)))
        return answer is True

    def _consequences(self, advice: Advice) -> tuple[str, str]:
        """What an advice brings, and what it takes."""
        text, plural = self.language.text, self.language.plural
        effect = text("Effect: {effect}", effect=effect_words(advice, self.language))
        if isinstance(advice.action, PauseRemote):
            return effect, plural(
                "About {count} person must come to the hall for a ticket.",
                "About {count} people must come to the hall for a ticket.",
                max(1, round(advice.turned_away)),
            )
        return effect, text("Cost: {cost}", cost=cost_words(advice, self.language))

    def _told(self, action: Action, sentence: str, clerk: StaffCode | None) -> str:
        text = self.language.text
        if isinstance(action, OpenCounter) and clerk is not None:
            return text(
                "Counter {counter} is kept for {clerk}: please send for them.",
                counter=action.counter,
                clerk=self.picture.staff[clerk].name,
            )
        if self._way_back is None:
            return text("Done: {action}. Please tell the clerk.", action=sentence)
        return text("Done: {action}. u takes it back.", action=sentence)
