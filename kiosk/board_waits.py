"""What somebody who comes in now has to expect, service by service."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from queueapp.domain.branch import Service
from queueapp.domain.estimate import Forecast, NoEstimate
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.language.openings import as_sentence, next_time
from queueapp.tui.wording import Wording

PAGE_FOR = 8.0
"""Seconds that one page of services is shown where not all of them fit."""

SERVICE = sentence("Service")
WAITING = sentence("Waiting")
WAIT = sentence("Wait")

Row = tuple[str, str, str]
"""A service, how many wait for it, and how long it takes from now."""


def wait_rows(live: LiveBranch, now: datetime, language: Language) -> tuple[Row, ...]:
    """One row for each service of the branch, in its order."""
    return tuple(
        (
            language.name(service.name),
            language.number(len(live.waiting_for(service.code))),
            as_sentence(next_time(service, live, now, language))
            or language.forecast(_forecast(live, service, now)),
        )
        for service in live.branch.services
    )


def _forecast(live: LiveBranch, service: Service, now: datetime) -> Forecast:
    if not is_service_open(live.branch, service, now):
        return NoEstimate.SERVICE_CLOSED
    return live.forecast_arriving(service.code, live.branch.usual_category.code, now)


class WaitTable(Horizontal):
    """Three columns; where not all services fit, one page after the other."""

    DEFAULT_CSS = """
    WaitTable Static { height: 100%; text-wrap: nowrap; text-overflow: ellipsis; }
    WaitTable #services { width: 1fr; }
    WaitTable #counts { width: auto; margin: 0 3; text-align: right; }
    WaitTable #ranges { width: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._titles: Row = ("", "", "")
        self._rows: tuple[Row, ...] = ()
        self._at = 0.0

    def compose(self) -> ComposeResult:
        """Services, how many wait, how long it takes."""
        yield Wording(id="services", markup=False)
        yield Wording(id="counts", markup=False)
        yield Wording(id="ranges", markup=False)

    def show_waits(self, rows: Sequence[Row], language: Language, at: float) -> None:
        """Show ``rows``; ``at``, in seconds, says which page it is time for."""
        self._titles = (
            language.text(SERVICE),
            language.text(WAITING),
            language.text(WAIT),
        )
        self._rows, self._at = tuple(rows), at
        self._arrange()

    def on_resize(self) -> None:
        """Use the room there is now."""
        self._arrange()

    def _arrange(self) -> None:
        room = self.size.height - 1
        if room < 1 or not self._rows:
            return
        pages = pages_of(self._rows, room)
        page = pages[int(self._at // PAGE_FOR) % len(pages)]
        roomy = 2 * max(map(len, pages)) <= room
        between = "\n\n" if roomy else "\n"
        for column, name in enumerate(("services", "counts", "ranges")):
            cells = between.join(row[column] for row in page)
            content = Content.assemble((self._titles[column], "$quiet"), between, cells)
            self.query_one(f"#{name}", Wording).update(content)


def pages_of(rows: tuple[Row, ...], room: int) -> list[tuple[Row, ...]]:
    """``rows`` in as few pages of at most ``room`` as they need, all about equally long."""
    count = -(-len(rows) // room)
    starts = [len(rows) * page // count for page in range(count + 1)]
    return [rows[start:end] for start, end in pairwise(starts)]
