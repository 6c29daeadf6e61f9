"""Every link leads somewhere, and no page knows the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, PAGES, REPOSITORY, anchors, without_examples

LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
ELSEWHERE = ("http://", "https://", "mailto:")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|tmp|root|home/(?!kiosk\b)\w+)\b")


def name(page: Path) -> str:
    return str(page.relative_to(REPOSITORY))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in LINK.finditer(without_examples(text)):
        target, _, anchor = link["target"].partition("#")
        if target.startswith(ELSEWHERE):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{name(page)} → {target}"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{name(page)} → {link[0]}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_names_a_path_of_the_machine_it_was_written_on(page: Path) -> None:
    assert not MACHINE_PATHS.findall(page.read_text(encoding="utf-8"))


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = {(DOCS / link["target"].partition("#")[0]).resolve() for link in LINK.finditer(index)}
    pages = {page for page in DOCS.rglob("*.md") if page != DOCS / "README.md"}
    assert {name(page) for page in pages} <= {
        name(page) for page in linked if page.is_relative_to(REPOSITORY)
    }
