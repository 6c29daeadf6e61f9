"""Whether the branch is ready for customers: its plan, its people, its estimates."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from queueapp.cli.doctor.findings import About, Finding
from queueapp.config.branch_difference import describe_difference
from queueapp.config.branch_file import read_branch
from queueapp.config.problems import BranchFileError
from queueapp.domain.branch import Branch, OpeningHours, Service
from queueapp.domain.estimate import FRESH_FOR
from queueapp.domain.staff import PERMISSIONS, Permission
from queueapp.store.health import BranchHealth

CLOCK_WENT_BACK = timedelta(minutes=1)

_branch = About("branch")
_clock = About("clock")
_staff = About("staff")
_forecaster = About("forecaster")


def branch_findings(health: BranchHealth) -> Iterator[Finding]:
    """What is right and wrong with a branch."""
    branch = health.branch
    if not branch.services:
        yield _branch.wrong(
            f'The branch "{branch.id}" is empty.', "Run `queueapp init` or `queueapp branch apply`."
        )
        return
    yield _branch.ok(
        f'The branch "{branch.id}" has {_count(len(branch.services), "service")}'
        f" and {_count(len(branch.counters), 'counter')}."
    )
    yield from _served(branch)
    yield from _planned(branch)
    yield _time_zone(branch)
    yield from _future(health)
    yield from _people(health)
    yield _estimates(health)


def branch_file_findings(path: Path, branch: Branch | None) -> Iterator[Finding]:
    """Whether the branch file here, if there is one, is right and has been applied."""
    if not path.exists():
        return
    try:
        plan = read_branch(path)
    except BranchFileError as error:
        lines = str(error).splitlines()
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        yield _branch.wrong(
            f"{lines[0]}{more}", "Correct the file; `queueapp branch check` says every mistake."
        )
        return
    if branch is not None and describe_difference(branch, plan):
        yield _branch.attention(
            f"{path} and the branch in the database differ.",
            "See how, and apply the file, with `queueapp branch apply`.",
        )
        return
    yield _branch.ok(f"{path} is right.")


def _served(branch: Branch) -> Iterator[Finding]:
    for service in branch.services:
        if service.is_open and not branch.counters_serving(service.code):
            yield _branch.wrong(
                f"No counter serves {_name(branch, service)}: who takes a ticket waits for ever.",
                "Give it to a counter in branch.toml or on the supervisor's screen, or close it.",
            )


def _planned(branch: Branch) -> Iterator[Finding]:
    """Opening hours in which no counter that could serve is planned to be open."""
    for service in branch.services:
        days = sorted(
            {hours.weekday for hours in service.opening if not _is_planned(branch, service, hours)}
        )
        if days and branch.counters_serving(service.code):
            names = ", ".join(day.name.title() for day in days)
            yield _branch.attention(
                f"{_name(branch, service)} takes customers on {names}, but the roster opens no"
                " counter for it then.",
                "Correct the roster or the opening hours in branch.toml.",
            )


def _is_planned(branch: Branch, service: Service, hours: OpeningHours) -> bool:
    return any(
        not counter.roster
        or any(
            shift.weekday == hours.weekday
            and shift.span.starts < hours.span.ends
            and hours.span.starts < shift.span.ends
            for shift in counter.roster
        )
        for counter in branch.counters_serving(service.code)
    )


def _time_zone(branch: Branch) -> Finding:
    try:
        ZoneInfo(branch.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _clock.wrong(
            f"This machine does not know the time zone {branch.time_zone}.",
            "Install time zone data (`pip install --upgrade tzdata`), or correct branch.toml.",
        )
    return _clock.ok(f"The time zone {branch.time_zone} is known.")


def _future(health: BranchHealth) -> Iterator[Finding]:
    if health.last_change is None or health.last_change <= health.now + CLOCK_WENT_BACK:
        return
    ahead = health.last_change - health.now
    yield _clock.wrong(
        f"The last change is stamped {_span(ahead)} in the future: the clock was set back.",
        "Set the clock of the machine with the database right before you go on.",
    )


def _people(health: BranchHealth) -> Iterator[Finding]:
    if not health.staff:
        yield _staff.wrong(
            "Nobody is on the staff, so no desk can be opened.",
            "Add the first person: queueapp staff add 1 --name Sara --role supervisor.",
        )
        return
    if not any(Permission.STEER in PERMISSIONS[person.role] for person in health.staff):
        yield _staff.attention(
            "There is no supervisor: nobody can close a service or move a ticket.",
            "Add one: queueapp staff add 1 --name Sara --role supervisor.",
        )
        return
    yield _staff.ok(f"{_count(len(health.staff), 'person')} can sign on.")


def _estimates(health: BranchHealth) -> Finding:
    if health.lease_until is None or health.lease_until <= health.now:
        return _forecaster.attention(
            "Nobody computes estimates now; waits are shown as words.",
            "Start any terminal: it computes them beside.",
        )
    if health.estimated_at is None or health.now - health.estimated_at > FRESH_FOR:
        return _forecaster.wrong(
            "A terminal has undertaken to compute estimates, but none came in the last minute.",
            "Restart the terminals; the log file of one of them says why.",
        )
    return _forecaster.ok("Estimates are computed.")


def _name(branch: Branch, service: Service) -> str:
    return service.name.in_language("en" if "en" in branch.languages else branch.languages[0])


def _count(number: int, thing: str) -> str:
    plural = {"person": "people"}.get(thing, f"{thing}s")
    return f"{number} {thing if number == 1 else plural}"


def _span(ahead: timedelta) -> str:
    hours, minutes = divmod(round(ahead.total_seconds() / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
