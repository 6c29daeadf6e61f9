"""The live picture as the lines of the wall: alerts, services, counters, ratings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from counters import wall_words as words
from counters.pauses import pause_reason
from counters.wall_table import Cell, Column, Row, Rows
from queueapp.domain.alerts import Alert, AlertKind, Severity
from queueapp.domain.branch import Category, Counter, Service
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.figures import service_figures
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import Rating
from queueapp.domain.remote import are_remote_paused
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber
from queueapp.language import Language
from queueapp.tui.themes import SIGNS, signed, target_class

WIDE = 96
"""A table this wide has room for what one can do without."""
ROOM_FOR_ALL = 46
"""A list of ratings narrower than this says where and why, and leaves out when and whose."""
RATINGS_LISTED = 100
"""Nobody scrolls further, and the list is made anew each second however long the day was."""
ALERT_KEYS = 9
"""So many alerts have a key of their own."""
MARKS = {Severity.URGENT: "past", Severity.WARNING: "near", Severity.NOTICE: "quiet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What the lines are made from."""

    live: LiveBranch
    now: datetime
    language: Language


def summary(picture: Picture) -> str:
    """The branch in one short line: who waits, which counters are open, what time it is."""
    live, language = picture.live, picture.language
    desks = [live.desk(counter.number) for counter in live.branch.counters]
    parts = (
        language.text("{count} waiting", count=len(live.waiting)),
        language.text(
            "{open} of {all} counters open",
            open=sum(desk.state is DeskState.OPEN for desk in desks),
            all=len(desks),
        ),
        language.time(picture.now),
    )
    return " · ".join(parts)


def alert_key(alert: Alert) -> tuple[object, ...]:
    """What stays the same while an alert goes on."""
    per_service = {AlertKind.TARGET_MISSED, AlertKind.TARGET_AT_RISK, AlertKind.NOBODY_SERVES}
    of_many = per_service | {AlertKind.BAD_RATING, AlertKind.TICKETS_UNPRINTED}
    ticket = None if alert.kind in of_many else alert.ticket
    return (alert.kind, alert.service, alert.counter, ticket, alert.printer)


def alert_rows(picture: Picture, found: Sequence[Alert]) -> Rows:
    """What needs a look, each with the key that does something about it."""
    language = picture.language
    title = language.text("Alerts")
    since = language.text("since") if found else ""
    return Rows(
        title=f"{title} {language.number(len(found))}" if found else title,
        columns=(
            Column(width=1),
            Column(width=1),
            Column(width=46, grows=3),
            Column(heading=language.text("what helps") if found else "", width=25, grows=1),
            Column(heading=since, width=6, at_end=True, from_width=WIDE),
        ),
        rows=tuple(_alert_row(picture, number, alert) for number, alert in enumerate(found, 1)),
        empty=language.text("All is well: nothing needs you now."),
    )


def _alert_row(picture: Picture, number: int, alert: Alert) -> Row:
    language = picture.language
    sentence = words.alert_sentence(alert, picture.live, language)
    return Row(
        key=alert_key(alert),
        cells=(
            Cell(SIGNS.get(MARKS[alert.kind.severity], "●"), MARKS[alert.kind.severity]),
            Cell(language.number(number) if number <= ALERT_KEYS else "", "quiet"),
            Cell(sentence),
            Cell(language.text(words.REMEDIES[alert.kind.remedies[0]]), "quiet"),
            Cell(language.time(alert.since), "quiet"),
        ),
    )


def service_rows(picture: Picture) -> Rows:
    """Every service: who waits, how long, and how the day goes."""
    language = picture.language
    category = picture.live.branch.usual_category
    return Rows(
        title=language.text("Services"),
        columns=(
            Column(width=1),
            Column(width=19, grows=1),
            Column(heading=language.text("waiting"), width=9, at_end=True),
            Column(heading=language.text("longest"), width=10, at_end=True),
            Column(heading=language.text("target"), width=9, at_end=True, from_width=WIDE),
            Column(heading=language.text("arriving now"), width=22, at_end=True),
            Column(heading=language.text("in target"), width=10, at_end=True),
            Column(width=1),
            Column(heading=language.text("waits"), width=9, from_width=WIDE),
        ),
        rows=tuple(_service_row(picture, each, category) for each in picture.live.branch.services),
    )


