"""Who comes when: by weekday, half hour, service and category; appointments; today so far."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.words import CategoryCode, ServiceCode
from queueapp.forecast.arrays import Flags, Numbers
from queueapp.forecast.bookings import Booking
from queueapp.forecast.knowledge import SLOTS, WEEKDAYS, Comings, known_services
from queueapp.forecast.learning.recent import KEPT_PER_DAY, Recent
from queueapp.forecast.planned_day import seconds_of_day
from queueapp.forecast.quantile_table import normal_table
from queueapp.forecast.scene_arrivals import SLOT

OWN_SHAPE = 3.0
"""So many days of a weekday give its own course of the day half the say."""
WEEKDAYS_ALIKE = 1.0
"""That a weekday is like all others is believed like so many of its days."""
DAYS_ALIKE = (10.0, 60.0)
"""Today's level is at least and at most as certain as so many people make it."""
FIRST_HOUR = 3600.0
"""On the first day, what was seen is spread over so many seconds more than have passed."""
EARLY = normal_table(180) - 180


class ComingsLearner:
    """Counts of people who came, and how today compares."""

    def __init__(self, branch: Branch) -> None:
        self._counts: dict[tuple[str, str], Numbers] = {}
        """By service and category, shape (7, 48): they halve every 25 days."""
        self._days = np.zeros(WEEKDAYS)
        """How many days of each weekday the counts come from."""
        self._today: dict[tuple[str, str], Numbers] = {}
        """Shape (48,)."""
        self._ratios = Recent(40)
        """Past days: people who came against those expected."""
        self._crowd = Recent(40)
        """Past days: how many were expected."""
        self._early = Recent(500)
        self._came, self._missed = 0.0, 0.0
        self._knows_bookings = False
        self._expected: list[Booking] = []
        self._first: datetime | None = None
        self._base: Numbers | None = None
        self.plan(branch)

    def plan(self, branch: Branch) -> None:
        """The services and categories of ``branch``."""
        self._branch = branch
        self._services: list[str] = [service.code for service in known_services(branch)]
        self._categories: list[str] = [category.code for category in branch.categories]
        self._base = None

    def arrived(self, service: ServiceCode, category: CategoryCode, at: datetime) -> None:
        """Somebody took a ticket."""
        slot = min(int(seconds_of_day(self._branch, at) // SLOT), SLOTS - 1)
        self._today.setdefault((service, category), np.zeros(SLOTS))[slot] += 1
        self._first = self._first or at

    def appeared(self, service: ServiceCode, slot: datetime, at: datetime) -> None:
        """Somebody came at ``at`` who has an appointment at ``slot``."""
        self._early.add((at - slot).total_seconds())
        self._came += 1
        for booking in self._expected:
            if booking.service == service and booking.at == slot:
                self._expected.remove(booking)
                return

    def booked(self, booking: Booking) -> None:
        """Somebody has an appointment."""
        self._knows_bookings = True
        self._expected.append(booking)

    def expect(self, bookings: Iterable[Booking]) -> None:
        """These and no others have an appointment now; cancelled ones are not missed."""
        self._knows_bookings = True
        self._expected = list(bookings)

    def begin_day(self, day: date, last: date) -> None:
        """``last`` is over: count its people in; those with an appointment who did not come."""
        gone = [booking for booking in self._expected if self._branch.day(booking.at) < day]
        self._missed += len(gone)
        self._expected = [b for b in self._expected if self._branch.day(b.at) >= day]
        if not self._today:
            return
        expected = float(self._profile()[last.weekday()].sum())
        came = float(sum(counts.sum() for counts in self._today.values()))
        if self._days.sum() >= 1 and expected > 0:
            self._ratios.add(came / expected)
            self._crowd.add(expected)
        self._counts = {kind: counts * KEPT_PER_DAY for kind, counts in self._counts.items()}
        self._days *= KEPT_PER_DAY
        self._came *= KEPT_PER_DAY
        self._missed *= KEPT_PER_DAY
        for kind, people in self._today.items():
            own = self._counts.setdefault(kind, np.zeros((WEEKDAYS, SLOTS)))
            own[last.weekday()] += people
        self._days[last.weekday()] += 1
        self._today = {}
        self._first = None
        self._base = None

    def knowledge(self, now: datetime) -> Comings:
        """What is known at ``now``."""
        came = float(sum(counts.sum() for counts in self._today.values()))
        certainty = self._certainty()
        if self._days.sum() <= 0:
            profile, expected = self._first_day(now), came
        else:
            profile = self._profile()
            expected = self._expected_until(profile, now)
        return Comings(
            profile=profile,
            seen=self._seen(),
            today=(certainty + came) / (certainty + expected),
            certainty=certainty + came,
            shows_up=(self._came + 9.0) / (self._came + self._missed + 10.0),
            early=self._early.table(EARLY, belief=10.0),
            knows_bookings=self._knows_bookings,
        )

    def _seen(self) -> Flags:
        """The half hours in which somebody has come, on any day."""
        seen = np.zeros(SLOTS, dtype=np.bool_)
        for past in self._counts.values():
            seen |= (past > 0).any(axis=0)
        for today in self._today.values():
            seen |= today > 0
        return seen

    def _expected_until(self, profile: Numbers, now: datetime) -> float:
        clock = seconds_of_day(self._branch, now) / SLOT
        slots = profile[self._branch.local(now).weekday()].sum(axis=(1, 2))
        whole = min(int(clock), SLOTS - 1)
        return float(slots[:whole].sum() + slots[whole] * min(clock - whole, 1.0))

    def _certainty(self) -> float:
        """As many people as make today's level as certain as past days' levels were alike."""
        if len(self._ratios) < 5:  # noqa: PLR2004
            return 20.0
        ratios, crowd = np.array([*self._ratios]), np.array([*self._crowd])
        excess = float(np.mean((ratios - 1) ** 2) - np.mean(1 / np.maximum(crowd, 1.0)))
        least, most = DAYS_ALIKE
        return float(np.clip(1 / max(excess, 1e-6), least, most))

    def _profile(self) -> Numbers:
        """Shape (7, 48, S, K): all weekdays' course, each weekday's level, partly its own."""
        if self._base is None:
            self._base = self._learned_profile()
        return self._base

    def _learned_profile(self) -> Numbers:
        counts = np.zeros((WEEKDAYS, SLOTS, len(self._services), len(self._categories)))
        for (service, category), seen in self._counts.items():
            if service in self._services and category in self._categories:
                at = self._services.index(service), self._categories.index(category)
                counts[:, :, at[0], at[1]] = seen
        days = self._days
        if days.sum() <= 0:
            return counts
        course = _smoothed(counts.sum(axis=0) / days.sum())
        usual = max(float(course.sum()), 1e-9)
        levels = (counts.sum(axis=(1, 2, 3)) + WEEKDAYS_ALIKE * usual) / (
            (days + WEEKDAYS_ALIKE) * usual
        )
        own = np.array([_smoothed(counts[d] / max(days[d], 1e-9)) for d in range(WEEKDAYS)])
        trust = (days / (days + OWN_SHAPE))[:, np.newaxis, np.newaxis, np.newaxis]
        shared = levels[:, np.newaxis, np.newaxis, np.newaxis] * course[np.newaxis]
        return np.asarray(trust * own + (1 - trust) * shared)

    def _first_day(self, now: datetime) -> Numbers:
        """Before any day is over: as many go on coming as have come, all day long."""
        profile = np.zeros((WEEKDAYS, SLOTS, len(self._services), len(self._categories)))
        if self._first is None:
            return profile
        passed = (now - self._first).total_seconds() + FIRST_HOUR
        for (service, category), counts in self._today.items():
            if service in self._services and category in self._categories:
                at = self._services.index(service), self._categories.index(category)
                profile[:, :, at[0], at[1]] = counts.sum() / passed * SLOT
        return profile

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        return {
            "counts": [[*kind, np.round(c, 3).tolist()] for kind, c in self._counts.items()],
            "days": self._days.tolist(),
            "today": [[*kind, counts.tolist()] for kind, counts in self._today.items()],
            "ratios": self._ratios.rounded(4),
            "crowd": self._crowd.rounded(),
            "early": self._early.rounded(0),
            "numbers": [self._came, self._missed],
            "knows_bookings": self._knows_bookings,
            "first": self._first.isoformat() if self._first else None,
            "expected": [[b.service, b.at.isoformat(), b.category] for b in self._expected],
        }

    def read(self, stored: dict[str, Any]) -> None:
        """Take over what :meth:`to_json` gave."""
        self._counts = {(a, b): np.array(c, dtype=np.float64) for a, b, c in stored["counts"]}
        self._days = np.array(stored["days"], dtype=np.float64)
        self._today = {(a, b): np.array(c, dtype=np.float64) for a, b, c in stored["today"]}
        self._ratios = Recent(40, stored["ratios"])
        self._crowd = Recent(40, stored["crowd"])
        self._early = Recent(500, stored["early"])
        self._came, self._missed = stored["numbers"]
        self._knows_bookings = stored.get("knows_bookings", False)
        self._first = datetime.fromisoformat(stored["first"]) if stored["first"] else None
        self._expected = [
            Booking(service=service, at=datetime.fromisoformat(at), category=category)
            for service, at, category in stored["expected"]
        ]
        self._base = None


def _smoothed(course: Numbers) -> Numbers:
    """Each half hour with a quarter of its neighbours', so that few days make no steps."""
    padded = np.pad(course, ((1, 1), (0, 0), (0, 0)))
    return np.asarray(0.5 * padded[1:-1] + 0.25 * padded[:-2] + 0.25 * padded[2:])
