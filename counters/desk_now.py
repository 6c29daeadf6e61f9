"""The customer in hand: the number large, and what a clerk wants to know before the first word."""

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from counters.pauses import pause_reason
from counters.ticket_words import (
    category_words,
    earlier_legs,
    promise_of,
    promised_range,
    service_name,
    wait_tone,
    waited,
)
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Leg, LegState, Ticket
from queueapp.domain.words import CounterNumber
from queueapp.language import Language
from queueapp.tui.big_number import BigNumber
from queueapp.tui.themes import signed
from queueapp.tui.wording import Wording

EARLIER_SHOWN = 2
"""Legs; more would push the note away."""


class DeskNow(Vertical):
    """Who is in hand, or in a calm sentence what comes next."""

    DEFAULT_CSS = """
    DeskNow { height: 10; padding: 1 2 0 2; }
    DeskNow .in-hand { height: 100%; }
    DeskNow BigNumber { width: 44; height: 8; content-align: left middle; }
    DeskNow .about { width: 1fr; height: 8; content-align: left middle; }
    DeskNow .free { display: none; width: 100%; height: 100%; content-align: center middle;
        text-align: center; }
    DeskNow.-free .in-hand { display: none; }
    DeskNow.-free .free { display: block; }
    """

    def compose(self) -> ComposeResult:
        """The number and what is known about it; or one sentence in their place."""
        with Horizontal(classes="in-hand"):
            yield BigNumber()
            yield Wording(classes="about", markup=False)
        yield Wording(classes="free", markup=False)

    def draw(
        self, live: LiveBranch, counter: CounterNumber, language: Language, now: datetime
    ) -> None:
        """Show the customer at ``counter``, if there is one."""
        ticket = live.in_hand(counter)
        self.set_class(ticket is None, "-free")
        if ticket is None:
            words = _free(live, counter, language, now)
            self.query_one(".free", Wording).update(words)
            return
        self.query_one(BigNumber).text = language.ticket(ticket)
        lines = Content("\n").join(_about(live, ticket, language, now))
        self.query_one(".about", Wording).update(lines)


def _about(live: LiveBranch, ticket: Ticket, language: Language, now: datetime) -> list[Content]:
    leg = ticket.leg
    lines = [
        Content.styled(service_name(live, leg, language), "bold"),
        _clock(leg, language, now),
    ]
    category = category_words(live, ticket, language)
    if category:
        lines.append(Content.styled(category, "bold $accent"))
    lines.extend(_wait(live, ticket, language, now))
    lines.extend(
        Content.styled(language.text("before: {leg}", leg=before), "$quiet")
        for before in list(earlier_legs(live, ticket, language))[:EARLIER_SHOWN]
    )
    if leg.note:
        lines.append(Content(language.text("Note: {note}", note=leg.note)))
    return lines


def _clock(leg: Leg, language: Language, now: datetime) -> Content:
    if leg.state is LegState.CALLED:
        since = leg.called_at or now
        words = language.text("called {time} ago", time=language.stopwatch(now - since))
        if leg.recalls:
            words += " · " + language.text("{count} times", count=leg.recalls + 1)
        return Content(words)
    since = leg.started_at or now
    return Content(language.text("in hand {time}", time=language.stopwatch(now - since)))


def _wait(live: LiveBranch, ticket: Ticket, language: Language, now: datetime) -> list[Content]:
    tone = wait_tone(live, ticket.leg, now)
    words = language.text("waited {duration}", duration=waited(ticket.leg, now))
    lines = [Content.styled(signed(words, tone), f"${tone}")]
    promise = promise_of(ticket)
    if promise is not None:
        told = language.text("was told {range}", range=promised_range(promise, language))
        lines.append(Content.styled(told, "$quiet"))
    return lines


def _free(live: LiveBranch, counter: CounterNumber, language: Language, now: datetime) -> Content:
    desk = live.desk(counter)
    if desk.state is DeskState.PAUSED:
        return _paused(desk, language)
    picks = live.next_for(counter, now)
    if not picks:
        return Content.assemble(
            (language.text("Nobody is waiting."), "bold"),
            "\n",
            (language.text("The next customer appears here by itself."), "$quiet"),
        )
    following = live.ticket(picks[0].candidate.ticket)
    return Content.assemble(
        (language.text("Nobody is at the counter."), "bold"),
        "\n",
        (language.text("Press n to call {ticket}.", ticket=following), "$quiet"),
    )


def _paused(desk: Desk, language: Language) -> Content:
    reason = pause_reason(desk.reason, language)
    words = language.text("This counter is paused.")
    if reason:
        words = language.text("This counter is paused: {reason}", reason=reason)
    return Content.assemble(
        (words, "bold"),
        "\n",
        (language.text("Press p to open it again."), "$quiet"),
    )
