"""What the replay is pointed at: a folder with a log, or the file of visits alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from pathlib import Path

from queueapp.config.branch_file import read_branch
from queueapp.forecast.replay.inferred_plan import InferredPlan
from queueapp.forecast.replay.log import Log
from queueapp.forecast.replay.plan import Plan, WrittenPlan, only_known
from queueapp.forecast.replay.reading import (
    APPOINTMENTS,
    DESKS,
    VISITS,
    LogError,
    first_offset,
    read_log,
)

BRANCH = "branch.toml"
NOT_WHOLE_HOURS = {
    timedelta(hours=3, minutes=30): "Asia/Tehran",
    timedelta(hours=4, minutes=30): "Asia/Kabul",
    timedelta(hours=5, minutes=30): "Asia/Kolkata",
    timedelta(hours=5, minutes=45): "Asia/Kathmandu",
    timedelta(hours=6, minutes=30): "Asia/Yangon",
    timedelta(hours=9, minutes=30): "Australia/Darwin",
}
"""Time zones by their offsets, where it is not one of whole hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a replay needs, and what was not there and had to be inferred."""

    log: Log
    plan: Plan
    remarks: Sequence[str]


def read_material(place: Path) -> Material:
    """The log at ``place``, a folder or a file of visits, each table plain or gzipped.

    Raises :class:`LogError` for what cannot be read, and
    :class:`~queueapp.config.problems.BranchFileError` for mistakes in ``branch.toml``.
    """
    visits = _visits_file(place)
    folder = visits.parent if place.is_dir() else None
    desks = folder and _there(folder, DESKS)
    appointments = folder and _there(folder, APPOINTMENTS)
    branch_file = folder and _there(folder, BRANCH)
    remarks = [] if desks else [_NO_DESKS]
    if branch_file:
        branch = read_branch(branch_file, letters_only=False)
        plan: Plan = WrittenPlan(branch)
        log = read_log(visits, desks=desks, appointments=appointments, zone=branch.zone)
        log = only_known(log, plan)
        if not log.visits:
            raise LogError(
                f"No visit of {visits.name} fits {BRANCH}. The first problem: {log.bad_rows[0]}."
            )
        return Material(log=log, plan=plan, remarks=remarks)
    zone, time_zone, said = _time_zone(visits)
    log = read_log(visits, desks=desks, appointments=appointments, zone=zone)
    inferred = InferredPlan(log, time_zone)
    return Material(log=log, plan=inferred, remarks=[_inferred(inferred, said), *remarks])


_NO_DESKS = (
    "There is no desks.csv: who was at the counters, and when, is inferred from the calls so far."
)


def _visits_file(place: Path) -> Path:
    if place.is_dir():
        found = _there(place, VISITS)
        if found is None:
            raise LogError(f"{place} has no {VISITS} (or {VISITS}.gz) in it.")
        return found
    if not place.exists():
        raise LogError(f"There is no folder or file {place}.")
    return place


def _there(folder: Path, name: str) -> Path | None:
    candidates = (folder / name, folder / f"{name}.gz")
    return next((path for path in candidates if path.is_file()), None)


def _time_zone(visits: Path) -> tuple[tzinfo, str, str]:
    """The clock of a log that nobody described: the offset that its first time carries."""
    offset = first_offset(visits)
    if offset in NOT_WHOLE_HOURS:
        return UTC, NOT_WHOLE_HOURS[offset], NOT_WHOLE_HOURS[offset]
    if not offset or offset % timedelta(hours=1):
        return UTC, "UTC", "UTC"
    hours = int(offset / timedelta(hours=1))
    # Etc/GMT-2 is two hours ahead of Greenwich: POSIX counts the other way round.
    return UTC, f"Etc/GMT{-hours:+d}", f"UTC{hours:+d}"


def _inferred(plan: InferredPlan, zone: str) -> str:
    branch = plan.branch
    return (
        f"There is no {BRANCH}: the branch is inferred from the visits: {len(branch.services)} "
        f"services, {len(branch.counters)} counters, {len(branch.categories)} categories, the "
        f"clock of {zone}; what each counter serves, how long a service takes and who goes sooner "
        "is learned day by day."
    )
