"""What would help, what it brings and what it costs, in the words of a supervisor."""

from datetime import date, time, timedelta

from queueapp.domain.accuracy import RIGHT_LATE, RIGHT_WITHIN, Accuracy, PastAccuracy
from queueapp.domain.advice import (
    Action,
    Advice,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
)
from queueapp.domain.live import LiveBranch
from queueapp.domain.what_if import gained, given_up
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.language.language import Language

MINUTE = timedelta(minutes=1)
HUNDRED = 100


def action_words(action: Action, live: LiveBranch, language: Language) -> str:
    """What to do, in one short sentence."""
    match action:
        case OpenCounter(counter=counter, lasts=lasts):
            return language.text(
                "Open counter {counter} for {minutes} min",
                counter=counter,
                minutes=round(lasts / MINUTE),
            )
        case EndPause(counter=counter):
            return language.text(
                "Call {clerk} back to counter {counter}",
                clerk=_clerk(live, counter, language),
                counter=counter,
            )
        case ChangeServices(counter=counter, services=services):
            return _change_words(live, counter, services, language)
        case MoveBreak(counter=counter, planned=planned, starts=starts):
            return language.text(
                "Send {clerk} on break at {later}, not {planned}",
                clerk=_clerk(live, counter, language),
                later=_clock(starts, language),
                planned=_clock(planned, language),
            )
        case PauseRemote(service=service):
            return language.text(
                "Pause remote tickets for {service}", service=live.branch.service(service).name
            )


def effect_words(advice: Advice, language: Language) -> str:
    """What it brings: people, with the range, and minutes."""
    people = language.plural(
        "{count} fewer past target ({range})",
        "{count} fewer past target ({range})",
        _people(advice),
        range=_range(advice, language),
    )
    minutes = round(advice.shorter / 60)
    if minutes < 1:
        return people
    return language.text("{people} · −{minutes} min", people=people, minutes=minutes)


def people_spared(advice: Advice, language: Language) -> str:
    """The same in a narrow column that is headed "past target": people, with the range."""
    return language.plural(
        "{count} fewer ({range})",
        "{count} fewer ({range})",
        _people(advice),
        range=_range(advice, language),
    )


def _people(advice: Advice) -> int:
    return max(1, round(advice.spared.mean))


def _range(advice: Advice, language: Language) -> str:
    low, high = round(advice.spared.low), round(advice.spared.high)
    # With a dash, "-4–9" would hide that things may also become worse.
    if low < 0:
        return language.text("{low} to {high}", low=low, high=high)
    return language.text("{low}–{high}", low=low, high=high)


def cost_words(advice: Advice, language: Language) -> str:
    """What it takes: people who are sent to the hall, time of staff, or nothing."""
    if advice.turned_away:
        count = max(1, round(advice.turned_away))
        return language.plural("{count} sent to the hall", "{count} sent to the hall", count)
    if not advice.cost:
        return language.text("no more staff")
    return language.text("{minutes} min of a clerk", minutes=round(advice.cost / MINUTE))


def drift_words(slower: float, language: Language) -> str:
    """That visits take longer or shorter than they used to."""
    percent = language.percent(abs(slower))
    if slower > 0:
        return language.text("Visits take {percent} longer than usual today", percent=percent)
    return language.text("Visits take {percent} less time than usual today", percent=percent)


def accuracy_words(accuracy: Accuracy, language: Language) -> str:
    """How good promises were, for a supervisor; says so when there were none."""
    error = accuracy.typical_error
    if not accuracy.promises or error is None:
        return language.text("nothing promised yet")
    within = accuracy.share_within
    return language.text(
        "{late} late (right: {right_late}), {within} in range (right: {right_within}), off by"
        " {minutes} min",
        late=language.percent(accuracy.share_late or 0.0),
        right_late=language.percent(RIGHT_LATE),
        within="–" if within is None else language.percent(within),
        right_within=language.percent(RIGHT_WITHIN),
        minutes=round(error / MINUTE, 1),
    )


def promise_words(past: PastAccuracy | None, today: date, language: Language) -> str:
    """What customers are told of the last day's promises; nothing when it says too little."""
    if past is None:
        return ""
    kept = past.of_last_day.in_time_of_hundred
    if kept is None:
        return ""
    if past.last_day == today - timedelta(days=1):
        return language.text(
            "Yesterday {kept} of {hundred} people were called within the time that they were told",
            kept=kept,
            hundred=HUNDRED,
        )
    return language.text(
        "On the last open day {kept} of {hundred} people were called within the time that they"
        " were told",
        kept=kept,
        hundred=HUNDRED,
    )


def _change_words(
    live: LiveBranch, number: CounterNumber, services: tuple[ServiceCode, ...], language: Language
) -> str:
    counter = live.branch.counter(number)
    more, less = gained(counter, services), given_up(counter, services)
    if more and less:
        return language.text(
            "Move counter {counter} from {old} to {new}",
            counter=number,
            old=_services(live, less, language),
            new=_services(live, more, language),
        )
    if more:
        return language.text(
            "Let counter {counter} serve {new} too",
            counter=number,
            new=_services(live, more, language),
        )
    return language.text(
        "Let counter {counter} leave {old} to the others",
        counter=number,
        old=_services(live, less, language),
    )


def _services(live: LiveBranch, codes: tuple[ServiceCode, ...], language: Language) -> str:
    return " + ".join(language.name(live.branch.service(code).name) for code in codes)


def _clerk(live: LiveBranch, counter: CounterNumber, language: Language) -> str:
    code = live.desk(counter).staff
    person = None if code is None else live.staff.get(code)
    if person is None:
        return language.text("the clerk of counter {counter}", counter=counter)
    return person.name


def _clock(moment: time, language: Language) -> str:
    return language.digits(f"{moment:%H:%M}")
