"""Work that hundreds of tests would do over and over again, done once a run.

No test may notice: what is spared is Textual's reading of the same style sheets for each app,
SQLAlchemy's writing of the same statements for each database, httpx's reading of the world's
certificates for each client, and Python's looking for garbage among all that was imported. Together
that was half of the processor time of a test that opens a terminal or a database.
"""

import gc
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.engine import URL, Engine

from queueapp.store import store
from queueapp.store.driver import Driver
from queueapp.store.engine import reading_engine, writing_engine

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


def read_certificates_once() -> None:
    """Let all clients share what httpx makes of the certificates that come with it."""
    if "httpx" not in sys.modules:
        return
    from httpx import create_ssl_context  # noqa: PLC0415
    from httpx._transports import default  # noqa: PLC0415

    vars(default).update(create_ssl_context=cache(create_ssl_context))


class Written(dict[tuple[Any, ...], Any]):
    """The statements that were compiled for a kind of database.

    SQLAlchemy's own key begins with the engine's dialect, and each engine has one of its own.
    """

    def get(self, key: tuple[Any, ...], default: object = None) -> Any:  # noqa: ANN401 - as SQLAlchemy's
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], compiled: object) -> None:
        super().__setitem__(key[1:], compiled)


def write_statements_once() -> None:
    """Let all stores on the same kind of database share what was compiled for it."""
    written: defaultdict[str, Written] = defaultdict(Written)
    drivers: dict[str, Driver] = {}

    def driver_of(dialect: Dialect) -> Driver:
        return drivers.setdefault(dialect.name, Driver(dialect))

    def sharing(engine_of: Callable[[URL], Engine]) -> Callable[[URL], Engine]:
        def engine_that_shares(url: URL) -> Engine:
            engine = engine_of(url)
            engine._compiled_cache = written[engine.dialect.name]
            return engine

        return engine_that_shares

    vars(store).update(
        Driver=driver_of,
        writing_engine=sharing(writing_engine),
        reading_engine=sharing(reading_engine),
    )
