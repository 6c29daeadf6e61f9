"""How simulated people behave: plain values, apart from whatever acts on them.

Chances go from 0 to 1. Durations are on the branch's clock.
"""

from dataclasses import dataclass
from datetime import timedelta

from queueapp.domain.rating import RatingReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A log-normal stretch of time."""

    mean: timedelta
    spread: timedelta
    """The standard deviation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBehaviour:
    """What customers do."""

    load: float = 0.95
    """How much of the clerks' time the arrivals would fill, if as many wait as shall wait."""
    waiting: int = 15
    """How many shall wait in the branch: with fewer more people come, with more fewer."""
    waiting_at_most: int = 30
    """When so many wait, nobody else comes in."""
    rush: float = 1.6
    """How many times the usual arrivals come to an empty branch."""
    in_line_at_most: int = 2
    """Whoever sees more people than this per counter in the line turns round at the door."""
    priority: float = 0.14
    appointment: float = 0.06
    """The share of whoever just comes and has one, in a branch that keeps none itself."""
    books: float = 0.6
    """The chance that somebody books a slot, in a branch that does."""
    keeps: float = 0.88
    """Comes to the appointment."""
    early: timedelta = timedelta(minutes=10)
    """How long before an appointment people come at most."""
    first_language: float = 0.85
    """The branch's first language; the others share the rest."""
    gives_up: float = 0.03
    gives_up_after: Duration = Duration(mean=timedelta(minutes=12), spread=timedelta(minutes=6))
    stays_away: float = 0.06
    """Does not come when called."""
    walk: Duration = Duration(mean=timedelta(seconds=25), spread=timedelta(seconds=12))
    """From the call to the counter."""
    rates: float = 0.7
    thinks: Duration = Duration(mean=timedelta(seconds=25), spread=timedelta(seconds=15))
    """From the end of the service to the rating."""
    scores: tuple[float, ...] = (0.02, 0.04, 0.12, 0.34, 0.48)
    """Weights of 1 to 5 when the wait was within the target."""
    scores_late: tuple[float, ...] = (0.12, 0.16, 0.26, 0.28, 0.18)
    """The same when it was longer."""
    complains: float = 0.8
    """Gives a reason with a bad score."""
    complaints: tuple[RatingReason, ...] = tuple(RatingReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Something a clerk pauses for; ``reason`` is stored as a screen would store it."""

    reason: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkBehaviour:
    """What clerks do."""

    pace: float = 0.12
    """How different clerks are: the spread of the factor on the time that a service takes."""
    settles: Duration = Duration(mean=timedelta(seconds=40), spread=timedelta(seconds=30))
    """From coming in to the first call."""
    between: Duration = Duration(mean=timedelta(seconds=14), spread=timedelta(seconds=8))
    """From one customer to the next call."""
    looks_every: timedelta = timedelta(seconds=15)
    """How often an idle clerk looks whether somebody has come."""
    calls_again_after: timedelta = timedelta(seconds=50)
    gives_up_after: timedelta = timedelta(seconds=95)
    """From the call; then the customer is a no-show."""
    holds: float = 0.03
    held: Duration = Duration(mean=timedelta(minutes=5), spread=timedelta(minutes=2))
    transfers: float = 0.04
    adds_service: float = 0.04
    pauses: float = 0.025
    """After a customer."""
    pause_for: tuple[Pause, ...] = (
        Pause(reason="Short break", minutes=6),
        Pause(reason="Prayer", minutes=10),
        Pause(reason="Work behind the counter", minutes=8),
    )
    usual_outcome: float = 0.85
    """The branch's first outcome; the others share the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Everybody in the branch."""

    customers: CustomerBehaviour = CustomerBehaviour()
    clerks: ClerkBehaviour = ClerkBehaviour()
