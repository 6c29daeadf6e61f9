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
    claims: Numbers
    """What the policy compares first, the highest wins: urgency, the category's weight, or
    nothing in order of arrival. ``-inf`` where not eligible."""
    places: Places
    """The heads' places in order of arrival, which decides between equal claims."""
    ranks: Places


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
        waits = self.ticket_credits[heads] + moments[:, np.newaxis]
        claims = self._claims(waits, self.line_targets, self.line_weights)
        return Standing(
            eligible=eligible,
            claims=np.where(eligible, claims, -np.inf),
            places=self.ticket_places[heads],
            ranks=self.line_ranks[counters],
        )

    def choose(self, standing: Standing) -> Places:
        """The line whose head each counter calls; -1: nobody waits for it."""
        best = standing.eligible
        if not best.any():
            return np.full(len(best), -1, dtype=np.intp)
        if self.policy is Policy.ACCUMULATING:
            highest = standing.claims.max(axis=1, keepdims=True)
            best = _only_lowest(best & (standing.claims >= highest - NEAR_TIE), standing.ranks)
        best = _only_lowest(best, -standing.claims)
        places = np.where(best, standing.places, self.nobody)
        return np.where(standing.eligible.any(axis=1), places.argmin(axis=1), -1)

    def newcomers_chosen(
        self, standing: Standing, counters: Places, moments: Seconds, asked: Flags
    ) -> Flags:
        """Of the newcomers ``asked`` for, whom each counter would call before all who wait.

        Shape (counters, newcomers). Each newcomer is compared with those who wait, never with
        another newcomer.
        """
        waits = self.newcomer_credits + moments[:, np.newaxis]
        claims = self._claims(waits, self.newcomer_targets, self.newcomer_weights)
        highest = standing.claims.max(axis=1, keepdims=True, initial=-np.inf)
        asked = asked & self.newcomer_may[counters]
        if self.policy is not Policy.ACCUMULATING:
            first = standing.eligible & (standing.claims == highest)
            places = np.where(first, standing.places, self.nobody)
            place = places.min(axis=1, keepdims=True, initial=self.nobody)
            before = (claims == highest) & (self.newcomer_places < place)
            return np.asarray(asked & ((claims > highest) | before))
        chosen: Flags = asked & (claims >= highest - NEAR_TIE)
        rows, newcomers = np.nonzero(chosen)
        chosen[rows, newcomers] = ~self._is_beaten(
            standing, counters, rows, newcomers, claims[rows, newcomers, np.newaxis]
        )
        return chosen

    def _claims(self, waits: Seconds, targets: Seconds, weights: Numbers) -> Numbers:
        """What the policy compares first; ``waits`` include head starts, shape (counters, any)."""
        match self.policy:
            case Policy.FIFO:
                return np.zeros_like(waits)
            case Policy.STRICT:
                return np.where(waits >= 0, weights, -np.inf)
            case Policy.ACCUMULATING:
                return np.asarray(waits / targets * weights)

    def _is_beaten(
        self, standing: Standing, counters: Places, rows: Places, newcomers: Places, own: Numbers
    ) -> Flags:
        """Whether somebody who waits goes before each of ``newcomers``, with ``own`` urgencies.

        ``rows``: which of ``counters`` each is compared at.
        """
        claims = standing.claims[rows]
        highest = claims.max(axis=1, keepdims=True, initial=-np.inf)
        near = claims >= np.maximum(highest, own) - NEAR_TIE
        ranks = standing.ranks[rows]
        own_ranks = self.newcomer_ranks[counters[rows], newcomers, np.newaxis]
        earlier = standing.places[rows] < self.newcomer_places[newcomers, np.newaxis]
        before = (claims > own) | ((claims == own) & earlier)
        better = (ranks < own_ranks) | ((ranks == own_ranks) & before)
        return np.asarray((near & better).any(axis=1))


def _only_lowest(among: Flags, values: Numbers | Places) -> Flags:
    """Those of ``among`` (row by row) with the lowest of ``values``."""
    considered = np.where(among, values, np.inf)
    return np.asarray(among & (considered == considered.min(axis=1, keepdims=True)))
