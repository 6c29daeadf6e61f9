"""The head of a desk's screen: where, who, open or not, what time, and today's own figures."""

from datetime import datetime
from itertools import chain

from textual.content import Content

from counters.lines import Lines, opposite
from counters.paper_words import printer_sentence
from counters.pauses import pause_reason
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.figures import CounterFigures, counter_figures
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber
from queueapp.language import Language
from queueapp.tui.wording import are_same

BETWEEN = "  ·  "


class DeskHeader(Lines):
    """Two lines."""

    DEFAULT_CSS = """
    DeskHeader { height: 2; padding: 0 2; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[Content, Content], ...] = ()

    def draw(
        self, live: LiveBranch, counter: CounterNumber, language: Language, now: datetime
    ) -> None:
        """Show the desk at ``counter`` as it is at ``now``."""
        desk = live.desk(counter)
        person = live.staff.get(desk.staff) if desk.staff else None
        place = language.text("Counter {counter}", counter=counter)
        lines = (
            (
                Content.assemble((place, "bold"), f"{BETWEEN}{person.name}" if person else ""),
                Content.assemble(_state(desk, language, now), "    ", (language.time(now), "bold")),
            ),
            (
                Content.styled(_figures(counter_figures(live, counter), language), "$quiet"),
                _about_branch(live, language),
            ),
        )
        if not are_same([*chain(*lines)], [*chain(*self._lines)]):
            self._lines = lines
            self.refresh()

    def render(self) -> Content:
        """The two lines, as wide as there is room."""
        width = self.content_size.width
        return Content("\n").join(opposite(first, last, width) for first, last in self._lines)


def _about_branch(live: LiveBranch, language: Language) -> Content:
    """Its name, or what is the matter with a printer: the clerk may be the nearest."""
    for printer in live.printers.values():
        if printer.fault is not None or printer.paper_is_low:
            return Content.styled(printer_sentence(live, printer.name, language), "$near")
    return Content.styled(language.name(live.branch.name), "$quiet")


def _state(desk: Desk, language: Language, now: datetime) -> Content:
    if desk.state is not DeskState.PAUSED:
        return Content.styled(language.desk_state(desk.state), "$quiet")
    words = [language.desk_state(desk.state), pause_reason(desk.reason, language)]
    is_late = False
    if desk.expected_end is not None:
        words.append(language.text("until {time}", time=desk.expected_end))
        is_late = now > desk.expected_end
    return Content.styled(BETWEEN.join(filter(None, words)), "bold $past" if is_late else "bold")


def _figures(figures: CounterFigures, language: Language) -> str:
    words = [language.text("{count} served today", count=figures.served)]
    if figures.median_service is not None:
        words.append(language.text("usually {duration}", duration=figures.median_service))
    if figures.mean_rating is not None:
        words.append(language.text("rated {rating} of 5", rating=round(figures.mean_rating, 1)))
    return BETWEEN.join(words)
