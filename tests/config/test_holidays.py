"""Weekend and holidays: in branch.toml, in a file of the branch's own, or the program's."""

from datetime import date
from pathlib import Path

import pytest

from queueapp.config.branch_difference import describe_difference
from queueapp.config.branch_file import parse_branch, read_branch
from queueapp.config.holidays import iran_holidays_toml
from queueapp.config.problems import BranchFileError
from queueapp.domain.branch import Branch, Weekday
from queueapp.domain.holidays import DayOff, YearDay
from queueapp.domain.words import Text
from tests.config.branch_texts import BRANCH, mistakes_in


def a_branch_with(lines: str) -> Branch:
    return parse_branch(f"{lines}\n{BRANCH}")


def test_without_a_word_about_it_a_branch_rests_never() -> None:
    assert a_branch_with("").day_off(date(2026, 3, 21)) is None


def test_the_holidays_of_iran_come_with_the_program() -> None:
    branch = a_branch_with('holidays = "iran"')
    assert branch.weekend == (Weekday.FRIDAY,)
    nowruz = branch.day_off(date(2026, 3, 21))
    assert nowruz is not None
    assert nowruz.holiday == Text({"fa": "نوروز", "en": "Nowruz"})
    assert branch.day_off(date(2026, 6, 25)) == DayOff(
        holiday=Text({"fa": "عاشورای حسینی", "en": "Ashura"})
    )
    assert branch.day_off(date(2026, 11, 22)) is None


def test_the_holidays_of_iran_are_those_of_the_official_calendar_of_1405() -> None:
    """25 of them, six on a Thursday and three on a Friday, as the calendar's council counted."""
    branch = a_branch_with('holidays = "iran"')
    year = [date.fromordinal(n) for n in range(date(2026, 3, 21).toordinal(), 740_061)]
    assert (year[-1], len(year)) == (date(2027, 3, 20), 365)
    days = [day for day in year if (rest := branch.day_off(day)) and rest.holiday]
    by_weekday = [sum(day.weekday() == weekday for day in days) for weekday in Weekday]
    assert (len(days), by_weekday[Weekday.THURSDAY], by_weekday[Weekday.FRIDAY]) == (25, 6, 3)


def test_a_file_beside_branch_toml_is_read_and_its_weekend_may_be_overruled(
    tmp_path: Path,
) -> None:
    (tmp_path / "days.toml").write_text(
        'weekend = "fri"\n[[holidays]]\nday = "۱۴۰۵/۰۹/۱۰"\nname = "جلسه"\n', encoding="utf-8"
    )
    plan = tmp_path / "branch.toml"
    plan.write_text(f'holidays = "days.toml"\n{BRANCH}', encoding="utf-8")
    branch = read_branch(plan)
    assert branch.weekend == (Weekday.FRIDAY,)
    assert [holiday.day for holiday in branch.holidays] == [date(2026, 12, 1)]
    plan.write_text(f'holidays = "days.toml"\nweekend = "thu-fri"\n{BRANCH}', encoding="utf-8")
    assert read_branch(plan).weekend == (Weekday.THURSDAY, Weekday.FRIDAY)


def test_days_may_stand_in_branch_toml_itself() -> None:
    branch = a_branch_with(
        'holidays = [{ day = "01-13", name = "Nature Day" }, { day = 2026-06-25, name = "Ashura" }]'
    )
    assert [holiday.day for holiday in branch.holidays] == [
        YearDay(month=1, day=13),
        date(2026, 6, 25),
    ]


def test_the_last_day_of_a_leap_year_may_be_a_holiday() -> None:
    branch = a_branch_with('holidays = [{ day = "12-30", name = "Last day" }]')
    assert branch.day_off(date(2025, 3, 20)) is not None
    assert branch.day_off(date(2026, 3, 20)) is None


