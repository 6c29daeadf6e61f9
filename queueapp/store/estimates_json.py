"""Estimates as the database keeps them: small lists, no names repeated."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from queueapp.domain.estimate import Estimate, Estimates, Forecast, NoEstimate
from queueapp.domain.words import CategoryCode, Revision, ServiceCode, TicketId
from queueapp.store.outlook_json import outlook_of


def waiting_to_json(estimates: Estimates) -> dict[str, Any]:
    """``{ticket id: [p10, p50, p80, p90] or a word}``."""
    return {str(ticket): _to_json(forecast) for ticket, forecast in estimates.waiting.items()}


def arriving_to_json(estimates: Estimates) -> list[Any]:
    """``[[service, category, [p10, p50, p80, p90] or a word], …]``."""
    return [
        [service, category, _to_json(forecast)]
        for (service, category), forecast in estimates.arriving.items()
    ]


def estimates_of(
    revision: int,
    made_at: datetime,
    arriving: Iterable[Any],
    waiting: Mapping[str, Any] | None = None,
    outlook: Mapping[str, Any] | None = None,
) -> Estimates:
    """The estimates that were stored."""
    return Estimates(
        made_at=made_at,
        revision=Revision(revision),
        outlook=outlook_of(outlook),
        arriving={
            (ServiceCode(service), CategoryCode(category)): _from_json(stored)
            for service, category, stored in arriving
        },
        waiting={
            TicketId(UUID(ticket)): _from_json(stored) for ticket, stored in (waiting or {}).items()
        },
    )


def _to_json(forecast: Forecast) -> list[float] | str:
    if isinstance(forecast, NoEstimate):
        return forecast.value
    return [round(value, 1) for value in (forecast.p10, forecast.p50, forecast.p80, forecast.p90)]


def _from_json(stored: list[float] | str) -> Forecast:
    if isinstance(stored, str):
        return NoEstimate(stored)
    p10, p50, p80, p90 = stored
    return Estimate(p10=p10, p50=p50, p80=p80, p90=p90)
