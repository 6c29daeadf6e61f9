"""Where a ticket stands, in the words that its owner needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from queueapp.domain.estimate import FRESH_FOR, Estimate, Forecast, NoEstimate
from queueapp.domain.hours import opens_later
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Outcome, Promise, Ticket
from queueapp.domain.words import sentence
from queueapp.language.language import Language
from queueapp.language.openings import as_sentence, opening

NEXT = sentence("You are next")
WAIT = sentence("Your wait: {range}")
CLOCK = sentence("Probably between {earliest} and {latest}")
SIT_DOWN = sentence("Please sit down. Your number will appear on the board.")
TODAY_ONLY = sentence("No counter opens again today, and this number is good for today only.")
GO_TO_COUNTER = sentence("Please go to counter {counter} now")
AT_COUNTER = sentence("You are being served at counter {counter}")
ON_HOLD = sentence("Your ticket is on hold: the clerk will call you back")
SERVED = sentence("This visit is finished")
MISSED = sentence("You were called and did not come. Please ask at a counter.")
LEFT = sentence("This ticket was given up")
OVER = sentence("This ticket is no longer valid")

WORTH_A_CLOCK = 5 * 60
"""Seconds: nobody looks at a clock for a shorter wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What to tell the owner of a ticket."""

    headline: str
    wait: str = ""
    clock: str = ""
    advice: str = ""


def standing(live: LiveBranch, ticket: Ticket, now: datetime, language: Language) -> Standing:
    """Where ``ticket`` stands in ``live`` at ``now``."""
    leg = ticket.leg
    match leg.state:
        case LegState.WAITING:
            return _waiting(live, ticket, now, language)
        case LegState.CALLED:
            return Standing(headline=language.text(GO_TO_COUNTER, counter=leg.counter))
        case LegState.SERVING:
            return Standing(headline=language.text(AT_COUNTER, counter=leg.counter))
        case LegState.HELD:
            return Standing(headline=language.text(ON_HOLD))
        case LegState.ENDED | LegState.WITHDRAWN:
            ending = _ENDINGS.get(leg.outcome or Outcome.EXPIRED, OVER)
            return Standing(headline=language.text(ending))


_ENDINGS = {Outcome.SERVED: SERVED, Outcome.NO_SHOW: MISSED, Outcome.CANCELLED: LEFT}


def _waiting(live: LiveBranch, ticket: Ticket, now: datetime, language: Language) -> Standing:
    opens = opens_after_today(live, ticket, now)
    if opens is not None:
        return Standing(
            # No place: "You are next" beside an opening tomorrow asks people to come back with it.
            headline=as_sentence(opening(opens, now, language)),
            advice=language.text(TODAY_ONLY),
        )
    forecast, counted_from = wait_left(live, ticket, now)
    return Standing(
        headline=people_before(live.place(ticket.id, now) - 1, language),
        wait=language.text(WAIT, range=language.range(forecast))
        if isinstance(forecast, Estimate)
        else language.forecast(forecast),
        clock=clock_window(forecast, counted_from, language),
        advice=language.text(SIT_DOWN),
    )


def opens_after_today(live: LiveBranch, ticket: Ticket, now: datetime) -> datetime | None:
    """When the ticket's service is served again, if that is too late for it; ``None`` otherwise."""
    opens = opens_later(live, live.branch.service(ticket.leg.service), now)
    if opens is None or live.branch.day(opens) == live.branch.day(now):
        return None
    return opens


def people_before(count: int, language: Language) -> str:
    """The place in the queue, in words."""
    if count == 0:
        return language.text(NEXT)
    return language.plural("{count} person before you", "{count} people before you", count)


def wait_left(live: LiveBranch, ticket: Ticket, now: datetime) -> tuple[Forecast, datetime]:
    """The wait of a waiting ticket, and the moment from which it counts.

    Until the forecaster has seen a new ticket, that is what was promised with it.
    """
    forecast = live.forecast_waiting(ticket.id, now)
    if forecast is not NoEstimate.NO_BASIS and live.estimates is not None:
        return forecast, live.estimates.made_at
    promise = ticket.leg.promise
    if promise is None or now - promise.made_at > FRESH_FOR:
        return forecast, now
    return _promised(promise), promise.made_at


def _promised(promise: Promise) -> Estimate:
    return Estimate(p10=promise.p50, p50=promise.p50, p80=promise.p80, p90=promise.p80)


def clock_window(forecast: Forecast, counted_from: datetime, language: Language) -> str:
    """The range on the clock; empty where a clock helps nobody."""
    if not isinstance(forecast, Estimate) or forecast.p80 < WORTH_A_CLOCK:
        return ""
    return language.text(
        CLOCK,
        earliest=counted_from + timedelta(seconds=forecast.p50),
        latest=counted_from + timedelta(seconds=forecast.p80),
    )
