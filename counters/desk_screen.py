"""The desk's screen: who is in hand, who is next and why, and who is on hold."""

from textual.app import ComposeResult
from textual.geometry import Size

from counters.desk_duty import counter_home as home_of
from counters.desk_header import DeskHeader
from counters.desk_now import DeskNow
from counters.desk_queue import DeskQueue, held_here, held_rows, next_rows
from counters.desk_work import DeskWork
from counters.sign_in import SignInScreen
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState
from queueapp.domain.words import CounterNumber
from queueapp.tui.keys import Key


class DeskScreen(DeskWork):
    """The desk of ``staff`` at ``counter``."""

    SPEAKS_IN_SHOW = True
    DEFAULT_CSS = """
    DeskScreen #next { height: 1fr; }
    DeskScreen #held { max-height: 5; }
    """
    CSS = """
    DeskScreen.-roomy DeskHeader { padding: 0 4; }
    DeskScreen.-roomy DeskQueue { padding: 0 4; }
    DeskScreen.-roomy DeskNow { height: 13; padding: 2 4 0 4; }
    DeskScreen.-roomy DeskNow BigNumber { width: 70; height: 9; }
    DeskScreen.-roomy DeskNow .about { height: 9; }
    """
    ROOMY = (110, 34)
    """Columns and rows from which the number is drawn larger."""

    # -- how it is drawn -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Who and when; who is in hand; who is next; who is on hold."""
        yield DeskHeader()
        yield DeskNow()
        yield DeskQueue(id="next")
        yield DeskQueue(id="held")

    def classes_for(self, size: Size) -> dict[str, bool]:
        """Roomy enough for a larger number."""
        columns, rows = self.ROOMY
        return {"-roomy": size.width >= columns and size.height >= rows}

    def show(self, live: LiveBranch) -> None:
        """Draw the desk as it is now."""
        super().show(live)
        now, language = self.now(), self.language
        self.query_one(DeskHeader).draw(live, self.counter, language, now)
        self.query_one(DeskNow).draw(live, self.counter, language, now)
        self._draw_next(live)
        self._draw_held(live)

    def _draw_next(self, live: LiveBranch) -> None:
        picks = live.next_for(self.counter, self.now())
        remark = self.language.plural(
            "{count} waits for this counter", "{count} wait for this counter", len(picks)
        )
        self.query_one("#next", DeskQueue).draw(
            self.language.text("Next"),
            remark if picks else "",
            next_rows(live, picks, self.language, self.now()),
        )

    def _draw_held(self, live: LiveBranch) -> None:
        held = held_here(live, self.counter)
        queue = self.query_one("#held", DeskQueue)
        queue.display = bool(held)
        queue.draw(
            self.language.text("On hold"), "", held_rows(live, held, self.language, self.now())
        )

    # -- which keys do something -----------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys there are at all; a dim one still answers, with the reason why not."""
        live = self.live
        match action:
            case "start":
                return live is None or not live.branch.call_is_start
            case "print_again":
                return live is not None and bool(live.printers)
            case "pause" | "open_desk":
                is_paused = live is not None and live.desk(self.counter).state is DeskState.PAUSED
                return is_paused == (action == "open_desk")
            case "hold" | "resume":
                return self._may_resume(live) == (action == "resume")
            case _:
                return super().check_action(action, parameters)

    def _may_resume(self, live: LiveBranch | None) -> bool:
        if live is None or live.in_hand(self.counter) is not None:
            return False
        return bool(held_here(live, self.counter))

    def usable_keys(self) -> list[tuple[Key, bool]]:
        """The keys that are there, with whether each does something just now."""
        live = self.live
        if live is None:
            return super().usable_keys()
        return [(key, on and self._helps(key.action, live)) for key, on in super().usable_keys()]

    def _helps(self, action: str, live: LiveBranch) -> bool:
        ticket = live.in_hand(self.counter)
        state = ticket.leg.state if ticket is not None else None
        match action:
            case "call_next":
                is_open = live.desk(self.counter).state is DeskState.OPEN
                return is_open and bool(live.next_for(self.counter, self.now()))
            case "recall" | "start" | "no_show":
                return state is LegState.CALLED
            case "finish" | "finish_with_note" | "add_service":
                return state is LegState.SERVING
            case "hold" | "transfer":
                return ticket is not None
            case "close":
                return ticket is None
            case _:
                return True


def counter_home(counter: CounterNumber) -> SignInScreen:
    """The first screen of a counter's terminal: sign in, then work."""
    return home_of(counter, make_desk=DeskScreen)
