"""The forecaster's lease: waited for, and kept while the forecaster is made ready."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from queueapp.domain.words import BranchId
from queueapp.operations.forecaster_lease import lease_kept, wait_for_lease
from queueapp.operations.ports import StoreUnavailable

AZADI = BranchId("azadi")
SOON = 0.001
PATIENCE_S = 30


@dataclass
class Answers:
    """A lease that answers what a test says, one try after the other; the last answer stays."""

    said: list[Callable[[], bool]]
    tries: int = 0
    enough: int = 3
    tried_enough: threading.Event = field(default_factory=threading.Event)

    def take_lease(self, _branch: BranchId, holder: str, _lasts: timedelta) -> bool:
        assert holder == "mine"
        self.tries += 1
        if self.tries >= self.enough:
            self.tried_enough.set()
        return self.said[min(self.tries, len(self.said)) - 1]()


def yes() -> bool:
    return True


def no() -> bool:
    return False


def away() -> bool:
    raise StoreUnavailable("gone")


def test_the_lease_is_asked_for_until_another_gives_it_up() -> None:
    leases = Answers([no, away, no, yes])
    assert wait_for_lease(leases, AZADI, "mine", threading.Event(), every=SOON)
    assert leases.tries == 4


def test_who_is_told_to_stop_waits_no_longer() -> None:
    leases, stop = Answers([no]), threading.Event()
    answers: list[bool] = []
    waiting = threading.Thread(
        target=lambda: answers.append(wait_for_lease(leases, AZADI, "mine", stop, every=SOON))
    )
    waiting.start()
    assert leases.tried_enough.wait(PATIENCE_S)
    stop.set()
    waiting.join(PATIENCE_S)
    assert answers == [False]


def test_the_lease_is_renewed_while_something_slow_is_done_and_no_longer() -> None:
    leases = Answers([yes, away, yes])
    with lease_kept(leases, AZADI, "mine", every=SOON):
        assert leases.tried_enough.wait(PATIENCE_S)
    assert all(thread.name != "lease" for thread in threading.enumerate())
