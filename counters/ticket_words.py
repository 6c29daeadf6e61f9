"""What staff read about a ticket, in few words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from textual.content import Content

from queueapp.domain.branch import Category
from queueapp.domain.estimate import Estimate
from queueapp.domain.live import LiveBranch
from queueapp.domain.routing import PickReason
from queueapp.domain.ticket import Leg, LegState, Promise, Ticket
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.themes import signed, target_class

GOES_SOONER = sentence("goes sooner: {category}")


def service_name(live: LiveBranch, leg: Leg, language: Language) -> str:
    """What the customer came for."""
    return language.name(live.branch.service(leg.service).name)


def category_words(live: LiveBranch, ticket: Ticket, language: Language) -> str:
    """Why the customer goes sooner; empty for everybody else."""
    category = live.branch.category(ticket.leg.category)
    if _is_ordinary(category):
        return ""
    words = [language.name(category.name), _reason(category, ticket, language)]
    if ticket.appointment_at is not None:
        words.append(language.time(ticket.appointment_at))
    return " · ".join(word for word in words if word)


def category_in_list(live: LiveBranch, ticket: Ticket, language: Language) -> str:
    """The same in as few words as a list has room for: the reason says the category, too."""
    category = live.branch.category(ticket.leg.category)
    reason = "" if _is_ordinary(category) else _reason(category, ticket, language)
    return reason or category_words(live, ticket, language)


def _reason(category: Category, ticket: Ticket, language: Language) -> str:
    """The reason in ``language``; the ticket keeps it as the branch's first language says it."""
    for reason in category.reasons:
        if ticket.category_reason in reason.by_language.values():
            return language.name(reason)
    return ticket.category_reason


def waited(leg: Leg, now: datetime) -> timedelta:
    """How long the customer waited for this leg, or has waited until now."""
    return max((leg.called_at or now) - leg.counts_from, timedelta(0))


def wait_tone(live: LiveBranch, leg: Leg, now: datetime) -> str:
    """``within``, ``near`` or ``past``: the wait against the target of its service."""
    return target_class(waited(leg, now) / live.branch.service(leg.service).target)


def wait_words(live: LiveBranch, leg: Leg, language: Language, now: datetime) -> Content:
    """How long the customer has waited, with a sign and a colour where that is too long."""
    tone = wait_tone(live, leg, now)
    return Content.styled(signed(language.minutes(waited(leg, now)), tone), f"${tone}")


def pick_words(
    live: LiveBranch, ticket: Ticket, reason: PickReason, percent: int, language: Language
) -> str:
    """Why ``ticket`` is next; a share of the target says nothing where a category counts more."""
    category = live.branch.category(ticket.leg.category)
    if reason is PickReason.TARGET_USED and percent >= 0 and not _is_ordinary(category):
        return language.text(GOES_SOONER, category=category.name)
    return language.pick_reason(reason, percent)


def promise_of(ticket: Ticket) -> Promise | None:
    """What the customer was told last."""
    for leg in reversed(ticket.legs):
        if leg.promise is not None and leg.state is not LegState.WITHDRAWN:
            return leg.promise
    return None


def promised_range(promise: Promise, language: Language) -> str:
    """A promise as the customer heard it."""
    told = Estimate(p10=promise.p50, p50=promise.p50, p80=promise.p80, p90=promise.p80)
    return language.range(told)


def earlier_legs(live: LiveBranch, ticket: Ticket, language: Language) -> Iterator[str]:
    """Where the customer has been before on this ticket, the latest first."""
    for leg in reversed(ticket.legs):
        if leg.ordinal == ticket.leg.ordinal or leg.state is LegState.WITHDRAWN:
            continue
        name = service_name(live, leg, language)
        if leg.counter is None:
            yield name
        else:
            place = language.text("counter {counter}", counter=leg.counter)
            yield f"{place} · {name}"


def _is_ordinary(category: Category) -> bool:
    return category.weight <= 1 and not category.head_start and not category.by_appointment
