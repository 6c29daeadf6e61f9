"""Services with their waits, the day in figures, and what customers said."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.appointment import figures
from queueapp.domain.figures import counter_figures, service_figures
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import CustomerWords, Rating
from queueapp.domain.words import ServiceCode
from queueapp.web.api import models as m
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import service_answer
from queueapp.web.api.asking import key_for
from queueapp.web.api.documenting import problems
from queueapp.web.office import Office


def reading_routes(office: Office) -> APIRouter:
    """Everything that is only read."""
    routes = APIRouter(prefix=ADDRESS)
    _add_services(routes, office)
    _add_report(routes, office)
    _add_ratings(routes, office)
    return routes


def _add_services(routes: APIRouter, office: Office) -> None:
    key = Depends(key_for(office, Scope.SERVICES))

    @routes.get("/services", tags=["services"], responses=problems())
    async def services(_key: Annotated[ApiKey, key]) -> list[m.ServiceAnswer]:
        """Every service with the wait of somebody who comes now."""
        live, now = await office.latest(), office.context.clock()
        return [service_answer(live, service, now) for service in live.branch.services]

    @routes.get("/services/{code}", tags=["services"], responses=problems(HTTPStatus.NOT_FOUND))
    async def service(code: m.Code, _key: Annotated[ApiKey, key]) -> m.ServiceAnswer:
        """One service."""
        live, now = await office.latest(), office.context.clock()
        return service_answer(live, live.branch.offered_service(ServiceCode(code)), now)


def _add_report(routes: APIRouter, office: Office) -> None:
    key = Depends(key_for(office, Scope.REPORTS))

    @routes.get("/reports/today", tags=["reports"], responses=problems())
    async def today(_key: Annotated[ApiKey, key]) -> m.DayReport:
        """The day in figures, up to now."""
        return _report(await office.latest(), office)


def _add_ratings(routes: APIRouter, office: Office) -> None:
    key = Depends(key_for(office, Scope.RATINGS))

    @routes.get("/ratings", tags=["ratings"], responses=problems())
    async def ratings(_key: Annotated[ApiKey, key]) -> list[m.RatingAnswer]:
        """What was said today, the latest first."""
        live = await office.latest()
        words = await office.words_since(live.began)
        typed = {(each.ticket, each.ordinal): each for each in words}
        said = sorted(live.ratings.values(), key=lambda rating: rating.at, reverse=True)
        return [
            _rating(live, rating, typed.get((rating.ticket, rating.ordinal))) for rating in said
        ]


def _rating(live: LiveBranch, rating: Rating, typed: CustomerWords | None) -> m.RatingAnswer:
    ticket = live.ticket(rating.ticket)
    leg = next(leg for leg in ticket.legs if leg.ordinal == rating.ordinal)
    return m.RatingAnswer(
        ticket=ticket.id,
        label=ticket.label,
        service=leg.service,
        counter=leg.counter,
        score=rating.score,
        reason=rating.reason,
        at=rating.at,
        word=typed.word if typed else "",
        contact=typed.contact if typed else "",
    )


def _appointments(live: LiveBranch, now: datetime) -> m.DayOfAppointments:
    counted = figures(live.branch, live.appointments.values(), now)
    return m.DayOfAppointments(
        booked=counted.booked,
        came=counted.came,
        missed=counted.missed,
        cancelled=counted.cancelled,
    )


def _report(live: LiveBranch, office: Office) -> m.DayReport:
    now = office.context.clock()
    services = []
    for service in live.branch.services:
        figures = service_figures(live, service.code, now)
        longest = figures.longest_wait
        services.append(
            m.ServiceReport(
                service=service.code,
                waiting=figures.waiting,
                longest_wait_s=None if longest is None else longest.total_seconds(),
                share_within_target=figures.share_within_target,
                trend=figures.trend,
            )
        )
    counters = []
    for counter in live.branch.counters:
        did = counter_figures(live, counter.number)
        median = did.median_service
        counters.append(
            m.CounterReport(
                counter=counter.number,
                served=did.served,
                median_service_s=None if median is None else median.total_seconds(),
                ratings=did.ratings,
                mean_rating=did.mean_rating,
            )
        )
    return m.DayReport(
        day=live.day.isoformat(),
        revision=live.revision,
        policy=live.branch.policy,
        issued=sum(ticket.day == live.day for ticket in live.tickets.values()),
        waiting=len(live.waiting),
        served=len(live.served),
        appointments=_appointments(live, now),
        services=services,
        counters=counters,
    )
