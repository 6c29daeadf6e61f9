"""The right to compute a branch's estimates: waited for, and kept while something slow is done."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Protocol

from queueapp.domain.words import BranchId
from queueapp.operations.ports import StoreUnavailable

LEASE = timedelta(seconds=5)
"""How long nobody else may compute after a process last said that it lives."""
RENEW_EVERY = 2.0
"""Real seconds between two renewals of the lease, or two tries to get it."""


class Leases(Protocol):
    """Where the lease is."""

    def take_lease(self, branch: BranchId, holder: str, lasts: timedelta) -> bool:
        """Take or renew the branch's forecaster lease for ``holder``, by the database's clock.

        ``False`` while another holder's lease runs. Raises
        :class:`~queueapp.operations.ports.StoreUnavailable`.
        """


def wait_for_lease(
    leases: Leases,
    branch: BranchId,
    holder: str,
    stop: threading.Event,
    *,
    every: float = RENEW_EVERY,
) -> bool:
    """Wait until ``holder`` has the lease; ``False``: told to stop before."""
    while not stop.is_set():
        with suppress(StoreUnavailable):
            if leases.take_lease(branch, holder, LEASE):
                return True
        stop.wait(every)
    return False


@contextmanager
def lease_kept(
    leases: Leases, branch: BranchId, holder: str, *, every: float = RENEW_EVERY
) -> Iterator[None]:
    """Renew the lease, in a thread of its own, for as long as the block takes."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(every):
            with suppress(StoreUnavailable):
                leases.take_lease(branch, holder, LEASE)

    renewing = threading.Thread(target=renew, name="lease", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
