"""From ``branch.toml`` to a :class:`~queueapp.domain.branch.Branch`, or to every mistake in it."""

import tomllib
from pathlib import Path

from queueapp.config.branch_sections import read_sections
from queueapp.config.problems import BranchFileError, Problem
from queueapp.config.toml_lines import key_lines
from queueapp.config.toml_syntax import syntax_problem
from queueapp.config.toml_table import TomlFile
from queueapp.domain.branch import Branch


def read_branch(path: Path, *, letters_only: bool = True) -> Branch:
    """The branch that the file at ``path`` describes; ``letters_only`` as in :func:`parse_branch`.

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
    return parse_branch(text, name=str(path), letters_only=letters_only)


def parse_branch(text: str, *, name: str = "branch.toml", letters_only: bool = True) -> Branch:
    """The branch that ``text`` describes; ``name`` is what mistakes call the file.

    ``letters_only``: whether services must have letters, as a living branch's do; the log of
    another system may call them whatever it likes. A file of holidays that the text names lies
    beside it. Raises :class:`BranchFileError` with all that is wrong in it.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BranchFileError([syntax_problem(text, name, str(error))]) from None
    file = TomlFile(name, values, key_lines(text))
    branch = read_sections(file, letters_only=letters_only, folder=Path(name).parent)
    if file.problems:
        own_first = sorted(file.problems, key=lambda each: (each.file != name, each.line or 0))
        raise BranchFileError(own_first)
    return branch


def _unreadable(path: Path, sentence: str, line: int | None = None) -> BranchFileError:
    return BranchFileError([Problem(file=str(path), line=line, sentence=sentence)])
