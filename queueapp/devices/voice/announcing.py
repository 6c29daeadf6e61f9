"""Which calls are said, in which order and how often; one never cuts another."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from queueapp.config.quiet_hours import QuietSpan
from queueapp.domain.calls import Call, CallNews, calls_in_hand
from queueapp.domain.live import LegKey, LiveBranch
from queueapp.domain.ticket import LegState


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A call in the line."""

    call: Call
    due: float = 0
    """Not before this second."""
    is_repeat: bool = False


class Announcer:
    """Says the calls of a branch. ``say`` blocks until a call was heard.

    ``repeat_s``: after so many seconds a call is said once more if nobody has come; 0: never.
    ``clock`` is the branch's clock, ``seconds`` one that never goes back.
    """

    def __init__(
        self,
        say: Callable[[Call], None],
        *,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        quiet: Sequence[QuietSpan] = (),
        repeat_s: float = 0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say = say
        self._clock = clock
        self._zone = zone
        self._quiet = tuple(quiet)
        self._repeat_s = repeat_s
        self._seconds = seconds
        self._news = CallNews()
        self._line: list[_Said] = []

    def hear(self, live: LiveBranch) -> None:
        """Take what happened: new calls and recalls get in line, what is over leaves it."""
        calls = calls_in_hand(live)
        for call in self._news.of(calls, self._clock()):
            # A recall takes the place of the call that was not said yet, and of its repeat.
            self._line = [waiting for waiting in self._line if waiting.call.of != call.of]
            self._line.append(_Said(call=call))
        here = {call.of: call for call in calls}
        self._line = [each for each in self._line if _is_worth_saying(each, here)]

    def say_next(self) -> bool:
        """Say the next call that is due, if there is one, and tell whether there was."""
        now = self._seconds()
        following = next((each for each in self._line if each.due <= now), None)
        if following is None:
            return False
        self._line.remove(following)
        if self._is_quiet():
            return True
        self._say(following.call)
        if self._repeat_s and not following.is_repeat:
            due = self._seconds() + self._repeat_s
            self._line.append(_Said(call=following.call, due=due, is_repeat=True))
        return True

    def _is_quiet(self) -> bool:
        moment = self._clock().astimezone(self._zone).time()
        return any(span.holds(moment) for span in self._quiet)


def _is_worth_saying(said: _Said, here: Mapping[LegKey, Call]) -> bool:
    """Whether the customer is still called there, and for a repeat, has not come."""
    now = here.get(said.call.of)
    return now is not None and (not said.is_repeat or now.leg.state is LegState.CALLED)
