"""Reading a TOML table key by key, so that all mistakes are found in one go.

Every method returns a value of the right type, whatever the file says: after a mistake it is a
harmless stand-in, and the mistake is in :attr:`TomlFile.problems`. The caller builds what it can
and throws it away when there are problems.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from difflib import get_close_matches

from queueapp.config.problems import Problem
from queueapp.config.toml_lines import KeyPath, written

_LONGEST_SHOWN = 60
"""Characters of a wrong value that an error repeats."""


class TomlFile:
    """One parsed file, where each of its keys stands, and what was found wrong so far."""

    def __init__(
        self, name: str, values: Mapping[str, object], lines: Mapping[KeyPath, int]
    ) -> None:
        self.top = TomlTable(self, (), values)
        self.problems: list[Problem] = []
        self._name = name
        self._lines = lines

    def report(self, path: KeyPath, sentence: str) -> None:
        """Note a mistake at ``path``; a key that is missing is noted at the table it belongs to."""
        place = path
        while place and place not in self._lines:
            place = place[:-1]
        self.problems.append(
            Problem(
                file=self._name,
                line=self._lines.get(place, 1),
                key=written(path),
                sentence=sentence,
            )
        )


class TomlTable:
    """One table, which remembers the keys that were asked for."""

    def __init__(self, file: TomlFile, path: KeyPath, values: Mapping[str, object]) -> None:
        self.file = file
        self.path = path
        self._values = values
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def report(self, key: str, sentence: str) -> None:
        """Note a mistake at ``key``."""
        self.file.report((*self.path, key), sentence)

    def get(self, key: str) -> object | None:
        """The raw value; ``None`` when the key is not there."""
        self._asked.append(key)
        return self._values.get(key)

    def require(self, key: str, what: str) -> object | None:
        """The raw value; when it is not there, a mistake that says ``what`` it should be."""
        value = self.get(key)
        if value is None:
            self.report(key, f"is missing: write {what}")
        return value

    def text(self, key: str, what: str, *, default: str | None = None) -> str:
        """A string that is not empty; required unless there is a ``default``."""
        value = self.require(key, what) if default is None else self.get(key)
        if value is None:
            return default or ""
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.report(key, f"must be {what}, not {shown(value)}")
        return ""

    def choice(self, key: str, choices: Sequence[str], *, default: str) -> str:
        """One of a few words."""
        value = self.get(key)
        if value is None:
            return default
        if isinstance(value, str) and value in choices:
            return value
        self.report(
            key, f"must be {listed(choices)}, not {shown(value)}{did_you_mean(value, choices)}"
        )
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.report(key, f"must be true or false, not {shown(value)}")
        return default

    def number(
        self, key: str, what: str, *, default: float | None = None, at_least: float | None = None
    ) -> float:
        """A number above 0, or ``at_least`` that; required unless there is a ``default``."""
        value = self.require(key, f"a {what}") if default is None else self.get(key)
        if value is None:
            return 1.0 if default is None else default
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            if at_least is None and value > 0:
                return float(value)
            if at_least is not None and value >= at_least:
                return float(value)
        limit = "above 0" if at_least is None else f"of {at_least:g} or more"
        self.report(key, f"must be a {what} {limit}, not {shown(value)}")
        return 1.0

    def minutes(
        self, key: str, *, default: float | None = None, at_least: float | None = None
    ) -> timedelta:
        """A number of minutes, at most a week; required unless there is a ``default``."""
        minutes = self.number(key, "number of minutes", default=default, at_least=at_least)
        week = 7 * 24 * 60
        if minutes > week:
            self.report(key, f"must be a number of minutes up to {week}, not {minutes:g}")
            return timedelta(minutes=1)
        return timedelta(minutes=minutes)

    def count(self, key: str, *, at_most: float = math.inf) -> int | None:
        """A whole number from 1 on; ``None`` when the key is not there."""
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.report(key, f"must be a whole number of 1 or more, not {shown(value)}")
        elif value > at_most:
            self.report(key, f"must be at most {at_most}, not {value}")
        else:
            return value
        return None

    def items(self, key: str) -> list[tuple[KeyPath, object]]:
        """The elements of a list, each with its place; empty when the key is not there."""
        value = self.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return [((*self.path, key, index), item) for index, item in enumerate(value)]
        self.report(key, f"must be a list in square brackets, not {shown(value)}")
        return []

    def tables(self, key: str, example: str) -> list["TomlTable"]:
        """The tables of a list, such as ``[[roster]]``."""
        tables = []
        for path, item in self.items(key):
            if isinstance(item, dict):
                tables.append(TomlTable(self.file, path, item))
            else:
                self.file.report(path, f"must be written as {example}, not {shown(item)}")
        return tables

    def section(self, key: str) -> "TomlTable | None":
        """The table ``key``; ``None`` when it is not there."""
        value, path = self.get(key), (*self.path, key)
        if isinstance(value, dict):
            return TomlTable(self.file, path, value)
        if value is not None:
            self.report(key, f"must be a section [{written(path)}], not {shown(value)}")
        return None

    def sections(self, key: str, example: str) -> Iterator[tuple[str, "TomlTable"]]:
        """The tables below ``key`` with their names: ``[services.A]``, ``[services.B]``."""
        value = self.get(key)
        if value is None:
            return
        if not isinstance(value, dict):
            self.report(key, f"must be sections like {example}, not {shown(value)}")
            return
        for name, section in value.items():
            path = (*self.path, key, name)
            if isinstance(section, dict):
                yield name, TomlTable(self.file, path, section)
            else:
                self.file.report(path, f"must be a section like {example}, not {shown(section)}")

    def refuse_unknown_keys(self) -> None:
        """Note every key that nobody asked for: it is a slip of the pen, never ignored."""
        for key in self._values:
            if key not in self._asked:
                self.report(key, f"is not a key that belongs here{did_you_mean(key, self._asked)}")


def shown(value: object) -> str:
    """``value`` as the file has it, shortened."""
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool | str):
        text = json.dumps(value, ensure_ascii=False)
        return text if len(text) <= _LONGEST_SHOWN else f'{text[: _LONGEST_SHOWN - 2]}…"'
    return str(value)


def listed(words: Sequence[str]) -> str:
    """``"a", "b" or "c"``."""
    quoted = [f'"{word}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def did_you_mean(value: object, known: Iterable[str]) -> str:
    """A guess to end a sentence with; empty when nothing is near."""
    by_lower_case = {word.lower(): word for word in known}
    near = get_close_matches(str(value).lower(), by_lower_case, n=1, cutoff=0.6)
    return f': did you mean "{by_lower_case[near[0]]}"?' if near else ""
