"""Colours that mean something, and can be read."""

from colorsys import rgb_to_hsv

import pytest
from textual.color import Color
from textual.theme import Theme

from queueapp.tui.themes import CONTRAST, CONTRAST_LIGHT, THEMES, signed, target_class

AA = 4.5
"""The contrast that WCAG asks of normal text."""
AAA = 7.0
MEANINGS = ("within", "near", "past", "quiet", "big")

BLINDNESS = {
    "protanopia": ((0.1524, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    "deuteranopia": (
        (0.3673, 0.8606, -0.2279),
        (0.2801, 0.6727, 0.0472),
        (-0.0118, 0.0429, 0.9689),
    ),
}
"""How linear red, green and blue are seen: Machado, Oliveira and Fernandes (2009), severity 1."""


def linear(part: float) -> float:
    """One part of a colour as light."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def as_seen(colour: str, kind: str) -> str:
    """``colour`` as somebody with ``kind`` of blindness sees it."""
    light = [linear(part) for part in Color.parse(colour).normalized]
    seen = [sum(a * b for a, b in zip(row, light, strict=True)) for row in BLINDNESS[kind]]
    red, green, blue = (stepped(min(1.0, max(0.0, part))) for part in seen)
    return Color(red, green, blue).hex


def stepped(light: float) -> int:
    """Light as a step from 0 to 255, as screens count."""
    part = light * 12.92 if light <= 0.0031308 else 1.055 * float(light ** (1 / 2.4)) - 0.055
    return round(part * 255)


def luminance(colour: str) -> float:
    """The relative luminance, as WCAG defines it."""
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


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_texts_can_be_read_on_every_ground(theme: Theme) -> None:
    assert theme.foreground is not None
    for ink in (theme.foreground, theme.accent, theme.primary):
        for ground in (theme.background, theme.surface, theme.panel):
            assert ink is not None
            assert ground is not None
            assert contrast(ink, ground) >= AA, (ink, ground)


@pytest.mark.parametrize("theme", [CONTRAST, CONTRAST_LIGHT], ids=lambda theme: theme.name)
def test_high_contrast_is_what_wcag_calls_enhanced(theme: Theme) -> None:
    for ink in (theme.foreground, *(theme.variables[name] for name in MEANINGS), theme.accent):
        for ground in (theme.background, theme.surface):
            assert ink is not None
            assert ground is not None
            assert contrast(ink, ground) >= AAA, (ink, ground)


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_meaning_can_be_read_by_whoever_is_colour_blind(theme: Theme, kind: str) -> None:
    for colour in MEANINGS:
        for ground in (theme.background, theme.surface, theme.panel):
            assert ground is not None
            ink = as_seen(theme.variables[colour], kind)
            assert contrast(ink, as_seen(ground, kind)) >= AA, (colour, ground)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_key_and_a_headline_look_like_no_meaning(theme: Theme) -> None:
    for ink in (theme.accent, theme.primary):
        for meaning in ("within", "near", "past"):
            assert ink is not None
            apart = abs(hue(ink) - hue(theme.variables[meaning]))
            assert min(apart, 1 - apart) > 1 / 9, (ink, meaning)


def hue(colour: str) -> float:
    """Where ``colour`` is on the circle of colours: 0 red, 1/3 green, 2/3 blue."""
    return rgb_to_hsv(*Color.parse(colour).normalized)[0]


def test_no_meaning_is_told_by_its_colour_alone() -> None:
    said = {tone: signed("14 min", tone) for tone in ("within", "near", "past")}
    assert len(set(said.values())) == len(said)
    assert said["within"] == "14 min"
