"""What is out of order in the hall, said before anybody asks."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len

from kiosk.kept_promises import kept_promises
from queueapp.domain.branch import Counter, Service
from queueapp.domain.desk import DeskState
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.language import Language
from queueapp.language.openings import as_sentence, branch_opening, next_time, rest_of_today

BETWEEN = "   ·   "


def notices(live: LiveBranch, now: datetime, language: Language) -> list[str]:
    """One calm sentence for each paused counter and each closed service, or for a closed branch."""
    paused = (pause_notice(live, counter, now, language) for counter in live.branch.counters)
    rest = rest_of_today(live.branch, now, language)
    opens = branch_opening(live, now, language)
    if rest or opens:
        everything = [f"{said}." for said in (rest, as_sentence(opens)) if said]
        return [*(said for said in paused if said is not None), *everything]
    closed = (_closed(live, service, now, language) for service in live.branch.services)
    kept = kept_promises(live, language)
    return [said for said in (*paused, *closed, f"{kept}." if kept else None) if said is not None]


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


def _closed(live: LiveBranch, service: Service, now: datetime, language: Language) -> str | None:
    if is_service_open(live.branch, service, now):
        return None
    opens = next_time(service, live, now, language)
    if not opens:
        return language.text("{service} is closed now.", service=service.name)
    return language.text("{service} {opens}.", service=service.name, opens=opens)
