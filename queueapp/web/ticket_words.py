"""A ticket's state in words, as the phone shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from queueapp.domain.branch import Branch
from queueapp.domain.estimate import Estimate, NoEstimate
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.language.openings import as_sentence, opening
from queueapp.language.standing import (
    AT_COUNTER,
    GO_TO_COUNTER,
    LEFT,
    MISSED,
    ON_HOLD,
    OVER,
    SERVED,
    TODAY_ONLY,
    WAIT,
    people_before,
)
from queueapp.web.ticket_state import MINUTE_S, TicketState

ABOUT = sentence("about {earliest}–{latest}")
GO_OUT = sentence("You may go outside: this page follows along and rings when it is your turn.")
STAY_NEAR = sentence("It will not be long: please stay near.")
ON_THE_WAY = sentence("You will not be called before you can be here.")
LET_OTHERS_PASS = sentence("You have let others pass.")
THANK_YOU = sentence("Thank you for your rating.")
TURN_UP = sentence("Counter {counter}")
SOON_MINUTES = 5

ENDINGS: Mapping[Outcome, str] = {
    Outcome.SERVED: SERVED,
    Outcome.NO_SHOW: MISSED,
    Outcome.CANCELLED: LEFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWords:
    """Everything on the page that changes, in one language; empty words are not shown."""

    state: str
    """``waiting``, ``called``, ``serving``, ``held`` or ``ended``."""
    label: str
    service: str
    headline: str
    counter: str = ""
    wait: str = ""
    clock: str = ""
    advice: str = ""
    calls: int = 0
    may_leave: bool = False
    may_let_pass: bool = False
    may_come_back: bool = False
    may_rate: bool = False
    at: str = ""
    """When this was so, on the branch's clock."""

    def facts(self) -> dict[str, object]:
        """As JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


def ticket_words(
    state: TicketState, branch: Branch, language: Language, now: datetime
) -> TicketWords:
    """``state`` as ``language`` says it, at ``now``."""
    counter = "" if state.counter is None else language.text(TURN_UP, counter=state.counter)
    is_open = state.state is LegState.WAITING
    return TicketWords(
        state=_state_word(state),
        label=language.label(state.label),
        service=language.name(branch.service(state.service).name),
        headline=_headline(state, language, now),
        counter=counter,
        wait=_wait(state, language),
        clock=_clock(state, language),
        advice=_advice(state, language),
        calls=state.calls,
        may_leave=state.state in {LegState.WAITING, LegState.CALLED, LegState.HELD},
        may_let_pass=is_open and not state.is_last,
        may_come_back=is_open and state.has_let_pass,
        may_rate=state.may_rate and state.score is None,
        at=language.time(now),
    )


def _state_word(state: TicketState) -> str:
    return "ended" if state.state is LegState.WITHDRAWN else state.state.value


def _headline(state: TicketState, language: Language, now: datetime) -> str:
    if state.opens is not None:  # no place in the line: nobody is to wait till then
        return as_sentence(opening(state.opens, now, language))
    match state.state:
        case LegState.WAITING:
            return people_before((state.place or 1) - 1, language)
        case LegState.CALLED:
            return language.text(GO_TO_COUNTER, counter=state.counter)
        case LegState.SERVING:
            return language.text(AT_COUNTER, counter=state.counter)
        case LegState.HELD:
            return language.text(ON_HOLD)
        case LegState.ENDED | LegState.WITHDRAWN:
            return language.text(ENDINGS.get(state.outcome or Outcome.EXPIRED, OVER))


def _wait(state: TicketState, language: Language) -> str:
    if state.opens is not None:
        return ""
    match state.wait:
        case None:
            return ""
        case NoEstimate() as none:
            return language.forecast(none)
        case lower, upper:
            seconds = Estimate(
                p10=lower * MINUTE_S,
                p50=lower * MINUTE_S,
                p80=upper * MINUTE_S,
                p90=upper * MINUTE_S,
            )
            return language.text(WAIT, range=language.range(seconds))


def _clock(state: TicketState, language: Language) -> str:
    if state.clock is None or state.opens is not None:
        return ""
    earliest, latest = state.clock
    return language.text(ABOUT, earliest=earliest, latest=latest)


def _advice(state: TicketState, language: Language) -> str:
    if state.score is not None:
        return language.text(THANK_YOU)
    if state.state is not LegState.WAITING:
        return ""
    if state.opens is not None:
        return language.text(TODAY_ONLY)
    if state.is_on_the_way:
        return language.text(ON_THE_WAY)
    if state.has_let_pass:
        return language.text(LET_OTHERS_PASS)
    is_soon = isinstance(state.wait, tuple) and state.wait[0] < SOON_MINUTES
    return language.text(STAY_NEAR if is_soon or state.place == 1 else GO_OUT)