def _service_row(picture: Picture, service: Service, category: Category) -> Row:
    live, now, language = picture.live, picture.now, picture.language
    figures = service_figures(live, service.code, now)
    wait = figures.longest_wait
    is_open = is_service_open(live.branch, service, now)
    forecast = live.forecast_arriving(service.code, category.code, now)
    arriving = language.forecast(forecast) if is_open else _closed(service, language)
    if is_open and are_remote_paused(live.branch, service, now):
        arriving = language.text("hall only · {wait}", wait=arriving)
    share, trend = figures.share_within_target, figures.trend
    return Row(
        key=service.code,
        cells=(
            Cell(service.code, "quiet"),
            Cell(language.name(service.name), "" if is_open else "quiet"),
            Cell(language.number(figures.waiting), "" if figures.waiting else "quiet"),
            Cell(
                *("–", "quiet")
                if wait is None
                else _toned(words.short_wait(wait, language), target_class(wait / service.target)),
            ),
            Cell(words.short_wait(service.target, language), "quiet"),
            Cell(arriving, "" if is_open else "quiet"),
            Cell(*(("–", "quiet") if share is None else (language.percent(share),))),
            Cell("" if trend is None else words.ARROWS[trend]),
            Cell("" if trend is None else language.text(words.TRENDS[trend]), "quiet"),
        ),
    )


def _closed(service: Service, language: Language) -> str:
    if service.is_open:
        return language.text("closed at this hour")
    return language.text("closed by hand")


def counter_rows(picture: Picture, unusual: frozenset[CounterNumber]) -> Rows:
    """Every counter; those in ``unusual`` have had their customer for longer than usual."""
    language = picture.language
    return Rows(
        title=language.text("Counters"),
        columns=(
            Column(width=2, at_end=True),
            Column(width=10, grows=2),
            Column(heading=language.text("state"), width=22, grows=1),
            Column(heading=language.text("ticket"), width=7),
            Column(heading=language.text("for"), width=9),
            Column(heading=language.text("pause"), width=13, grows=2),
            Column(heading=language.text("serves"), width=8, grows=1),
        ),
        rows=tuple(_counter_row(picture, each, unusual) for each in picture.live.branch.counters),
    )


def _counter_row(picture: Picture, counter: Counter, unusual: frozenset[CounterNumber]) -> Row:
    live, now, language = picture.live, picture.now, picture.language
    desk = live.desk(counter.number)
    in_hand = live.in_hand(counter.number)
    idle = live.idle_since(counter.number)
    if in_hand is not None:
        leg = in_hand.leg
        begun = leg.started_at or leg.called_at or now
        hand = Cell(language.ticket(in_hand), "" if leg.state is LegState.SERVING else "quiet")
        tone = "near" if counter.number in unusual else ""
        taken = Cell(signed(language.stopwatch(now - begun), tone), tone)
    elif idle is not None:
        hand = Cell(language.text("free"), "quiet")
        taken = Cell(language.stopwatch(now - idle), "quiet")
    else:
        hand, taken = Cell(), Cell()
    return Row(
        key=counter.number,
        cells=(
            Cell(language.number(counter.number), "quiet"),
            Cell(words.staff_name(live, desk.staff) or "–", "" if desk.staff else "quiet"),
            Cell(*_toned(words.desk_state(desk, language), _desk_tone(desk, now))),
            hand,
            taken,
            Cell(pause_reason(desk.reason, language)),
            Cell(words.skills(counter), "quiet"),
        ),
    )


def _toned(wait: str, tone: str) -> tuple[str, str]:
    return signed(wait, tone), tone


def _desk_tone(desk: Desk, now: datetime) -> str:
    if desk.expected_end is not None and now > desk.expected_end:
        return "past"
    return "" if desk.state is DeskState.OPEN else "quiet"


