"""The process that computes a branch's estimates; the only one that loads numpy."""

import threading
from typing import BinaryIO
from uuid import uuid4

from queueapp.bootstrap import OpenBranch
from queueapp.domain.live import LiveBranch
from queueapp.operations.forecasting import Forecaster


def run_forecaster(opened: OpenBranch, until_end_of: BinaryIO) -> None:
    """Compute and publish estimates until ``until_end_of`` ends; a terminal holds its other end."""
    latest: list[LiveBranch | None] = [None]
    stop = threading.Event()

    def keep(live: LiveBranch) -> None:
        latest[0] = live

    def watch() -> None:
        until_end_of.read()
        stop.set()

    threading.Thread(target=watch, name="terminal", daemon=True).start()
    feed = opened.feed()
    feed.start(keep, lambda _is_connected: None)
    forecaster = Forecaster(opened.store, opened.id, uuid4().hex, opened.clock)
    forecaster.run(lambda: latest[0], stop)
    feed.stop()
