"""Work that hundreds of tests would do over and over again, done once a run.

No test may notice: what is spared is Textual's reading of the same style sheets for each app, and
Python's looking for garbage among all that was imported. Together that was half of the processor
time of a test that opens a terminal.
"""

import gc
import sys

SEEN_BEFORE_LOOKING = (50_000, 10, 10)
"""New objects before Python looks among them, and how many looks before one at older objects."""


def look_for_garbage_rarely() -> None:
    """Leave what is there already out of it; what tests drop in circles is still found."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEEN_BEFORE_LOOKING)


def parse_styles_once() -> None:
    """Let all apps share the rules of the same text with the same variables.

    An app parses some fifty style sheets when it starts. Within an app Textual shares rules
    likewise, so nothing ever changes them.
    """
    if "textual" not in sys.modules:
        return  # no test of this run opens an app
    from textual.css.model import RuleSet  # noqa: PLC0415
    from textual.css.stylesheet import Stylesheet  # noqa: PLC0415
    from textual.css.types import CSSLocation  # noqa: PLC0415

    parse = Stylesheet._parse_rules
    parsed: dict[tuple[object, ...], list[RuleSet]] = {}

    def parse_once(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        read = (css, read_from, is_default_rules, tie_breaker, scope)
        known = (*read, frozenset(sheet._variables.items()))
        if known not in parsed:
            parsed[known] = parse(sheet, *read)
        return parsed[known]

    Stylesheet._parse_rules = parse_once  # type: ignore[assignment] # it counts defaults
