"""Figures for Prometheus: requests, commands in line, who follows, who waits."""

import time
from collections.abc import Iterable
from http import HTTPMethod

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queueapp.domain.desk import DeskState
from queueapp.operations.ports import StoreUnavailable
from queueapp.web.following import Following
from queueapp.web.lane import Lane

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""Seconds."""
METHODS = frozenset(HTTPMethod)


class Metrics:
    """The figures of one process."""

    def __init__(self, following: Following, lane: Lane) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "queueapp_requests",
            "Requests by route and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "queueapp_request_seconds",
            "Until the answer began.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_Branch(following, lane))

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)


class _Branch(Collector):
    """What the live picture says at the moment somebody asks."""

    def __init__(self, following: Following, lane: Lane) -> None:
        self._following = following
        self._lane = lane

    def collect(self) -> Iterable[Metric]:
        """Every figure of the branch."""
        yield _one("queueapp_following", "Phones that follow.", self._following.count)
        yield _one("queueapp_commands_in_line", "Commands not done yet.", self._lane.waiting)
        yield _one(
            "queueapp_database_connected",
            "Whether the database answers.",
            int(self._following.is_connected),
        )
        try:
            live = self._following.live
        except StoreUnavailable:
            return
        yield _one("queueapp_revision", "The branch's change counter.", live.revision)
        yield _one(
            "queueapp_open_desks",
            "Desks that call.",
            sum(desk.state is DeskState.OPEN for desk in live.desks.values()),
        )
        waiting = GaugeMetricFamily("queueapp_waiting", "Who waits.", labels=["service"])
        for service in live.branch.services:
            waiting.add_metric([service.code], len(live.waiting_for(service.code)))
        yield waiting


class Metered:
    """Counts every request, by the route's own pattern: never by an address with a token in it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and count the answer when it begins."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def count(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "none")
                self._metrics.seconds.labels(route).observe(time.perf_counter() - began)
                # A method is any word that somebody sends, and each label is kept for ever.
                method = scope["method"] if scope["method"] in METHODS else "other"
                self._metrics.requests.labels(method, route, message["status"]).inc()
            await send(message)

        await self._app(scope, receive, count)


def _one(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)
