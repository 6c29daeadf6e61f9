"""CSV files as the spreadsheets of the world write them."""

import csv
import io

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""With these a spreadsheet takes a cell for a formula, and runs it when somebody opens the file."""
IS_TEXT = "'"
"""Said before it, so that a spreadsheet takes it for what it is."""


def spreadsheet(text: str) -> "csv.DictReader[str]":
    """A reader of ``text``; a comma parts the cells, or a semicolon, as half the world writes."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def column_names(reader: "csv.DictReader[str]") -> list[str]:
    """The names in the first line, without regard to blanks and capitals; the rows go by them.

    Raises :class:`csv.Error` for what is no line of a CSV file.
    """
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    return names


def no_formula(written: str) -> str:
    """A cell with what somebody typed, which no spreadsheet runs; a number stays as it is."""
    if not written.startswith(BEGINS_FORMULA) or written[1:].isdigit():
        return written
    return IS_TEXT + written
