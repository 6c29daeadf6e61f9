"""Small logs to replay: days of a made branch, written and read like anybody's."""

from collections.abc import Mapping
from pathlib import Path

from queueapp.forecast.replay.contestant import OURS, LiveForecast
from queueapp.forecast.replay.folder import Material, read_material
from queueapp.forecast.replay.play import Played, Replay
from tests.forecast.worlds.days import make_days
from tests.forecast.worlds.folder import write_folder
from tests.forecast.worlds.kinds import BY_NAME

BRANCH = """
id = "small"
name = "Small office"
time_zone = "Asia/Tehran"
policy = "fifo"

[services.A]
name = "Bills"
target_minutes = 10
mean_minutes = 4
spread_minutes = 3

[categories.normal]
name = "Normal"

[counters.1]
services = ["A"]
"""
HEADING = (
    "ticket,service,category,appointment_at,arrived_at,called_at,started_at,ended_at,outcome,"
    "counter,staff"
)


def row(
    ticket: str,
    arrived: str,
    called: str = "",
    ended: str = "",
    *,
    outcome: str = "served",
    service: str = "A",
    counter: str = "1",
    day: str = "2026-03-10",
) -> str:
    """A row of visits.csv; times are clocks such as ``09:05:00``."""
    times = [f"{day}T{clock}" if clock else "" for clock in (arrived, called, called, ended)]
    return ",".join([ticket, service, "normal", "", *times, outcome, counter, f"clerk{counter}"])


def a_folder(
    folder: Path, *rows: str, branch: str | None = BRANCH, others: Mapping[str, str] | None = None
) -> Path:
    """A folder with these visits, the plan, and ``others`` by their names."""
    folder.mkdir(exist_ok=True)
    (folder / "visits.csv").write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    if branch is not None:
        (folder / "branch.toml").write_text(branch, encoding="utf-8")
    for name, text in (others or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def a_made_folder(folder: Path, *, days: int, name: str = "four counters") -> Path:
    """Some days of a made branch."""
    world = BY_NAME[name]
    write_folder(folder, world, make_days(world, days))
    return folder


def played(material: Material) -> Played:
    """Everything that was said, by us and by the panel."""
    log, plan = material.log, material.plan
    ours = LiveForecast(plan.branch, staffing_known=log.desks is not None)
    return Replay(log, plan, {OURS: ours}).play()


def read_and_played(folder: Path) -> Played:
    """The same from a folder."""
    return played(read_material(folder))
