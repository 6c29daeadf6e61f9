"""CSV files as the spreadsheets of the world write them."""

import csv
import io


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
