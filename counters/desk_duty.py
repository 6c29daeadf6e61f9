"""What a desk does without a key: call by itself, and notice that it was signed off."""

import asyncio
from contextlib import suppress

from counters.sign_in import SignInScreen
from counters.staff_screen import StaffScreen
from queueapp.domain import routing
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.refusal import Refused
from queueapp.domain.staff import Permission, Staff
from queueapp.domain.words import CounterNumber, Revision, StaffCode, sentence
from queueapp.operations.commands import CallNext, Command
from queueapp.operations.ports import Receipt
from queueapp.tui.role_screen import RoleScreen

CATCH_UP_S = 0.5
"""How long a key waits for the picture to show what the key before it did."""

SIGNED_OFF = sentence("You have been signed off at this counter. Sign in again to go on.")


class DeskDuty(StaffScreen[None]):
    """A clerk at a counter."""

    def __init__(
        self, *, counter: CounterNumber, staff: StaffCode, language: str | None = None
    ) -> None:
        super().__init__(language=language)
        self.counter = counter
        self.staff = staff
        self._was_signed_on = False
        self._leaving = False
        self._done_until = Revision(0)
        self._moved = asyncio.Event()
        self._looked_at: Revision | None = None
        self._may_call_by_itself = True

    # -- commands --------------------------------------------------------------------------------

    async def carry_out(self, command: Command) -> Receipt | None:
        """Do ``command``; the next step sees the picture that follows from it."""
        receipt = await self.do(command)
        if receipt is not None:
            self._done_until = receipt.revision
            self._may_call_by_itself = True
        return receipt

    async def picture(self) -> LiveBranch | None:
        """The branch with this desk's own last command in it, unless the feed is slow."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CATCH_UP_S):
                while self.live is not None and self.live.revision < self._done_until:
                    self._moved.clear()
                    await self._moved.wait()
        return self.live

    def rest_from_calling(self) -> None:
        """A call was undone: call nobody by itself until the clerk has done something else."""
        self._may_call_by_itself = False

    # -- by itself -------------------------------------------------------------------------------

    def show(self, live: LiveBranch) -> None:
        """See what has to be done in ``live``."""
        self._moved.set()
        self._notice_sign_off(live)
        self._call_by_itself(live)

    def _notice_sign_off(self, live: LiveBranch) -> None:
        if live.desk(self.counter).staff == self.staff:
            self._was_signed_on = True
        elif self._was_signed_on and not self._leaving:
            self._leaving = True
            self.begin(lambda: self.sign_off(SIGNED_OFF))

    async def sign_off(self, notice: str = "") -> None:
        """Go back to the sign-in; ``notice`` is a message that says why."""
        self._leaving = True
        await self.replace(counter_home(self.counter, make_desk=type(self), notice=notice))

    # -- calling by itself -----------------------------------------------------------------------

    def _call_by_itself(self, live: LiveBranch) -> None:
        if self._looked_at == live.revision or not self._is_my_turn(live):
            return
        self._looked_at = live.revision
        self.begin(self._call_if_still_my_turn)

    async def _call_if_still_my_turn(self) -> None:
        live = await self.picture()
        if live is not None and self._is_my_turn(live):
            await self.call_quietly()

    async def call_quietly(self) -> None:
        """Call whoever is next; another desk may have been quicker, and that is all right."""
        answer = await self.terminal.perform(CallNext(staff=self.staff, counter=self.counter))
        if not isinstance(answer, Refused):
            self._done_until = answer.revision

    def _is_my_turn(self, live: LiveBranch) -> bool:
        """Whether no other desk that may call the next customer has been idle for longer."""
        if not live.branch.auto_call or not self._may_call_by_itself or self._leaving:
            return False
        if live.desk(self.counter).staff != self.staff or live.idle_since(self.counter) is None:
            return False
        picks = live.next_for(self.counter, self.now())
        if not picks:
            return False
        wanted = candidate_of(live.ticket(picks[0].candidate.ticket))
        idle = [
            (since, counter.number)
            for counter in live.branch.counters
            if routing.may_call(counter, wanted)
            and (since := live.idle_since(counter.number)) is not None
        ]
        return min(idle)[1] == self.counter


def counter_home(
    counter: CounterNumber, *, make_desk: type[DeskDuty], notice: str = ""
) -> SignInScreen:
    """The sign-in of ``counter``, which goes on with the desk that ``make_desk`` makes."""

    def desk_of(person: Staff) -> RoleScreen[None]:
        return make_desk(counter=counter, staff=person.code)

    return SignInScreen(counter=counter, permission=Permission.SERVE, then=desk_of, notice=notice)
