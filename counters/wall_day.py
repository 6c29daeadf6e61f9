"""Today's waits in the words of the day chart."""

from dataclasses import dataclass
from datetime import timedelta

from counters import wall_words as words
from counters.day_chart import ChartWords, scale
from queueapp.domain.figures import HalfHour, waits_by_half_hour
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import ServiceCode
from queueapp.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the chart draws and what is said of it."""

    halves: tuple[HalfHour, ...]
    words: ChartWords
    legend: str


def day_of(live: LiveBranch, service: ServiceCode | None, language: Language) -> Day:
    """Today's waits for ``service``, or for all of them."""
    halves = waits_by_half_hour(live, service)
    top = scale(halves)
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
            hours=tuple(_hour(half, language) for half in halves),
            minutes=(_minutes(top, language), _minutes(top / 2, language)),
        ),
        legend=_legend(halves, language),
    )


def _hour(half: HalfHour, language: Language) -> str:
    return language.digits(f"{half.starts.hour:02d}") if half.starts.minute == 0 else ""


def _minutes(wait: timedelta, language: Language) -> str:
    return language.number(round(wait / timedelta(minutes=1)))


def _legend(halves: tuple[HalfHour, ...], language: Language) -> str:
    calls = sum(half.calls for half in halves)
    if not calls:
        return ""
    waited = sum((half.mean * half.calls for half in halves if half.mean), timedelta(0))
    lines = (
        language.text("█ mean   ─ 8 of 10 waited less"),
        language.plural(
            "{count} call today, mean wait {mean}",
            "{count} calls today, mean wait {mean}",
            calls,
            mean=words.short_wait(waited / calls, language),
        ),
    )
    return "\n".join(lines)


def next_charted(live: LiveBranch, charted: ServiceCode | None, by: int) -> ServiceCode | None:
    """The service ``by`` further on, with all of them between the last and the first."""
    codes = [None, *(service.code for service in live.branch.services)]
    at = codes.index(charted) if charted in codes else 0
    return codes[(at + by) % len(codes)]
