"""How simulated people look at the branch and act in it."""

from collections.abc import Callable
from typing import Protocol

from queueapp.domain.live import Changes, LiveBranch
from queueapp.domain.refusal import Refused
from queueapp.domain.words import BranchId
from queueapp.operations.commands import Command
from queueapp.operations.ports import Receipt


class LiveSource(Protocol):
    """Where the picture of the branch is read; a store is one."""

    def live(self, branch: BranchId) -> LiveBranch:
        """The branch as it is."""

    def changes(self, live: LiveBranch) -> Changes | None:
        """What happened since ``live``; ``None`` when nothing did."""


class BranchView:
    """The branch with its eyes and its hands: the newest picture, and commands."""

    def __init__(
        self, source: LiveSource, branch: BranchId, handle: Callable[[Command], Receipt]
    ) -> None:
        self._source = source
        self._handle = handle
        self._branch = branch
        self._live: LiveBranch | None = None

    def look(self) -> LiveBranch:
        """The newest picture; raises ``StoreUnavailable``."""
        if self._live is None:
            self._live = self._source.live(self._branch)
        changes = self._source.changes(self._live)
        if changes is not None:
            self._live = self._live.after(changes)
        return self._live

    def do(self, command: Command) -> Receipt | None:
        """Carry ``command`` out; ``None`` when it is refused: people shrug and look again."""
        try:
            return self._handle(command)
        except Refused:
            return None
