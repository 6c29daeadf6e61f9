"""The wall tells whom with an appointment it still waits for, and how the day went."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from syrupy.assertion import SnapshotAssertion

from counters.wall_appointments import appointment_rows
from counters.wall_rows import Picture
from counters.wall_table import WallTable
from queueapp.domain.appointment import Appointment, AppointmentId, AppointmentState, Source
from queueapp.domain.live import LiveBranch
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.words import TicketId
from queueapp.language import load_language
from tests.cells_picture import screen_text
from tests.counters.halls import busy_hall
from tests.counters.walls import wall
from tests.snapshots import SIZES, Svg, picture
from tests.tui.fakes import LINES, NOW, text


def kept(number: int, minutes: float, **overrides: object) -> Appointment:
    """For a new line, so many minutes from now."""
    own = Appointment(
        id=AppointmentId(UUID(int=number)),
        service=LINES,
        starts_at=NOW + timedelta(minutes=minutes),
        code=f"1000000{number}",
        token=f"token-{number}",
        source=Source.IMPORT,
        booked_at=NOW - timedelta(days=1),
        language="fa",
    )
    return replace(own, **overrides)  # type: ignore[arg-type] # any field


def booked_hall() -> LiveBranch:
    hall = busy_hall()
    branch = hall.branch.with_service(replace(hall.branch.service(LINES), booking=SlotRules()))
    came = {"state": AppointmentState.CHECKED_IN, "ticket": TicketId(UUID(int=9))}
    appointments = (
        kept(1, -90, **came),
        kept(2, -60),
        kept(3, -5, label="خانم کریمی"),
        kept(4, 40),
        kept(5, 20, state=AppointmentState.CANCELLED),
        kept(6, 25, label="Reza Amini"),
    )
    return replace(hall, branch=branch, appointments={each.id: each for each in appointments})


async def test_who_is_still_to_come_is_listed_the_next_one_first() -> None:
    async with wall(booked_hall()) as at:
        lines = at.table("appointments")
        assert [line.split("|")[2:] for line in lines] == [
            ["خانم کریمی", "5 min late"],
            ["Reza Amini", ""],
            ["", ""],
        ]


async def test_where_nobody_is_named_the_services_have_all_the_room() -> None:
    live = booked_hall()
    nameless = {key: replace(each, label="") for key, each in live.appointments.items()}
    service = replace(live.branch.service(LINES), name=text("Change of ownership", "انتقال"))
    live = replace(live, branch=live.branch.with_service(service), appointments=nameless)
    async with wall(live, size=(132, 43)) as at:
        await at.pilot.pause()
        seen = " ".join(screen_text(at.terminal))
        assert seen.count("Change of ownership") > len(live.waiting_for(LINES)) + 1, seen


def test_the_title_counts_the_day() -> None:
    live = booked_hall()
    english = load_language("en", zone=live.branch.zone)
    rows = appointment_rows(Picture(live=live, now=NOW, language=english))
    assert rows.title == "Appointments · 5 booked, 1 came, 1 missed"


async def test_a_branch_without_appointments_has_no_list_of_them() -> None:
    async with wall() as at:
        assert not at.screen.query_one("#appointments", WallTable).display


@pytest.mark.parametrize(
    ("language", "size"), [("fa", SIZES[0]), ("en", SIZES[1])], ids=["fa-80x24", "en-132x43"]
)
async def test_the_day_with_appointments(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    async with wall(booked_hall(), size=size, language=language) as at:
        await at.press("d")
        assert await picture(at.pilot) == snapshot(extension_class=Svg)
