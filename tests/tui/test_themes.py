"""Colours that mean something, and can be read."""

import pytest
from textual.color import Color
from textual.theme import Theme

from queueapp.tui.themes import THEMES, target_class

AA = 4.5
"""The contrast that WCAG asks of normal text."""


def luminance(colour: str) -> float:
    """The relative luminance, as WCAG defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in Color.parse(colour).normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    darker, lighter = sorted((luminance(ink), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("used", "meaning"),
    [(0, "within"), (0.8, "within"), (0.81, "near"), (1.0, "near"), (1.01, "past")],
)
def test_green_within_target_amber_above_80_percent_red_past_it(used: float, meaning: str) -> None:
    assert target_class(used) == meaning


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", ["within", "near", "past", "quiet", "big"])
def test_every_meaning_can_be_read_on_every_ground(theme: Theme, colour: str) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        assert ground is not None
        assert contrast(theme.variables[colour], ground) >= AA, ground


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", ["within", "near", "past"])
def test_every_meaning_can_be_read_on_its_own_ground(theme: Theme, colour: str) -> None:
    assert contrast(theme.variables[colour], theme.variables[f"{colour}-ground"]) >= AA
