"""From ``branch.toml`` to a :class:`~queueapp.domain.branch.Branch`, or to every mistake in it."""

import re
import tomllib
from pathlib import Path

from queueapp.config.branch_sections import read_sections
from queueapp.config.problems import BranchFileError, Problem
from queueapp.config.toml_lines import key_lines
from queueapp.config.toml_table import TomlFile
from queueapp.domain.branch import Branch

_TOML_PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_ENDS_TOO_EARLY = "the file ends in the middle of a value"
_DECLARED_TWICE = re.compile(r"Cannot declare \((?P<keys>.*)\) twice")
_PLAIN_WORDS = {
    "Cannot overwrite a value": "this key is written twice",
    "Invalid value": "this value cannot be read: texts need quotation marks, lists square brackets",
    "Unterminated string": "this text has no closing quotation mark",
    "Illegal character '\\n'": "this text has no closing quotation mark",
    "Unclosed array": "this list has no closing bracket",
    "Unclosed inline table": "this { has no closing }",
    "Invalid statement": "this line is neither a [section] nor a key = value",
    "Expected '=' after a key in a key/value pair": "a key needs = and a value after it",
    "Expected newline or end of document after a statement": (
        "there is something left over at the end of this line"
    ),
}


def read_branch(path: Path) -> Branch:
    """The branch that the file at ``path`` describes.

    Raises :class:`BranchFileError` with all that is wrong in it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _unreadable(path, "there is no such file: write one with `queueapp init`") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise _unreadable(path, "the file must be saved as UTF-8", line) from None
    except OSError as error:
        raise _unreadable(path, f"the file cannot be read: {error.strerror}") from None
    return parse_branch(text, name=str(path))


def parse_branch(text: str, *, name: str = "branch.toml") -> Branch:
    """The branch that ``text`` describes; ``name`` is what mistakes call the file.

    Raises :class:`BranchFileError` with all that is wrong in it.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BranchFileError([syntax_problem(text, name, str(error))]) from None
    file = TomlFile(name, values, key_lines(text))
    branch = read_sections(file)
    if file.problems:
        raise BranchFileError(sorted(file.problems, key=lambda problem: problem.line or 0))
    return branch


def _unreadable(path: Path, sentence: str, line: int | None = None) -> BranchFileError:
    return BranchFileError([Problem(file=str(path), line=line, sentence=sentence)])


def syntax_problem(text: str, name: str, message: str) -> Problem:
    """The one slip that tomllib stopped at; it says where only in its ``message``."""
    found = _TOML_PLACE.fullmatch(message)
    what = found["what"] if found else message
    if found and found["line"]:
        return Problem(file=name, line=int(found["line"]), sentence=_in_plain_words(what))
    last_line = len(text.rstrip().splitlines()) or 1
    sentence = _ENDS_TOO_EARLY if what == "Invalid value" else _in_plain_words(what)
    return Problem(file=name, line=last_line, sentence=sentence)


def _in_plain_words(what: str) -> str:
    twice = _DECLARED_TWICE.fullmatch(what)
    if twice:
        keys = re.findall(r"'([^']*)'", twice["keys"])
        return f"the section [{'.'.join(keys)}] is there twice"
    return _PLAIN_WORDS.get(what, what)
