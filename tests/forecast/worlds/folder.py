"""Made days as a folder that ``queueapp replay`` reads."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.forecast.worlds.days import BOOKED_BEFORE, MadeDay
from tests.forecast.worlds.hall import HEAD_START, WEIGHT
from tests.forecast.worlds.world import World

FIRST_DAY = datetime(2026, 1, 3, tzinfo=UTC)
"""A Saturday."""
BELIEVED = 1.15
"""What the branch wrote of its means is off by so much: people round, and forget tidying up."""

VISIT_COLUMNS = (
    "ticket",
    "service",
    "category",
    "appointment_at",
    "arrived_at",
    "called_at",
    "started_at",
    "ended_at",
    "outcome",
    "counter",
    "staff",
)


def write_folder(folder: Path, world: World, days: Sequence[MadeDay]) -> None:
    """Write visits, desks, appointments and branch.toml of ``days`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "visits.csv", VISIT_COLUMNS, _visits(world, days))
    _write(
        folder / "desks.csv",
        ("counter", "staff", "state", "at", "expected_minutes"),
        _desks(world, days),
    )
    _write(folder / "appointments.csv", ("appointment_at", "service", "booked_at"), _bookings(days))
    (folder / "branch.toml").write_text(branch_toml(world), encoding="utf-8")


def branch_toml(world: World) -> str:
    """The plan of ``world`` as the branch wrote it."""
    lines = [
        'id = "world"',
        f'name = "{world.name}"',
        'time_zone = "UTC"',
        f'policy = "{world.policy}"',
    ]
    for work in world.works:
        lines += [
            f"[services.{work.code}]",
            f'name = "Service {work.code}"',
            f"target_minutes = {work.target / 60:g}",
            f"mean_minutes = {round(work.mean * BELIEVED / 30) / 2:g}",
            f"spread_minutes = {round(work.mean * 0.7 / 30) / 2:g}",
        ]
    for category, head_start in HEAD_START.items():
        lines += [
            f"[categories.{category}]",
            f'name = "{category}"',
            f"weight = {WEIGHT[category]:g}",
            f"head_start_minutes = {head_start / 60:g}",
        ]
        if category == "appointment":
            lines.append("by_appointment = true")
    for place, position in enumerate(world.positions):
        skills = ", ".join(f'"{code}"' for code in position.skills)
        lines += [f"[counters.{place + 1}]", f"services = [{skills}]"]
    if world.trouble.has_roster:
        for place, position in enumerate(world.positions):
            breaks = ", ".join(f'"{_clock(a)}-{_clock(b)}"' for a, b in position.breaks)
            lines += [
                "[[roster]]",
                f"counters = [{place + 1}]",
                'days = "every day"',
                f'hours = "{_clock(world.opens)}-{_clock(world.closes)}"',
                f"breaks = [{breaks}]",
            ]
    return "\n".join(lines) + "\n"


def moment(day: int, seconds: float) -> datetime:
    """When something happened, on the branch's clock."""
    return FIRST_DAY + timedelta(days=day, seconds=round(seconds, 3))


def _clock(hours: float) -> str:
    return f"{int(hours):02d}:{round(hours % 1 * 60):02d}"


def _iso(day: int, seconds: float | None) -> str:
    return "" if seconds is None else moment(day, seconds).isoformat()


def _staff(world: World, day: int, position: int) -> str:
    return "new" if world.has_new_clerk(day, position) else f"clerk{position + 1}"


def _visits(world: World, days: Sequence[MadeDay]) -> Iterable[Sequence[object]]:
    for day in days:
        for row in day.visits:
            place = row.position
            yield (
                f"{day.number:03d}-{row.number:04d}",
                row.service,
                row.category,
                _iso(day.number, row.slot),
                _iso(day.number, row.arrived),
                _iso(day.number, row.called),
                _iso(day.number, row.started),
                _iso(day.number, row.ended),
                row.outcome,
                "" if place is None else place + 1,
                "" if place is None else _staff(world, day.number, place),
            )


def _desks(world: World, days: Sequence[MadeDay]) -> Iterable[Sequence[object]]:
    for day in days:
        for row in day.desks:
            expected = "" if row.expected is None else f"{row.expected / 60:.1f}"
            staff = _staff(world, day.number, row.position)
            yield row.position + 1, staff, row.state, _iso(day.number, row.at), expected


def _bookings(days: Sequence[MadeDay]) -> Iterable[Sequence[object]]:
    for day in days:
        for service, slot in day.slots:
            booked = moment(day.number, slot - BOOKED_BEFORE)
            yield _iso(day.number, slot), service, booked.isoformat()


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
