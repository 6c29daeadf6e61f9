"""What is out of order in the hall, said before anybody asks."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len

from queueapp.domain.branch import Branch, Counter, Service
from queueapp.domain.desk import DeskState
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.language import Language

BETWEEN = "   ·   "


def notices(live: LiveBranch, now: datetime, language: Language) -> list[str]:
    """One calm sentence for each paused counter and each closed service."""
    paused = (pause_notice(live, counter, now, language) for counter in live.branch.counters)
    closed = (_closed(live.branch, service, now, language) for service in live.branch.services)
    return [said for said in (*paused, *closed) if said is not None]


def packed(sentences: Iterable[str], width: int) -> Sequence[str]:
    """The sentences in as few lines of ``width`` columns as they need, never broken."""
    lines: list[str] = []
    for said in sentences:
        joined = f"{lines[-1]}{BETWEEN}{said}" if lines else said
        if lines and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(said)
    return lines


def pause_notice(
    live: LiveBranch, counter: Counter, now: datetime, language: Language
) -> str | None:
    """When ``counter`` is back; ``None``: it is not away, or it has a customer in hand."""
    desk = live.desk(counter.number)
    if desk.state is not DeskState.PAUSED or live.in_hand(counter.number) is not None:
        return None
    if desk.expected_end is None or desk.expected_end <= now:
        return language.text("Counter {counter} is back soon.", counter=counter.number)
    return language.text(
        "Counter {counter} is back at about {time}.",
        counter=counter.number,
        time=desk.expected_end,
    )


def _closed(branch: Branch, service: Service, now: datetime, language: Language) -> str | None:
    if is_service_open(branch, service, now):
        return None
    opens = _opens_today(branch, service, now)
    if opens is None:
        return language.text("{service} is closed now.", service=service.name)
    return language.text("{service} opens at {time}.", service=service.name, time=opens)


def _opens_today(branch: Branch, service: Service, now: datetime) -> datetime | None:
    """When ``service`` opens later today, by its hours; ``None``: it does not, or nobody knows."""
    if not service.is_open:
        return None
    local = branch.local(now)
    starts = [
        hours.span.starts
        for hours in service.opening
        if hours.weekday == local.weekday() and hours.span.starts > local.time()
    ]
    if not starts:
        return None
    return datetime.combine(local.date(), min(starts), tzinfo=local.tzinfo)
