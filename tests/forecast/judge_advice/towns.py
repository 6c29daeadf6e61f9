"""Branches for judging advice: what each counter serves is fixed, and what people want is not."""

from queueapp.config.branch_file import parse_branch
from queueapp.domain.branch import Branch

_CATEGORIES = """
[categories.normal]
name = { en = "Normal", fa = "عادی" }

[categories.priority]
name = { en = "Priority", fa = "اولویت" }
weight = 1.5
head_start_minutes = 10
reasons = [{ en = "Elderly", fa = "سالمند" }]
"""


def town(
    name: str,
    services: str,
    counters: dict[int, str],
    breaks: tuple[str, str],
    *,
    hours: str = "08:00-14:00",
) -> Branch:
    """A branch that is open so long; ``services``: letter:target:mean:spread in minutes.

    Odd counters have the first of ``breaks``, even ones the second.
    """
    parts = [
        f'id = "{name}"',
        f'name = {{ en = "{name}", fa = "{name}" }}',
        'time_zone = "Asia/Tehran"',
    ]
    for described in services.split():
        letter, target, mean, spread = described.split(":")
        parts.append(
            f'[services.{letter}]\nname = {{ en = "{letter}", fa = "{letter}" }}\n'
            f"target_minutes = {target}\nmean_minutes = {mean}\nspread_minutes = {spread}"
        )
    parts.append(_CATEGORIES)
    for number, served in counters.items():
        letters = ", ".join(f'"{letter}"' for letter in served)
        parts.append(f"[counters.{number}]\nservices = [{letters}]")
    for odd, pause in enumerate(reversed(breaks)):
        numbers = [number for number in counters if number % 2 == odd]
        parts.append(
            f'[[roster]]\ncounters = {numbers}\ndays = "every day"\n'
            f'hours = "{hours}"\nbreaks = ["{pause}"]'
        )
    return parse_branch("\n".join(parts))


TOWN_HALL = town(
    "town-hall",
    "A:10:4:3 B:20:9:5 C:15:7:5 D:25:12:6",
    {1: "A", 2: "AC", 3: "B", 4: "C", 5: "DB", 6: "D"},
    ("10:30-11:00", "11:00-11:30"),
)
MORNING = town(
    "morning",
    "A:10:4:3 B:20:9:5 C:15:7:5 D:25:12:6",
    {1: "A", 2: "AC", 3: "B", 4: "C", 5: "DB", 6: "D"},
    ("09:30-10:00", "10:00-10:30"),
    hours="08:00-11:00",
)
"""The town hall on half a day, for tests that need not wait long."""
BANK = town(
    "bank",
    "A:12:5:4 B:15:8:5 C:20:11:7",
    {1: "A", 2: "A", 3: "B", 4: "BC", 5: "C"},
    ("10:15-10:45", "11:00-11:30"),
)
CLINIC = town(
    "clinic",
    "A:15:7:3 B:20:12:8",
    {1: "A", 2: "A", 3: "B", 4: "B"},
    ("11:00-11:30", "12:00-12:30"),
)
TOWNS = (TOWN_HALL, BANK, CLINIC)
