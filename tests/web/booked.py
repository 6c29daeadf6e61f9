"""A branch with a page that takes appointments."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.slot_rules import SlotRules
from queueapp.operations.commands import ApplyBranch
from tests.domain.samples import LINES, TODAY
from tests.operations.office import Office

PUBLIC = "https://queue.example.com"
RULES = SlotRules(length=timedelta(minutes=30), places=1, ahead=timedelta(days=7))


def take_appointments(office: Office, rules: SlotRules = RULES) -> None:
    """New lines by appointment, 8 to 18 every day; it is 12:00 there."""
    hours = Span(starts=time(8), ends=time(18))
    opening = tuple(OpeningHours(weekday=day, span=hours) for day in Weekday)
    lines = replace(office.branch.service(LINES), booking=rules, opening=opening)
    branch = replace(office.branch.with_service(lines), public_url=PUBLIC)
    office.do(ApplyBranch(branch=branch))


def slot(office: Office, hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A moment of today, or so many days later, on the branch's clock."""
    moment = datetime.combine(TODAY, time(hour, minute), office.branch.zone)
    return moment + timedelta(days=days)
