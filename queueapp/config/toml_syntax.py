"""What is wrong with a text that is not TOML, in words for somebody who never heard of it."""

import re

from queueapp.config.problems import Problem

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
