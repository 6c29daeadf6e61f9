"""Wires a branch into the web part; only `queueapp web`, the demo and measurements load it."""

from functools import cache

from queueapp.bootstrap import OpenBranch
from queueapp.config.settings import Settings
from queueapp.language import Language, load_language
from queueapp.store.web_store import SqlWebStore
from queueapp.web.context import WebContext, WebLimits


def web_context(
    opened: OpenBranch, settings: Settings, *, limits: WebLimits | None = None
) -> WebContext:
    """What the web part of ``opened`` is given."""
    plan = opened.plan()

    @cache
    def language_of(code: str) -> Language:
        return load_language(code, zone=plan.zone)

    return WebContext(
        branch=opened.id,
        operations=opened.operations,
        store=SqlWebStore(opened.store),
        feed=opened.feed(),
        clock=opened.clock,
        language_of=language_of,
        language=settings.language or plan.languages[0],
        trusted_proxies=settings.trusted_networks,
        limits=limits or WebLimits(requests_per_second=settings.web_requests_per_second),
    )
