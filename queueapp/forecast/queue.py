"""Who waits, as arrays, and the numeric twin of :mod:`queueapp.domain.routing`.

Everybody of one service, category and destination stands in one *line*, in the order in which
routing takes them; a counter chooses among the heads of the lines. Tests hold the twin equal to
the domain's rule on random states.
"""

from dataclasses import dataclass

import numpy as np

from queueapp.domain.branch import Policy
from queueapp.domain.routing import NEAR_TIE
from queueapp.domain.words import CategoryCode, ServiceCode, TicketId
from queueapp.forecast.arrays import Flags, Numbers, Places, Seconds

Newcomer = tuple[ServiceCode, CategoryCode]
"""Somebody who would take a ticket now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What counters see at the moment when they become free; shape (counters, lines) each."""

    eligible: Flags
    """There is a head, and the counter may call it."""
    places: Places
    """The heads' places in the policy's order of arrival."""
    ranks: Places
    urgencies: Numbers
    """``-inf`` where not eligible; meaningless but under the accumulating policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Everybody who waits, line by line; times are seconds from the forecast's moment."""

    policy: Policy
    tickets: tuple[TicketId, ...]
    newcomers: tuple[Newcomer, ...]
    ticket_services: Places
    """Shape (tickets,): the place of the service in the plan."""
    ticket_places: Places
    """Shape (tickets + 1,): place in the policy's order of arrival; the last is nobody's."""
    ticket_credits: Seconds
    """Shape (tickets + 1,): what somebody has waited already, with the category's head start."""
    members: Places
    """Shape (lines, longest + 1): tickets in line; after the last comes ``nobody``."""
    line_targets: Seconds
    line_weights: Numbers
    line_may: Flags
    """Shape (counters, lines)."""
    line_ranks: Places
    """Shape (counters, lines)."""
    newcomer_places: Numbers
    """Shape (newcomers,): just behind the last ticket that goes before by order of arrival."""
    newcomer_credits: Seconds
    newcomer_targets: Seconds
    newcomer_weights: Numbers
    newcomer_may: Flags
    """Shape (counters, newcomers)."""
    newcomer_ranks: Places
    """Shape (counters, newcomers)."""

    @property
    def nobody(self) -> int:
        """The index that stands for the end of a line."""
        return len(self.tickets)

    def standing(self, heads: Places, counters: Places, moments: Seconds) -> Standing:
        """What ``counters``, free at ``moments``, see of ``heads`` (shape counters, lines)."""
        eligible = self.line_may[counters] & (heads != self.nobody)
        urgencies = np.full(heads.shape, -np.inf)
        if self.policy is Policy.ACCUMULATING:
            waits = self.ticket_credits[heads] + moments[:, np.newaxis]
            urgencies = np.where(eligible, waits / self.line_targets * self.line_weights, urgencies)
        return Standing(
            eligible=eligible,
            places=self.ticket_places[heads],
            ranks=self.line_ranks[counters],
            urgencies=urgencies,
        )

    def choose(self, standing: Standing) -> Places:
        """The line whose head each counter calls; -1: nobody waits for it."""
        best = standing.eligible
        if not best.any():
            return np.full(len(best), -1, dtype=np.intp)
        if self.policy is Policy.ACCUMULATING:
            urgencies = standing.urgencies
            best = best & (urgencies >= urgencies.max(axis=1, keepdims=True) - NEAR_TIE)
            best = _only_lowest(best, standing.ranks)
            best = _only_lowest(best, -urgencies)
        places = np.where(best, standing.places, self.nobody + 1)
        return np.where(standing.eligible.any(axis=1), places.argmin(axis=1), -1)

    def newcomers_chosen(
        self, standing: Standing, counters: Places, moments: Seconds, asked: Flags
    ) -> Flags:
        """Of the newcomers ``asked`` for, whom each counter would call before all who wait.

        Shape (counters, newcomers). Each newcomer is compared with those who wait, never with
        another newcomer.
        """
        asked = asked & self.newcomer_may[counters]
        if self.policy is not Policy.ACCUMULATING:
            places = np.where(standing.eligible, standing.places, self.nobody + 1)
            first = places.min(axis=1, keepdims=True, initial=self.nobody + 1)
            return np.asarray(asked & (self.newcomer_places < first))
        waits = self.newcomer_credits + moments[:, np.newaxis]
        urgencies = waits / self.newcomer_targets * self.newcomer_weights
        highest = standing.urgencies.max(axis=1, keepdims=True, initial=-np.inf)
        chosen: Flags = asked & (urgencies >= highest - NEAR_TIE)
        rows, columns = np.nonzero(chosen)
        chosen[rows, columns] = ~self._is_beaten(
            standing,
            rows,
            columns,
            urgencies[rows, columns],
            self.newcomer_ranks[counters[rows], columns],
        )
        return chosen

    def _is_beaten(
        self,
        standing: Standing,
        rows: Places,
        newcomers: Places,
        urgency: Numbers,
        rank: Places,
    ) -> Flags:
        """Whether somebody who waits is called before a newcomer who is nearly as urgent."""
        others = standing.urgencies[rows]
        own = urgency[:, np.newaxis]
        highest = others.max(axis=1, keepdims=True, initial=-np.inf)
        near = others >= np.maximum(highest, own) - NEAR_TIE
        ranks = standing.ranks[rows]
        earlier = standing.places[rows] < self.newcomer_places[newcomers, np.newaxis]
        before = (others > own) | ((others == own) & earlier)
        better = (ranks < rank[:, np.newaxis]) | ((ranks == rank[:, np.newaxis]) & before)
        return np.asarray((near & better).any(axis=1))


def _only_lowest(among: Flags, values: Numbers | Places) -> Flags:
    """Those of ``among`` (row by row) with the lowest of ``values``."""
    considered = np.where(among, values, np.inf)
    return np.asarray(among & (considered == considered.min(axis=1, keepdims=True)))
