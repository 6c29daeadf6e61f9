"""The words for every state that a screen shows, as messages to be translated."""

from collections.abc import Mapping
from types import MappingProxyType

from queueapp.domain.desk import DeskState
from queueapp.domain.estimate import NoEstimate
from queueapp.domain.rating import RatingReason
from queueapp.domain.routing import PickReason
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import sentence

DESK_STATES: Mapping[DeskState, str] = MappingProxyType(
    {
        DeskState.OPEN: sentence("open"),
        DeskState.PAUSED: sentence("paused"),
        DeskState.CLOSED: sentence("closed"),
    }
)

LEG_STATES: Mapping[LegState, str] = MappingProxyType(
    {
        LegState.WAITING: sentence("waiting"),
        LegState.CALLED: sentence("called"),
        LegState.SERVING: sentence("being served"),
        LegState.HELD: sentence("on hold"),
        LegState.ENDED: sentence("finished"),
        LegState.WITHDRAWN: sentence("withdrawn"),
    }
)

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.SERVED: sentence("served"),
        Outcome.TRANSFERRED: sentence("transferred"),
        Outcome.NO_SHOW: sentence("did not come"),
        Outcome.CANCELLED: sentence("cancelled"),
        Outcome.EXPIRED: sentence("not served that day"),
    }
)

RATING_REASONS: Mapping[RatingReason, str] = MappingProxyType(
    {
        RatingReason.WAITED_TOO_LONG: sentence("Waited too long"),
        RatingReason.CAME_AGAIN: sentence("Had to come again"),
        RatingReason.UNCLEAR_ANSWER: sentence("Unclear answer"),
        RatingReason.UNFRIENDLY: sentence("Unfriendly"),
        RatingReason.OTHER: sentence("Something else"),
    }
)

NO_ESTIMATES: Mapping[NoEstimate, str] = MappingProxyType(
    {
        NoEstimate.SERVICE_CLOSED: sentence("Closed now"),
        NoEstimate.NOBODY_SERVES: sentence("Nobody serves this now"),
        NoEstimate.NOT_BEFORE_CLOSING: sentence("May not be served before closing"),
        NoEstimate.NO_BASIS: sentence("No estimate yet"),
    }
)

PICK_REASONS: Mapping[PickReason, str] = MappingProxyType(
    {
        PickReason.TARGET_USED: sentence("{percent} of target used"),
        PickReason.BEST_AT: sentence("best at this counter"),
        PickReason.CATEGORY_FIRST: sentence("goes before others"),
        PickReason.ARRIVED_FIRST: sentence("came first"),
        PickReason.SENT_HERE: sentence("sent to this counter"),
        PickReason.BY_HAND: sentence("taken by hand"),
    }
)

NOT_DUE_YET = sentence("appointment not due yet")
"""For somebody whose slot is still to come: no part of the target is used."""
