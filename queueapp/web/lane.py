"""Hands commands to the operations, in threads, so that the event loop never waits."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue

from queueapp.domain.staff import Permission, Staff
from queueapp.domain.words import Revision, StaffCode
from queueapp.operations.commands import Command, SignOn
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Receipt, StoreUnavailable

MOST_WAITING = 512
"""Commands in line; a longer line would only answer after its askers have gone."""
MOST_TOGETHER = 16
"""Commands that are committed as one; terminals wait for their turn meanwhile."""
PIN_THREADS = 2
"""So many PINs are checked at once; others wait, and neither pages nor commands wait with them."""
FULL = "too many commands at once"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command in line, and who is told of it where."""

    command: Command
    answer: "asyncio.Future[Receipt]"
    loop: asyncio.AbstractEventLoop


Outcome = Receipt | Exception


class Lane:
    """One thread for the commands of the branch, which takes one writer at a time anyway.

    In a line they come first in, first out, and no thread spins for a lock that another holds.
    Those that came while others were being done are committed as one, so that the disk, which takes
    longer than a command, is waited for once; nobody is answered before the commit. PINs, which are
    slow to check on purpose, wait in a line of their own.
    """

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._line: SimpleQueue[_Asked | None] = SimpleQueue()
        self._branch = threading.Thread(target=self._work, name="commands", daemon=True)
        self._branch.start()
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
        self._take_place()
        loop = asyncio.get_running_loop()
        asked = _Asked(command, loop.create_future(), loop)
        if isinstance(command, SignOn):
            self._pins.submit(self._check_pin, asked)
        else:
            self._line.put(asked)
        return await asked.answer

    async def sign_in(self, code: StaffCode, pin: str, permission: Permission) -> Staff:
        """Who this is; in the line of PINs, so that guessing many holds nothing else up.

        Raises as :meth:`do`.
        """
        self._take_place()
        try:
            check = partial(self._operations.sign_in, code, pin, permission)
            return await asyncio.get_running_loop().run_in_executor(self._pins, check)
        finally:
            self._waiting -= 1

    def _take_place(self) -> None:
        if self._waiting >= MOST_WAITING:
            raise StoreUnavailable(FULL)
        self._waiting += 1

    def close(self) -> None:
        """Wait for what is being done, and end."""
        self._line.put(None)
        self._branch.join()
        self._pins.shutdown()

    # -- in a thread -----------------------------------------------------------------------------

    def _work(self) -> None:
        while (asked := self._line.get()) is not None:
            is_over = self._do_all([asked, *self._more()])
            if is_over:
                return

    def _more(self) -> list[_Asked | None]:
        """Who else is in line already."""
        more: list[_Asked | None] = []
        try:
            while len(more) < MOST_TOGETHER - 1:
                more.append(self._line.get_nowait())
        except Empty:
            pass
        return more

    def _do_all(self, line: Sequence[_Asked | None]) -> bool:
        """Carry out what is asked; whether the end was."""
        asked = [each for each in line if each is not None]
        outcomes = self._outcomes([each.command for each in asked])
        for each, outcome in zip(asked, outcomes, strict=True):
            self._answer(each, outcome)
        return len(asked) < len(line)

    def _outcomes(self, commands: Sequence[Command]) -> Sequence[Outcome]:
        if len(commands) > 1:
            try:
                return self._operations.handle_together(commands)
            except StoreUnavailable as error:
                return [error] * len(commands)
            except Exception:  # of one of them: it must not be the others'
                logging.getLogger(__name__).exception("commands could not be done together")
        return [self._outcome(command) for command in commands]

    def _outcome(self, command: Command) -> Outcome:
        try:
            return self._operations.handle(command)
        except Exception as error:  # the asker's: it is raised there
            return error

    def _check_pin(self, asked: _Asked) -> None:
        self._answer(asked, self._outcome(asked.command))

    def _answer(self, asked: _Asked, outcome: Outcome) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever asked
            asked.loop.call_soon_threadsafe(self._tell, asked.answer, outcome)

    # -- on the event loop -----------------------------------------------------------------------

    def _tell(self, answer: "asyncio.Future[Receipt]", outcome: Outcome) -> None:
        self._waiting -= 1
        if isinstance(outcome, Receipt):
            self.newest = max(self.newest, outcome.revision)
        if answer.done():  # its asker has gone
            return
        if isinstance(outcome, Receipt):
            answer.set_result(outcome)
        else:
            answer.set_exception(outcome)
