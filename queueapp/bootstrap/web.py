"""Wires a branch into the web part; only `queueapp web`, the demo and measurements load it."""

from queueapp.bootstrap import OpenBranch, languages_of
from queueapp.config.settings import Settings
from queueapp.store.web_store import SqlWebStore
from queueapp.web.context import WebContext, WebLimits


def web_context(
    opened: OpenBranch, settings: Settings, *, limits: WebLimits | None = None
) -> WebContext:
    """What the web part of ``opened`` is given."""
    plan = opened.plan()

    return WebContext(
        branch=opened.id,
        operations=opened.operations,
        store=SqlWebStore(opened.store),
        feed=opened.feed(),
        clock=opened.clock,
        language_of=languages_of(plan),
        language=settings.language or plan.languages[0],
        trusted_proxies=settings.trusted_networks,
        limits=limits or WebLimits(requests_per_second=settings.web_requests_per_second),
    )
