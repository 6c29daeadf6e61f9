"""Documents as tests read them: sections and the words in their tables."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
PAGES = sorted([*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md")])

_ROW = re.compile(r"^\| (?P<first>[^|]*(?:\\\|[^|]*)*) \|", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def without_examples(text: str) -> str:
    """``text`` without its blocks of code."""
    return _FENCE.sub("", text)


def sections(page: Path) -> dict[str, str]:
    """The text under each heading of the second level."""
    _, *parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.splitlines()[0].strip("`"): part for part in parts}


def listed(section: str) -> set[str]:
    """What is marked as code in the first column of the tables of a section."""
    return {
        word.replace("\\|", "|")
        for row in _ROW.finditer(section)
        for word in _CODE.findall(row["first"])
    }


def marked(section: str) -> set[str]:
    """Everything that is marked as code in a section."""
    return set(_CODE.findall(without_examples(section)))


def anchors(text: str) -> set[str]:
    """The anchors that the headings of a page make."""
    headings = re.findall(r"^#+ (.+)$", without_examples(text), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }
