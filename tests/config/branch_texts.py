"""A small branch file to write mistakes into, and the lines in which they are reported."""

from queueapp.config.branch_file import parse_branch
from queueapp.config.problems import BranchFileError

BRANCH = """\
id = "main"
name = { en = "Post office", fa = "اداره پست" }
time_zone = "Asia/Tehran"
languages = ["fa", "en"]

[services.A]
name = { en = "Letters", fa = "نامه" }
target_minutes = 10
mean_minutes = 3
spread_minutes = 1.5

[services."ب"]
name = "پست پیشتاز"
target_minutes = 20
mean_minutes = 6
spread_minutes = 4
capacity = 12
opening = [
  { days = "sat-wed", hours = "08:00-12:00" },
  { days = ["thu"], hours = "08:00-10:30" },
]

[categories.normal]
name = { en = "Normal", fa = "عادی" }

[categories.priority]
name = { en = "Priority", fa = "اولویت‌دار" }
weight = 1.5
head_start_minutes = 10
reasons = [{ en = "Elderly", fa = "سالمند" }]

[counters.1]
services = ["A", "ب"]

[counters.2]
services = ["ب"]

[[roster]]
days = "sat-wed"
hours = "08:00-14:00"
breaks = ["10:30-10:45"]

[[roster]]
counters = [2]
days = "thu"
hours = "08:00-12:00"

[outcomes]
done = { en = "Done", fa = "انجام شد" }
"""


def mistakes_in(text: str) -> list[str]:
    """What is said about a branch file, one line each; empty when all is well."""
    try:
        parse_branch(text)
    except BranchFileError as error:
        return [str(problem) for problem in error.problems]
    return []


def with_line(old: str, new: str) -> str:
    """The branch file with the line ``old`` replaced; a typing slip in a test is an error."""
    lines = BRANCH.splitlines()
    assert lines.count(old) == 1, f"{old!r} is there {lines.count(old)} times"
    return "\n".join(new if line == old else line for line in lines) + "\n"
