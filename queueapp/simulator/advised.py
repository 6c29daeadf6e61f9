"""A simulated supervisor who learns from the days and follows the best advice."""

from collections.abc import Sequence
from datetime import datetime

from queueapp.domain.branch import Branch
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import StaffCode
from queueapp.forecast.advice.deliberation import Question, advise, costs_nobody
from queueapp.forecast.learner import Learner
from queueapp.operations.advising import command_for
from queueapp.operations.commands import Command


class AdvisedSupervisor:
    """Follows whatever spares most people a wait past their target and needs no more staff.

    It knows what the forecaster of a real branch knows: what happened before, and nothing else.
    """

    def __init__(self, branch: Branch, staff: StaffCode) -> None:
        self._learner = Learner(branch)
        self._staff = staff

    def watch(self, live: LiveBranch, now: datetime) -> None:
        """Learn from what has just happened."""
        self._learner.saw(live, now)

    def steer(self, live: LiveBranch, now: datetime) -> Sequence[Command]:
        """The best advice of the moment, if any, as a command."""
        question = Question(live=live, now=now, knowledge=self._learner.knowledge(now))
        for advice in advise(question, costs_nobody):
            command = command_for(advice.action, live, self._staff)
            if command is not None:
                return [command]
        return []