def queue_rows(picture: Picture, tickets: Sequence[Ticket]) -> Rows:
    """Who waits or is on hold, each with the wait so far and the range of what is left."""
    language = picture.language
    return Rows(
        title=language.text("In the queue"),
        columns=(
            Column(width=6),
            Column(width=19, grows=1),
            Column(heading=language.text("category"), width=12, grows=1),
            Column(heading=language.text("waited"), width=10, at_end=True),
            Column(heading=language.text("still"), width=24, at_end=True),
        ),
        rows=tuple(_queue_row(picture, ticket) for ticket in tickets),
        empty=language.text("Nobody waits or is on hold just now."),
    )


def _queue_row(picture: Picture, ticket: Ticket) -> Row:
    live, now, language = picture.live, picture.now, picture.language
    leg = ticket.leg
    service = live.branch.service(leg.service)
    if leg.state is LegState.HELD:
        wait, still = Cell("–", "quiet"), language.leg_state(leg.state)
    else:
        waited = max(now - leg.counts_from, timedelta(0))
        tone = target_class(waited / service.target)
        wait = Cell(*_toned(words.short_wait(waited, language), tone))
        still = language.forecast(live.forecast_waiting(ticket.id, now))
    return Row(
        key=ticket.id,
        cells=(
            Cell(language.ticket(ticket)),
            Cell(language.name(service.name)),
            Cell(language.name(live.branch.category(leg.category).name), "quiet"),
            wait,
            Cell(still, "quiet"),
        ),
    )


def rating_rows(picture: Picture) -> Rows:
    """Today's ratings, the last one first, with today's mean in the title."""
    language = picture.language
    return Rows(
        title=rating_title(picture),
        columns=(
            Column(width=5),
            Column(width=5, at_end=True, from_width=ROOM_FOR_ALL),
            Column(width=6, from_width=ROOM_FOR_ALL),
            Column(width=9),
            Column(width=15, grows=1),
        ),
        rows=tuple(
            _rating_row(picture, rating) for rating in last_ratings(picture.live)[:RATINGS_LISTED]
        ),
        empty=language.text("Nobody has rated a visit today."),
    )


def last_ratings(live: LiveBranch) -> list[Rating]:
    """Today's ratings, the last one first."""
    return sorted(live.ratings.values(), key=lambda r: (r.at, r.ticket, r.ordinal), reverse=True)


def rating_title(picture: Picture) -> str:
    """How many ratings there are, and their mean."""
    scores = [rating.score for rating in picture.live.ratings.values()]
    if not scores:
        return picture.language.text("Ratings")
    return picture.language.text(
        "Ratings {mean} of 5 ({count})", mean=round(fmean(scores), 1), count=len(scores)
    )


def _rating_row(picture: Picture, rating: Rating) -> Row:
    live, language = picture.live, picture.language
    counter = rated_counter(live, rating)
    place = "" if counter is None else language.text("counter {counter}", counter=counter)
    return Row(
        key=(rating.ticket, rating.ordinal),
        cells=(
            Cell(words.stars(rating.score)),
            Cell(language.time(rating.at), "quiet"),
            Cell(language.label(words.label(live, rating.ticket))),
            Cell(place, "quiet"),
            Cell("" if rating.reason is None else language.rating_reason(rating.reason)),
        ),
    )


def rated_counter(live: LiveBranch, rating: Rating) -> CounterNumber | None:
    """Where the rated visit was."""
    ticket = live.tickets.get(rating.ticket)
    legs = () if ticket is None else ticket.legs
    return next((leg.counter for leg in legs if leg.ordinal == rating.ordinal), None)


def rating_strip(picture: Picture, room: int) -> str:
    """The last ratings in one line of ``room`` cells, for a window without their table."""
    if not picture.live.ratings:
        return picture.language.text("Nobody has rated a visit today.")
    line = rating_title(picture)
    for rating in last_ratings(picture.live):
        row = _rating_row(picture, rating)
        parts = (row.cells[0].text, row.cells[2].text, row.cells[3].text, row.cells[4].text)
        longer = f"{line}   {' '.join(part for part in parts if part)}"
        if len(longer) > room:
            break
        line = longer
    return line
