"""Who is next at this desk and why, and who is on hold here."""

from datetime import datetime, timedelta

from textual.content import Content

from counters.lines import Lines, columns, opposite, tappable
from counters.ticket_words import category_in_list, pick_words, service_name, wait_words
from queueapp.domain.live import LiveBranch
from queueapp.domain.routing import Pick
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CounterNumber
from queueapp.language import Language
from queueapp.tui.themes import signed
from queueapp.tui.wording import are_same

LONGEST_LIST = 40
"""Lines; no screen is higher, and all who wait stand in the list."""
SERVICE = 1
"""The column that takes what room is left."""
TIME = 3

Row = tuple[list[Content], str]
"""The cells of a line, and the action that a tap on it runs."""


class DeskQueue(Lines):
    """A heading, then a line for each customer."""

    DEFAULT_CSS = """
    DeskQueue { padding: 0 2; border-top: solid $line; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._heading = (Content(), Content())
        self._rows: list[Row] = []

    def draw(self, title: str, remark: str, rows: list[Row]) -> None:
        """``rows``: the cells of each line, and the action that a tap on it runs."""
        heading = (Content.styled(title, "bold $quiet"), Content.styled(remark, "$quiet"))
        if are_same(heading, self._heading) and _are_same_rows(rows, self._rows):
            return
        is_as_high = len(rows) == len(self._rows)
        self._heading, self._rows = heading, rows
        self.refresh(layout=not is_as_high)

    def render(self) -> Content:
        """The heading and the lines, as wide as there is room."""
        width = self.content_size.width
        cells = [cells for cells, _ in self._rows]
        lines = columns(cells, width, elastic=SERVICE, figures=TIME)
        return Content("\n").join(
            [
                opposite(*self._heading, width),
                *(
                    tappable(line, action)
                    for line, (_, action) in zip(lines, self._rows, strict=True)
                ),
            ]
        )


def _are_same_rows(rows: list[Row], others: list[Row]) -> bool:
    return len(rows) == len(others) and all(
        action == before and are_same(cells, cells_before)
        for (cells, action), (cells_before, before) in zip(rows, others, strict=True)
    )


def next_rows(live: LiveBranch, picks: list[Pick], language: Language, now: datetime) -> list[Row]:
    """A line for each pick, the next one first."""
    return [_next_row(live, pick, language, now) for pick in picks[:LONGEST_LIST]]


def _next_row(live: LiveBranch, pick: Pick, language: Language, now: datetime) -> Row:
    ticket = live.ticket(pick.candidate.ticket)
    cells = [
        Content.styled(language.ticket(ticket), "bold"),
        Content(service_name(live, ticket.leg, language)),
        Content.styled(category_in_list(live, ticket, language), "$accent"),
        wait_words(live, ticket.leg, language, now),
        Content.styled(pick_words(live, ticket, pick.reason, pick.percent, language), "$quiet"),
    ]
    return cells, f"screen.take('{ticket.id}')"


def held_here(live: LiveBranch, counter: CounterNumber) -> list[Ticket]:
    """Who was put on hold at ``counter``, longest first."""
    return [ticket for ticket in live.held if ticket.leg.counter == counter]


def held_rows(live: LiveBranch, held: list[Ticket], language: Language, now: datetime) -> list[Row]:
    """A line for each customer on hold."""
    return [_held_row(live, ticket, language, now) for ticket in held]


def _held_row(live: LiveBranch, ticket: Ticket, language: Language, now: datetime) -> Row:
    leg = ticket.leg
    since = max(now - (leg.held_at or now), timedelta(0))
    tone = "past" if since > live.branch.hold_limit else "quiet"
    cells = [
        Content.styled(language.ticket(ticket), "bold"),
        Content(service_name(live, leg, language)),
        Content.styled(leg.note, "$quiet"),
        Content.styled(signed(language.minutes(since), tone), f"${tone}"),
    ]
    return cells, f"screen.take('{ticket.id}')"
