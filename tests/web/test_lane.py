"""Commands in line: answered after the commit, each with its own outcome."""

import asyncio
import threading
from collections.abc import Sequence

from queueapp.domain.refusal import Reason, Refused
from queueapp.operations.commands import CallNext, Command, IssueTicket
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Receipt, StoreUnavailable
from queueapp.web.lane import MOST_WAITING, Lane
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
