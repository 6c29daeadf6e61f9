"""What a simulation ahead means for the branch's promise: people past their target."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from queueapp.domain.live import LiveBranch
from queueapp.forecast.ahead import Ahead
from queueapp.forecast.arrays import Flags, Numbers, Places, Seconds
from queueapp.forecast.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Everybody who waits or will come before the end of the look ahead; R replicates.

    The first rows are those who wait, the others those who come; two prospects of one seed have
    the same rows.
    """

    replicates: int
    replicate: Places
    service: Places
    """Places among the services known to the forecast."""
    wait: Seconds
    """Until the call, what was waited already included; ``inf``: not called before the end."""
    is_past: Flags
    """Longer than the target."""
    comes: Seconds
    """Seconds from now; 0 for those who wait."""

    def past(self) -> Numbers:
        """How many are past their target; shape (R,)."""
        return self._sums(self.is_past.astype(np.float64))

    def past_of(self, services: int) -> Numbers:
        """The mean number past the target for each of so many services."""
        sums = np.bincount(self.service, weights=self.is_past, minlength=services)
        return np.asarray(sums / self.replicates)

    def people(self) -> Numbers:
        """How many there are; shape (R,)."""
        return self._sums(np.ones_like(self.wait))

    def waited(self, at_most: float) -> Numbers:
        """The sum of all waits, each counted up to ``at_most`` seconds; shape (R,)."""
        return self._sums(np.minimum(self.wait, at_most))

    def _sums(self, values: Numbers) -> Numbers:
        return np.asarray(
            np.bincount(self.replicate, weights=values, minlength=self.replicates), np.float64
        )


def prospect_of(live: LiveBranch, ahead: Ahead, knowledge: Knowledge, now: datetime) -> Prospect:
    """Put what ``ahead`` found beside the targets."""
    targets = np.array(
        [live.branch.service(code).target.total_seconds() for code in knowledge.services]
    )
    places = {code: place for place, code in enumerate(knowledge.services)}
    replicates = ahead.waiting.shape[0]
    tickets = [live.tickets[ticket] for ticket in ahead.tickets]
    so_far = np.array(
        [max((now - ticket.leg.counts_from).total_seconds(), 0.0) for ticket in tickets]
    )
    slots = np.array(
        [max((ticket.leg.counts_from - now).total_seconds(), 0.0) for ticket in tickets]
    )
    of_tickets = np.array([places[ticket.leg.service] for ticket in tickets], dtype=np.intp)
    waits = np.maximum(so_far + ahead.waiting - slots, 0.0).ravel()
    service = np.concatenate([np.tile(of_tickets, replicates), ahead.service])
    wait = np.concatenate([waits, ahead.wait_of_people()])
    return Prospect(
        replicates=replicates,
        replicate=np.concatenate([np.repeat(np.arange(replicates), len(tickets)), ahead.replicate]),
        service=service,
        wait=wait,
        is_past=wait > targets[service],
        comes=np.concatenate([np.zeros(len(waits)), ahead.came]),
    )
