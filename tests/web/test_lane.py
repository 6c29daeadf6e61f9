"""Commands in line: answered after the commit, each with its own outcome."""

import asyncio
import threading
from collections.abc import Sequence

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Permission, Staff
from queueapp.domain.words import StaffCode
from queueapp.operations.commands import CallNext, Command, IssueTicket
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Receipt, StoreUnavailable
from queueapp.web.lane import MOST_WAITING, PIN_THREADS, Lane
from tests.domain.samples import BILLS, FIRST, NORMAL, SARA
from tests.operations.office import Office


def an_issue() -> IssueTicket:
    return IssueTicket(service=BILLS, category=NORMAL, language="fa")


class HeldUp(Operations):
    """Operations whose first command takes until it is let go on; it notes what came together."""

    def __init__(self, office: Office) -> None:
        self._real = office.operations
        self.has_begun = threading.Event()
        self.may_go_on = threading.Event()
        self.together: list[int] = []

    def handle(self, command: Command) -> Receipt:
        self.has_begun.set()
        assert self.may_go_on.wait(20)
        return self._real.handle(command)

    def handle_together(self, commands: Sequence[Command]) -> list[Receipt | Refused]:
        self.together.append(len(commands))
        return self._real.handle_together(commands)


async def after_the_first(
    held: HeldUp, lane: Lane, commands: Sequence[Command]
) -> list[Receipt | BaseException]:
    """Hand in all while the first is being done; what came of each."""
    first = asyncio.create_task(lane.do(commands[0]))
    await asyncio.to_thread(held.has_begun.wait)
    rest = [asyncio.create_task(lane.do(each)) for each in commands[1:]]
    await asyncio.sleep(0)
    assert lane.waiting == len(commands)
    held.may_go_on.set()
    return await asyncio.gather(first, *rest, return_exceptions=True)


def test_what_came_meanwhile_is_committed_together_and_answered_each_by_itself(
    office: Office,
) -> None:
    held = HeldUp(office)
    lane = Lane(held)
    call = CallNext(counter=FIRST, staff=SARA)
    again = CallNext(counter=FIRST, staff=SARA)
    outcomes = asyncio.run(
        after_the_first(held, lane, [an_issue(), an_issue(), call, again, an_issue()])
    )
    lane.close()
    assert held.together == [4]
    labels = [each.label for each in outcomes if isinstance(each, Receipt)]
    assert labels == ["A001", "A002", "A001", "A003"]
    [refused] = [each for each in outcomes if isinstance(each, Refused)]
    assert refused.reason is Reason.TICKET_IN_HAND
    assert lane.newest == office.live.revision
    assert lane.waiting == 0


def test_a_command_that_breaks_the_program_is_not_the_others_fault(office: Office) -> None:
    class Unheard(IssueTicket):
        """No handler knows it."""

    held = HeldUp(office)
    lane = Lane(held)
    broken = Unheard(service=BILLS, category=NORMAL, language="fa")
    outcomes = asyncio.run(after_the_first(held, lane, [an_issue(), an_issue(), broken]))
    lane.close()
    assert [type(each) for each in outcomes] == [Receipt, Receipt, KeyError]
    assert len(office.live.tickets) == 2


class SlowPins(Operations):
    """Operations whose checks of PINs take until they are let go on; they note how many run."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.begun = threading.Semaphore(0)
        self.together = 0
        self.most_together = 0
        self._counting = threading.Lock()

    def sign_in(self, code: StaffCode, pin: str, permission: Permission) -> Staff:  # noqa: ARG002 - as Operations
        with self._counting:
            self.together += 1
            self.most_together = max(self.most_together, self.together)
        self.begun.release()
        assert self.may_go_on.wait(20)
        with self._counting:
            self.together -= 1
        raise Refused(Reason.STAFF_UNKNOWN)


def test_who_guesses_forty_pins_at_once_holds_up_nobody_else() -> None:
    slow = SlowPins()
    lane = Lane(slow)

    async def guess() -> list[Staff | BaseException]:
        guesses = [
            asyncio.create_task(lane.sign_in(SARA, f"{number:04d}", Permission.STEER))
            for number in range(40)
        ]
        for _ in range(PIN_THREADS):
            assert await asyncio.to_thread(slow.begun.acquire, timeout=20)
        async with asyncio.timeout(20):  # what pages and the store's readers use is free
            await asyncio.gather(*(asyncio.to_thread(threading.get_ident) for _ in range(40)))
        assert lane.waiting == 40
        slow.may_go_on.set()
        return await asyncio.gather(*guesses, return_exceptions=True)

    outcomes = asyncio.run(guess())
    lane.close()
    assert all(isinstance(each, Refused) for each in outcomes)
    assert slow.most_together == PIN_THREADS
    assert lane.waiting == 0


def test_a_line_that_is_too_long_is_said_so_at_once(office: Office) -> None:
    held = HeldUp(office)
    lane = Lane(held)

    async def many() -> list[Receipt | BaseException]:
        asked = [asyncio.create_task(lane.do(an_issue())) for _ in range(MOST_WAITING + 1)]
        await asyncio.wait([asked[-1]])
        assert isinstance(asked[-1].exception(), StoreUnavailable)
        for each in asked[:-1]:
            each.cancel()
        held.may_go_on.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    outcomes = asyncio.run(many())
    lane.close()
    assert sum(isinstance(each, asyncio.CancelledError) for each in outcomes) == MOST_WAITING
    assert len(office.live.tickets) == MOST_WAITING  # who gave up waiting takes nothing back
