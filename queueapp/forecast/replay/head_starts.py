"""By how much some categories go sooner: learned from who was called before whom."""

from datetime import timedelta

import numpy as np

from queueapp.forecast.arrays import Flags, Numbers, Places
from queueapp.forecast.replay.log import Visit

CANDIDATES = (0, 15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600, 7200)
"""Seconds of head start that are tried."""
TOLERANCE = 2.0
"""Seconds by which clocks may differ."""
ENOUGH = 30
"""Choices between two categories that must have been seen before they say anything."""
ROUNDS = 3


class HeadStarts:
    """Choices between people of different categories, and the head starts that explain them."""

    def __init__(self, categories: list[str]) -> None:
        self._categories = categories
        self._places = {category: place for place, category in enumerate(categories)}
        self._choices: list[tuple[int, int, float]] = []

    def was_preferred(self, chosen: Visit, waiting: list[Visit]) -> None:
        """``chosen`` was called while those ``waiting`` could have been."""
        first: dict[str, Visit] = {}
        for other in waiting:
            if other.category != chosen.category:
                best = first.get(other.category)
                if best is None or other.arrived_at < best.arrived_at:
                    first[other.category] = other
        own = self._places[chosen.category]
        for category, other in first.items():
            later = (chosen.arrived_at - other.arrived_at) / timedelta(seconds=1)
            self._choices.append((own, self._places[category], later))

    def learned(self) -> dict[str, int]:
        """Seconds of head start of each category; 0 where nothing else is known."""
        chosen = np.zeros(len(self._categories))
        if len(self._choices) >= ENOUGH:
            table = np.array(self._choices)
            winners, losers = table[:, 0].astype(np.intp), table[:, 1].astype(np.intp)
            for _ in range(ROUNDS):
                for place in range(len(chosen)):
                    chosen[place] = self._best(place, chosen, winners, losers, table[:, 2])
        chosen -= chosen.min(initial=0.0)
        return {word: int(chosen[place]) for word, place in self._places.items()}

    @staticmethod
    def _best(
        place: int, chosen: Numbers, winners: Places, losers: Places, later: Numbers
    ) -> float:
        """The head start of one category that explains most choices, the others given.

        Of several the smallest: what nobody can see is not claimed.
        """
        involved: Flags = (winners == place) | (losers == place)
        if involved.sum() < ENOUGH:
            return float(chosen[place])
        candidates = np.array([*(-c for c in reversed(CANDIDATES[1:])), *CANDIDATES], dtype=float)
        trial = np.repeat(chosen[:, np.newaxis], len(candidates), axis=1)
        trial[place] = candidates
        ahead = trial[winners[involved]] - trial[losers[involved]]
        explained = (ahead >= later[involved, np.newaxis] - TOLERANCE).mean(axis=0)
        best = np.flatnonzero(explained >= explained.max() - 1e-9)
        return float(candidates[best[np.abs(candidates[best]).argmin()]])
