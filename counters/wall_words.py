"""What the wall says about an alert, a remedy, a desk and a rating."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from counters.paper_words import paper_sentence
from queueapp.domain.alerts import Alert, AlertKind, Remedy
from queueapp.domain.branch import Counter
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.figures import Trend
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import SCORES
from queueapp.domain.words import CounterNumber, StaffCode, TicketId, sentence
from queueapp.language import Language

REMEDIES: Mapping[Remedy, str] = MappingProxyType(
    {
        Remedy.OPEN_COUNTER: sentence("Let another counter help"),
        Remedy.MOVE_TICKET: sentence("Move a ticket elsewhere"),
        Remedy.RESUME_TICKET: sentence("Put it back in the queue"),
        Remedy.END_PAUSE: sentence("End the pause"),
        Remedy.ASK_CLERK: sentence("Go there and ask"),
        Remedy.SEE_TO_PRINTER: sentence("See to the printer"),
        Remedy.PRINT_AGAIN: sentence("Print a ticket again"),
    }
)

ARROWS: Mapping[Trend, str] = MappingProxyType(
    {Trend.RISING: "↗", Trend.STEADY: "→", Trend.FALLING: "↘"}
)

TRENDS: Mapping[Trend, str] = MappingProxyType(
    {
        Trend.RISING: sentence("rising"),
        Trend.STEADY: sentence("steady"),
        Trend.FALLING: sentence("falling"),
    }
)

LONGEST_IN_MINUTES = timedelta(minutes=100)


ABOUT_ONE: Mapping[AlertKind, str] = MappingProxyType(
    {
        AlertKind.HELD_TOO_LONG: sentence("{ticket} has been on hold for too long"),
        AlertKind.PAUSED_TOO_LONG: sentence("Counter {counter} was due back at {since}"),
        AlertKind.TAKES_LONG: sentence("{ticket} takes unusually long at counter {counter}"),
    }
)


def alert_sentence(alert: Alert, live: LiveBranch, language: Language) -> str:
    """What is wrong, in one short sentence."""
    facts = _facts(alert, live)
    match alert.kind:
        case AlertKind.TARGET_MISSED:
            return language.text("{service}: {count} waiting over {target}", **facts)
        case AlertKind.TARGET_AT_RISK:
            return language.text("{service}: {count} waiting nearly {target}", **facts)
        case AlertKind.NOBODY_SERVES:
            return _nobody_serves(alert, facts, language)
        case AlertKind.BAD_RATING:
            return language.plural(
                "Counter {counter} got {count} bad rating lately",
                "Counter {counter} got {count} bad ratings lately",
                alert.count,
                **facts,
            )
        case AlertKind.PRINTER_DOWN | AlertKind.TICKETS_UNPRINTED | AlertKind.PAPER_LOW:
            return paper_sentence(alert, live, language)
        case AlertKind.HELD_TOO_LONG | AlertKind.PAUSED_TOO_LONG | AlertKind.TAKES_LONG:
            return language.text(ABOUT_ONE[alert.kind], **facts)


def _nobody_serves(alert: Alert, facts: Mapping[str, object], language: Language) -> str:
    if alert.counter is not None:
        return language.plural(
            "{count} person waits for counter {counter}, which is not open",
            "{count} people wait for counter {counter}, which is not open",
            alert.count,
            **facts,
        )
    return language.text("{service}: {count} waiting, no counter", **facts)


def _facts(alert: Alert, live: LiveBranch) -> dict[str, object]:
    service = None if alert.service is None else live.branch.service(alert.service)
    return {
        "service": "" if service is None else service.name,
        "target": "" if service is None else service.target,
        "counter": "" if alert.counter is None else alert.counter,
        "count": alert.count,
        "ticket": label(live, alert.ticket),
        "since": alert.since,
    }


def label(live: LiveBranch, ticket: TicketId | None) -> str:
    """A ticket's number, in Latin digits; nothing for a ticket that has left the picture."""
    found = live.tickets.get(ticket) if ticket is not None else None
    return "" if found is None else found.label


def staff_name(live: LiveBranch, staff: StaffCode | None) -> str:
    """Who it is; the code for somebody who is no longer on the staff."""
    if staff is None:
        return ""
    person = live.staff.get(staff)
    return staff if person is None else person.name


def desk_words(live: LiveBranch, counter: CounterNumber, language: Language) -> str:
    """Who sits there and whether customers are called, for a line in a list."""
    desk = live.desk(counter)
    parts = (staff_name(live, desk.staff), language.desk_state(desk.state))
    return " · ".join(part for part in parts if part)


def desk_state(desk: Desk, language: Language) -> str:
    """The state and since when; for a pause until when, too."""
    state = language.desk_state(desk.state)
    if desk.since is None or desk.state is DeskState.CLOSED:
        return state
    if desk.expected_end is not None:
        return language.text(
            "{state} {since}–{until}", state=state, since=desk.since, until=desk.expected_end
        )
    return language.text("{state} since {time}", state=state, time=desk.since)


def skills(counter: Counter) -> str:
    """The letters of what a counter serves, best first."""
    return " ".join(counter.services)


def short_wait(wait: timedelta, language: Language) -> str:
    """A wait that fits into a narrow column."""
    if wait >= LONGEST_IN_MINUTES:
        return language.stopwatch(wait)
    return language.text("{minutes} min", minutes=wait // timedelta(minutes=1))


def stars(score: int) -> str:
    """A score as five marks."""
    return "★" * score + "☆" * (len(SCORES) - score)
