"""Customers are told how good yesterday's promises were, if the branch wishes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.board_notices import notices
from kiosk.kept_promises import kept_promises
from queueapp.domain.accuracy import Accuracy, PastAccuracy
from queueapp.domain.estimate import Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import Outlook
from queueapp.domain.words import Revision
from queueapp.language import load_language
from tests.tui.fakes import NOW, fake_live


def told(
    *, shows: bool = True, promises: int = 100, late: int = 17, days_ago: int = 1
) -> tuple[LiveBranch, date]:
    live = fake_live()
    past = PastAccuracy(
        last_day=live.day - timedelta(days=days_ago),
        of_last_day=Accuracy(promises=promises, late=late),
        of_month=Accuracy(promises=promises, late=late),
    )
    outlook = Outlook(made_at=NOW, accuracy=past)
    return (
        replace(
            live,
            branch=replace(live.branch, shows_accuracy=shows),
            estimates=Estimates(made_at=NOW, revision=Revision(1), outlook=outlook),
        ),
        live.day,
    )


def said(live: LiveBranch, language: str = "en") -> str:
    return kept_promises(live, load_language(language, zone=live.branch.zone))


def test_yesterdays_promises_are_told_in_people_of_a_hundred() -> None:
    live, _ = told()
    assert said(live).startswith("Yesterday 83 of 100 people were called within the time")
    assert said(live, "fa").startswith("دیروز ۸۳ نفر از هر ۱۰۰ نفر")


def test_after_a_day_off_it_is_the_last_open_day() -> None:
    live, _ = told(days_ago=2)
    assert said(live).startswith("On the last open day 83 of 100")


@pytest.mark.parametrize(
    ("shows", "promises"), [(False, 100), (True, 19), (True, 0)], ids=["unwished", "few", "none"]
)
def test_nothing_is_told_unwished_or_of_too_few(shows: bool, promises: int) -> None:
    live, _ = told(shows=shows, promises=promises, late=0)
    assert said(live) == ""


def test_before_the_forecaster_has_spoken_nothing_is_told() -> None:
    live, _ = told()
    assert said(replace(live, estimates=None)) == ""


def test_the_hall_reads_it_among_the_notices() -> None:
    live, _ = told()
    language = load_language("en", zone=live.branch.zone)
    assert any("83 of 100" in notice for notice in notices(live, NOW, language))