def test_the_calendar_that_is_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "holidays.toml").write_text(iran_holidays_toml(), encoding="utf-8")
    (tmp_path / "branch.toml").write_text(f'holidays = "holidays.toml"\n{BRANCH}', encoding="utf-8")
    assert read_branch(tmp_path / "branch.toml") == a_branch_with('holidays = "iran"')


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        (
            "holidays = 5",
            (
                'branch.toml:1 holidays: must be "holidays.toml" (a file beside this one), "iran",'
                ' or a list like [{ day = "01-13", name = "Nature Day" }], not 5'
            ),
        ),
        (
            'holidays = "none.toml"',
            (
                "branch.toml:1 holidays: there is no file none.toml:"
                " write one with `queueapp branch holidays none.toml`"
            ),
        ),
        (
            'holidays = [{ day = "1405-12-30", name = "x" }]',
            'branch.toml:1 holidays[1].day: there is no such day: "1405-12-30"',
        ),
        (
            'holidays = [{ day = "2026-02-30", name = "x" }]',
            'branch.toml:1 holidays[1].day: there is no such day: "2026-02-30"',
        ),
        (
            'holidays = [{ day = "first", name = "x" }]',
            (
                'branch.toml:1 holidays[1].day: must be a day like "01-13" (each Iranian year),'
                ' "1405-04-04" or "2026-06-25", not "first"'
            ),
        ),
        (
            'holidays = [{ day = "01-13", name = "x" }, { day = "1-13", name = "y" }]',
            'branch.toml:1 holidays[2].day: is there twice: "1-13"',
        ),
        (
            'holidays = [{ day = "01-13" }]',
            'branch.toml:1 holidays[1].name: is missing: write "Nature Day"',
        ),
        (
            'holidays = [{ day = "01-13", name = "x", nme = 1 }]',
            'branch.toml:1 holidays[1].nme: is not a key that belongs here: did you mean "name"?',
        ),
        (
            'weekend = "frii"',
            (
                'branch.toml:1 weekend: must be weekdays like "sat-wed", ["sat", "mon"]'
                ' or "every day", not "frii": did you mean "fri"?'
            ),
        ),
    ],
)
def test_a_mistake_is_said_with_its_line(line: str, mistake: str) -> None:
    assert mistakes_in(f"{line}\n{BRANCH}") == [mistake]


def test_mistakes_in_the_file_of_holidays_have_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "days.toml").write_text(
        '# ours\n\n[[holidays]]\nday = "1405-13-01"\nname = "x"\n\n[[holidays]]\nname = "y"\n',
        encoding="utf-8",
    )
    plan = tmp_path / "branch.toml"
    plan.write_text(f'holidays = "days.toml"\nweekend = "frii"\n{BRANCH}', encoding="utf-8")
    with pytest.raises(BranchFileError) as found:
        read_branch(plan)
    places = [(Path(problem.file).name, problem.line) for problem in found.value.problems]
    assert places == [("branch.toml", 2), ("days.toml", 4), ("days.toml", 7)]


@pytest.mark.parametrize("text", ["holidays = [", "weekend = "])
def test_a_file_that_is_no_toml_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "days.toml").write_text(text, encoding="utf-8")
    plan = tmp_path / "branch.toml"
    plan.write_text(f'holidays = "days.toml"\n{BRANCH}', encoding="utf-8")
    with pytest.raises(BranchFileError, match=r"days\.toml:1"):
        read_branch(plan)


def test_what_changes_is_said_day_by_day() -> None:
    old = a_branch_with(
        'holidays = [{ day = "01-13", name = "Nature" }, { day = 2026-06-25, name = "Ashura" }]'
    )
    new = a_branch_with(
        'weekend = "fri"\n'
        'holidays = [{ day = "01-13", name = "Nature Day" }, { day = "1405-04-03", name = "Tas" }]'
    )
    assert describe_difference(old, new) == [
        "Branch: weekend changes from none to Friday.",
        "Holiday 2026-06-25 (Ashura) is removed.",
        (
            "Holiday 01-13 of each Iranian year: name changes from Nature / Nature"
            " to Nature Day / Nature Day."
        ),
        "Holiday 2026-06-24 (Tas) is added.",
    ]
