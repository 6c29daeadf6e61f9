"""When a service opens, and why a branch rests, as kiosk, board and launcher say it."""

from datetime import datetime

from queueapp.domain.branch import Branch, Service
from queueapp.domain.hours import is_service_open, next_opening, opens_later
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence
from queueapp.language.dates import WEEKDAYS
from queueapp.language.language import Language

TODAY = sentence("opens at {time}")
TOMORROW = sentence("opens tomorrow at {time}")
THIS_WEEK = sentence("opens on {weekday} at {time}")
LATER = sentence("opens on {date} at {time}")
CLOSED = sentence("Closed now")
RESTS = sentence("Closed today: {holiday}")
WEEKEND = sentence("Closed today: {weekday} is a day off")
A_WEEK = 7


def opening(opens: datetime, now: datetime, language: Language) -> str:
    """The moment ``opens``, as near people say it: ``opens on Saturday at 08:00``."""
    local, today = opens.astimezone(language.zone), now.astimezone(language.zone).date()
    days = (local.date() - today).days
    time = language.hour(opens)
    if days == 0:
        return language.text(TODAY, time=time)
    if days == 1:
        return language.text(TOMORROW, time=time)
    if days < A_WEEK:
        weekday = language.text(WEEKDAYS[local.weekday()])
        return language.text(THIS_WEEK, weekday=weekday, time=time)
    return language.text(LATER, date=language.date(local.date()), time=time)


def rest_of_today(branch: Branch, now: datetime, language: Language) -> str:
    """Why the branch rests today; empty: it does not."""
    day = branch.day(now)
    rest = branch.day_off(day)
    if rest is None:
        return ""
    if rest.holiday is not None:
        return language.text(RESTS, holiday=rest.holiday)
    return language.text(WEEKEND, weekday=language.text(WEEKDAYS[day.weekday()]))


def closed(service: Service, live: LiveBranch, now: datetime, language: Language) -> str:
    """Why nobody can take a ticket for ``service`` now; empty: they can."""
    if is_service_open(live.branch, service, now):
        return ""
    return (service.is_open and rest_of_today(live.branch, now, language)) or language.text(CLOSED)


def next_time(service: Service, live: LiveBranch, now: datetime, language: Language) -> str:
    """When somebody will serve ``service``, where nobody does now; empty: they do, or who knows."""
    opens = opens_later(live, service, now)
    return "" if opens is None else opening(opens, now, language)


def branch_opening(live: LiveBranch, now: datetime, language: Language) -> str:
    """When the first of all services opens, where none is served now; empty otherwise."""
    services = live.branch.services
    moments = [opens_later(live, service, now) for service in services]
    if any(
        moment is None and is_service_open(live.branch, service, now)
        for moment, service in zip(moments, services, strict=True)
    ):
        return ""
    known = [moment for moment in moments if moment is not None]
    return opening(min(known), now, language) if known else ""


def rest_and_return(branch: Branch, now: datetime, language: Language) -> str:
    """Why the branch rests today and when it opens again, in sentences; empty: it does not rest."""
    rest = rest_of_today(branch, now, language)
    if not rest:
        return ""
    moments = (next_opening(branch, service, now) for service in branch.services)
    opens = min((moment for moment in moments if moment is not None), default=None)
    again = f" {as_sentence(opening(opens, now, language))}." if opens is not None else ""
    return f"{rest}.{again}"


def as_sentence(phrase: str) -> str:
    """``phrase`` with a capital, for where it stands alone."""
    return phrase[:1].upper() + phrase[1:]
