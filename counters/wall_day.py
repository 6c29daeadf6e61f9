"""Today's waits in the words of the day chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from counters import wall_words as words
from counters.day_chart import ChartWords, scale
from queueapp.domain.figures import HalfHour, accuracy_of_today, waits_by_half_hour
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead, Outlook
from queueapp.domain.words import ServiceCode
from queueapp.language import Language
from queueapp.language.advice_words import accuracy_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the chart draws and what is said of it."""

    halves: tuple[HalfHour, ...]
    words: ChartWords
    legend: str
    ahead: tuple[HalfHourAhead, ...] = ()


def day_of(
    live: LiveBranch,
    service: ServiceCode | None,
    language: Language,
    outlook: Outlook | None = None,
) -> Day:
    """Today's waits for ``service``, or for all of them and then with what is to come."""
    halves = waits_by_half_hour(live, service)
    last = halves[-1].starts if halves else None
    ahead = tuple(
        half
        for half in (outlook.ahead if outlook is not None and service is None else ())
        if last is None or half.starts > last
    )
    top = scale(halves, ahead)
    name = (
        language.text("all services")
        if service is None
        else language.name(live.branch.service(service).name)
    )
    return Day(
        halves=halves,
        words=ChartWords(
            title=language.text("Waits today · {service}", service=name),
            empty=language.text("Nobody has been called yet today."),
            hours=tuple(_hour(starts, language) for starts in starts_of(halves, ahead)),
            minutes=(_minutes(top, language), _minutes(top / 2, language)),
        ),
        legend="\n".join(
            (*_legend(halves, bool(ahead), language), *promises(live, outlook, language))
        ),
        ahead=ahead,
    )


def starts_of(halves: Sequence[HalfHour], ahead: Sequence[HalfHourAhead]) -> tuple[datetime, ...]:
    """When each column of the chart begins."""
    return (*(half.starts for half in halves), *(half.starts for half in ahead))


def _hour(starts: datetime, language: Language) -> str:
    return language.digits(f"{starts.hour:02d}") if starts.minute == 0 else ""


def _minutes(wait: timedelta, language: Language) -> str:
    return language.number(round(wait / timedelta(minutes=1)))


def _legend(
    halves: tuple[HalfHour, ...],
    has_ahead: bool,  # noqa: FBT001 - one of two lines
    language: Language,
) -> Iterator[str]:
    if has_ahead:
        yield language.text("█ mean  ─ 8 of 10 less  ░ ahead")
    elif any(half.calls for half in halves):
        yield language.text("█ mean  ─ 8 of 10 less")
    calls = sum(half.calls for half in halves)
    if calls:
        waited = sum((half.mean * half.calls for half in halves if half.mean), timedelta(0))
        yield language.plural(
            "{count} call, mean wait {mean}",
            "{count} calls, mean wait {mean}",
            calls,
            mean=words.short_wait(waited / calls, language),
        )


def promises(live: LiveBranch, outlook: Outlook | None, language: Language) -> Iterator[str]:
    """How good the promises are today and were in the last 30 days, one line each."""
    today = accuracy_of_today(live)
    if today.promises:
        said = accuracy_words(today, language)
        yield language.text("Promises today: {accuracy}", accuracy=said)
    if outlook is not None and outlook.accuracy is not None:
        said = accuracy_words(outlook.accuracy.of_month, language)
        yield language.text("Last 30 days: {accuracy}", accuracy=said)


def next_charted(live: LiveBranch, charted: ServiceCode | None, by: int) -> ServiceCode | None:
    """The service ``by`` further on, with all of them between the last and the first."""
    codes = [None, *(service.code for service in live.branch.services)]
    at = codes.index(charted) if charted in codes else 0
    return codes[(at + by) % len(codes)]
