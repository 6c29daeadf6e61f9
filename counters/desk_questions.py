"""What a desk asks its clerk, each as a dialog ready to open."""

from dataclasses import dataclass

from counters.noted_choice import NotedChoiceScreen
from counters.pauses import LONGEST_PAUSE, PAUSE_REASONS, PauseReason
from queueapp.domain.branch import Counter
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CounterNumber, OutcomeCode, ServiceCode, sentence
from queueapp.language import Language
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.prompt_screen import PromptScreen

DONE = sentence("Served")
"""What a finish is called where the branch names no outcomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a customer is sent: one of the two."""

    service: ServiceCode | None = None
    counter: CounterNumber | None = None


def how_it_ended(
    live: LiveBranch, ticket: Ticket, language: Language
) -> NotedChoiceScreen[OutcomeCode | None]:
    """How ``ticket`` is finished: with which outcome, with which note."""
    choices: list[Choice[OutcomeCode | None]] = [
        Choice(value=outcome.code, label=language.name(outcome.name))
        for outcome in live.branch.outcomes
    ]
    return NotedChoiceScreen(
        language.text("How did it end for {ticket}?", ticket=ticket),
        choices or [Choice(value=None, label=language.text(DONE))],
    )


def where_to(
    live: LiveBranch, ticket: Ticket, counter: CounterNumber, language: Language
) -> NotedChoiceScreen[Destination]:
    """Where ``ticket`` is sent: to which service or counter, with which note."""
    services = [
        Choice(
            value=Destination(service=service.code),
            label=language.name(service.name),
            detail=_how_many_wait(live, service.code, language),
        )
        for service in live.branch.services
        if service.code != ticket.leg.service
    ]
    counters = [
        Choice(
            value=Destination(counter=other.number),
            label=language.text("Counter {counter}", counter=other.number),
            detail=_who_is_there(live, other, language),
        )
        for other in live.branch.counters
        if other.number != counter
    ]
    return NotedChoiceScreen(
        language.text("Transfer {ticket} to which service or counter?", ticket=ticket),
        [*services, *counters],
    )


def what_more(
    live: LiveBranch, ticket: Ticket, language: Language
) -> NotedChoiceScreen[ServiceCode]:
    """Which further service ``ticket`` needs, with which note."""
    choices = [
        Choice(
            value=service.code,
            label=language.name(service.name),
            detail=_how_many_wait(live, service.code, language),
        )
        for service in live.branch.services
        if service.code != ticket.leg.service
    ]
    return NotedChoiceScreen(
        language.text("What does {ticket} need as well?", ticket=ticket), choices
    )


def here_or_later(ticket: Ticket, language: Language) -> ChoiceScreen[bool]:
    """Whether this desk goes on (true) or the customer waits for it, with the place kept."""
    return ChoiceScreen(
        language.text("Who goes on with {ticket}?", ticket=ticket),
        [
            Choice(value=True, label=language.text("I go on here, at once")),
            Choice(value=False, label=language.text("Back to waiting, with the place kept")),
        ],
    )


def why_pause(language: Language) -> ChoiceScreen[PauseReason]:
    """Why the desk pauses."""
    return ChoiceScreen(
        language.text("Why do you pause?"),
        [Choice(value=reason, label=language.text(reason.word)) for reason in PAUSE_REASONS],
    )


def how_long(reason: PauseReason, language: Language) -> PromptScreen:
    """For how many minutes the desk pauses."""

    def judge(answer: str) -> str | None:
        if answer and 1 <= int(answer) <= LONGEST_PAUSE:
            return None
        return language.text("Give the minutes, from 1 to {longest}.", longest=LONGEST_PAUSE)

    return PromptScreen(
        language.text("For how many minutes?"),
        value=language.digits(str(reason.minutes)),
        only_digits=True,
        longest=len(str(LONGEST_PAUSE)),
        judge=judge,
    )


def _how_many_wait(live: LiveBranch, service: ServiceCode, language: Language) -> str:
    return language.text("{count} waiting", count=len(live.waiting_for(service)))


def _who_is_there(live: LiveBranch, counter: Counter, language: Language) -> str:
    desk = live.desk(counter.number)
    state = language.desk_state(desk.state)
    person = live.staff.get(desk.staff) if desk.staff else None
    return f"{person.name} · {state}" if person else state
