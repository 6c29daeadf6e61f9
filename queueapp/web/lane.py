"""Hands commands to the operations, in threads, so that the event loop never waits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from queueapp.domain.words import Revision
from queueapp.operations.commands import Command, SignOn
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Receipt, StoreUnavailable

MOST_WAITING = 512
"""Commands in line; a longer line would only answer after its askers have gone."""
PIN_THREADS = 2
FULL = "too many commands at once"


class Lane:
    """One thread for the commands of the branch, which takes one writer at a time anyway.

    In a line they come first in, first out, and no thread spins for a lock that another holds.
    PINs, which are slow to check on purpose, wait in a line of their own.
    """

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._branch = ThreadPoolExecutor(1, thread_name_prefix="commands")
        self._pins = ThreadPoolExecutor(PIN_THREADS, thread_name_prefix="pins")
        self._waiting = 0
        self.newest = Revision(0)
        """The last revision that was made here."""

    @property
    def waiting(self) -> int:
        """How many commands are in line or being done."""
        return self._waiting

    async def do(self, command: Command) -> Receipt:
        """Carry out ``command``.

        Raises ``Refused`` when the rules do not allow it, ``StoreUnavailable`` when the database
        is away or the line is too long. A client that goes away takes nothing back.
        """
        if self._waiting >= MOST_WAITING:
            raise StoreUnavailable(FULL)
        self._waiting += 1
        line = self._pins if isinstance(command, SignOn) else self._branch
        done = asyncio.get_running_loop().run_in_executor(line, self._operations.handle, command)
        done.add_done_callback(self._leave)
        receipt = await asyncio.shield(done)
        self.newest = max(self.newest, receipt.revision)
        return receipt

    def close(self) -> None:
        """Wait for what is being done, and end."""
        self._branch.shutdown()
        self._pins.shutdown()

    def _leave(self, done: "asyncio.Future[Receipt]") -> None:
        self._waiting -= 1
        if not done.cancelled():
            done.exception()  # looked at, so that nobody is told of one that its asker gave up
