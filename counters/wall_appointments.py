"""Today's appointments as lines of the wall: who is still to come, and how the day went."""

from datetime import datetime

from counters.wall_rows import ROOM_FOR_ALL, Picture
from counters.wall_table import Cell, Column, Row, Rows
from queueapp.domain.appointment import Appointment, figures, is_expected, takes_appointments
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence
from queueapp.language import Language

BOOKED = sentence("{booked} booked, {came} came")
BOOKED_AND_MISSED = sentence("{booked} booked, {came} came, {missed} missed")


def has_appointments(live: LiveBranch) -> bool:
    """Whether they take room on the wall."""
    return takes_appointments(live.branch)


def appointment_rows(picture: Picture) -> Rows:
    """Everybody who is expected, the next one first."""
    live, now, language = picture.live, picture.now, picture.language
    expected = sorted(
        (each for each in live.appointments.values() if is_expected(live.branch, each, now)),
        key=lambda each: (each.starts_at, each.id),
    )
    says_whose = any(each.label for each in expected)
    return Rows(
        title=_title(picture),
        columns=(
            Column(width=5),
            Column(width=11, grows=1),
            # A column that is empty would take its room from the names of the services.
            *([Column(width=9, grows=1, from_width=ROOM_FOR_ALL)] if says_whose else []),
            Column(width=14, at_end=True),
        ),
        rows=tuple(_row(live, each, now, language, says_whose=says_whose) for each in expected),
        empty=language.text("Nobody with an appointment is still to come today."),
    )


def _title(picture: Picture) -> str:
    live, language = picture.live, picture.language
    counted = figures(live.branch, live.appointments.values(), picture.now)
    title = language.text("Appointments")
    if not counted.booked:
        return title
    said = language.text(
        BOOKED_AND_MISSED if counted.missed else BOOKED,
        booked=counted.booked,
        came=counted.came,
        missed=counted.missed,
    )
    return f"{title} · {said}"


def _row(
    live: LiveBranch, expected: Appointment, now: datetime, language: Language, *, says_whose: bool
) -> Row:
    late = now - expected.starts_at
    is_late = late.total_seconds() >= 60  # noqa: PLR2004 - a minute
    return Row(
        key=expected.id,
        cells=(
            Cell(language.time(expected.starts_at)),
            Cell(language.name(live.branch.service(expected.service).name), "quiet"),
            *([Cell(expected.label, "quiet")] if says_whose else []),
            Cell(language.text("{minutes} late", minutes=late) if is_late else "", "near"),
        ),
    )
