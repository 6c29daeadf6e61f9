"""On which line of a TOML text each key and each array element stands.

The standard library's ``tomllib`` forgets positions, and no well-kept Python library keeps them.
This scanner walks a text that ``tomllib`` has already accepted, so it need not check anything: it
only has to know where strings, arrays and tables begin and end.
"""

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]
"""Keys and array indexes from the top of the file: ``("counters", "3", "services", 0)``."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL_STRING = re.compile(r"'[^']*'")
_LONG_BASIC_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL)
_LONG_LITERAL_STRING = re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)
_OTHER_VALUE = re.compile(r"[^,\]}#\n]+")
_BLANKS = re.compile(r"[ \t]*")
_BLANKS_AND_COMMENTS = re.compile(r"(?:\s|#[^\n]*)*")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every key and array element in ``text``, which must be valid TOML."""
    return _Scanner(text).scan()


def written(path: KeyPath) -> str:
    """``path`` as a person would write it: ``counters.3.services[2]``, counting from 1."""
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        else:
            name = part if part and all(c.isalnum() or c in "_-" for c in part) else f'"{part}"'
            key += f".{name}" if key else name
    return key


class _Scanner:
    def __init__(self, text: str) -> None:
        # As tomllib does, so that its line numbers and ours agree.
        self._text = text.replace("\r\n", "\n")
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
        self._position = 0
        self._lines: dict[KeyPath, int] = {}
        self._last_index: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_BLANKS_AND_COMMENTS)
        while self._position < len(self._text):
            if self._at("[["):
                table = self._array_header()
            elif self._at("["):
                table = self._table_header()
            else:
                self._key_and_value(table)
            self._skip(_BLANKS_AND_COMMENTS)
        return self._lines

    def _table_header(self) -> KeyPath:
        line = self._line()
        path: KeyPath = ()
        for key in self._header_keys("[", "]"):
            path = self._newest((*path, key))
            self._lines.setdefault(path, line)
        return path

    def _array_header(self) -> KeyPath:
        line = self._line()
        *outer, last = self._header_keys("[[", "]]")
        path: KeyPath = ()
        for key in outer:
            path = self._newest((*path, key))
            self._lines.setdefault(path, line)
        path = (*path, last)
        self._lines.setdefault(path, line)
        self._last_index[path] = self._last_index.get(path, -1) + 1
        path = (*path, self._last_index[path])
        self._lines[path] = line
        return path

    def _newest(self, path: KeyPath) -> KeyPath:
        """Inside an array of tables, a header means its newest element."""
        return (*path, self._last_index[path]) if path in self._last_index else path

    def _header_keys(self, opening: str, closing: str) -> list[str]:
        self._position += len(opening)
        keys = self._dotted_key()
        self._position += len(closing)
        return keys

    def _key_and_value(self, table: KeyPath) -> None:
        path = table
        line = self._line()
        for key in self._dotted_key():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._position += len("=")
        self._skip(_BLANKS)
        self._value(path)

    def _dotted_key(self) -> list[str]:
        keys = []
        while True:
            self._skip(_BLANKS)
            keys.append(self._key())
            self._skip(_BLANKS)
            if not self._at("."):
                return keys
            self._position += len(".")

    def _key(self) -> str:
        if self._at('"'):
            quoted = self._take(_BASIC_STRING)
        elif self._at("'"):
            quoted = self._take(_LITERAL_STRING)
        else:
            return self._take(_BARE_KEY)
        unquoted: str = tomllib.loads(f"key = {quoted}")["key"]
        return unquoted

    def _value(self, path: KeyPath) -> None:
        if self._at("["):
            self._array(path)
        elif self._at("{"):
            self._inline_table(path)
        elif self._at('"""'):
            self._take(_LONG_BASIC_STRING)
        elif self._at("'''"):
            self._take(_LONG_LITERAL_STRING)
        elif self._at('"'):
            self._take(_BASIC_STRING)
        elif self._at("'"):
            self._take(_LITERAL_STRING)
        else:
            self._take(_OTHER_VALUE)

    def _array(self, path: KeyPath) -> None:
        self._position += len("[")
        index = 0
        while not self._closes("]"):
            self._lines[(*path, index)] = self._line()
            self._value((*path, index))
            index += 1
        self._position += len("]")

    def _inline_table(self, path: KeyPath) -> None:
        self._position += len("{")
        while not self._closes("}"):
            self._key_and_value(path)
        self._position += len("}")

    def _closes(self, closing: str) -> bool:
        self._skip(_BLANKS_AND_COMMENTS)
        if self._at(","):
            self._position += len(",")
            self._skip(_BLANKS_AND_COMMENTS)
        return self._at(closing)

    def _at(self, expected: str) -> bool:
        return self._text.startswith(expected, self._position)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._position)
        if found is None:
            raise ValueError(f"line {self._line()} is not the TOML that tomllib accepted")
        self._position = found.end()
        return found[0]

    def _line(self) -> int:
        return bisect_right(self._line_starts, self._position)
