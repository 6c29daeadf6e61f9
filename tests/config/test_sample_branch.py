"""The branch files that come with the program are good ones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from queueapp.config.branch_file import read_branch
from queueapp.config.sample_branch import sample_branch_toml, telecom_office
from queueapp.domain.hours import is_service_open, shifts_today
from queueapp.domain.words import CategoryCode
from tests.config.branch_texts import mistakes_in

MONDAY_MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def test_what_init_writes_is_a_branch(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text(sample_branch_toml(), encoding="utf-8")
    branch = read_branch(file)
    assert branch.id == "main"
    assert [service.code for service in branch.services] == ["A", "B", "C"]
    assert [counter.number for counter in branch.counters] == [1, 2, 3]


def test_the_examples_that_init_comments_out_are_right_too() -> None:
    lines = [
        line.removeprefix("# ")
        if " = " in line or line.startswith("#   {") or line == "# ]"
        else line
        for line in sample_branch_toml().splitlines()
    ]
    text = "\n".join(lines)
    assert "\nopening = [" in text
    assert "\npublic_url = " in text
    assert mistakes_in(text) == []


def test_the_office_of_the_demo_is_open_at_any_hour() -> None:
    office = telecom_office()
    for minutes in range(0, 7 * 24 * 60, 29):
        now = MONDAY_MIDNIGHT + timedelta(minutes=minutes, seconds=59)
        local = office.local(now).time()
        for counter in office.counters:
            [shift] = shifts_today(office, counter, now)
            assert shift.span.holds(local)
            assert not any(pause.holds(local) for pause in shift.breaks)
        assert all(is_service_open(office, service, now) for service in office.services)


def test_the_office_of_the_demo_shows_what_a_branch_can_do() -> None:
    office = telecom_office()
    assert len(office.services) == 5
    assert len(office.counters) == 6
    assert len(office.category(CategoryCode("priority")).reasons) == 4
    assert office.category(CategoryCode("appointment")).by_appointment
    assert all(
        service.name.in_language("fa") != service.name.in_language("en")
        for service in office.services
    )
