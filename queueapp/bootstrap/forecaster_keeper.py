"""How the terminals see to it that somebody computes the branch's estimates."""

from queueapp.bootstrap import OpenBranch
from queueapp.bootstrap.child_keeper import ChildKeeper
from queueapp.config.settings import Settings
from queueapp.operations.ports import StoreUnavailable


class ForecasterKeeper(ChildKeeper):
    """Starts a forecaster whenever the branch's lease is free.

    Of several that start at once, in several terminals, one gets the lease; the others wait for it
    beside, and end with their terminals.
    """

    def __init__(self, opened: OpenBranch, settings: Settings, *options: str) -> None:
        def lease_is_free() -> bool:
            try:
                return opened.store.lease_is_free(opened.id)
            except StoreUnavailable:
                return False

        super().__init__(
            "forecaster", "forecaster", *options, settings=settings, is_needed=lease_is_free
        )
