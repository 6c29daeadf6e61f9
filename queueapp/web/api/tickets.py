"""Tickets: issue, read, rate and cancel."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic.json_schema import SkipJsonSchema

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.ticket import Channel, LegState, Ticket
from queueapp.domain.words import CategoryCode, ServiceCode, TicketId
from queueapp.operations.commands import IssueTicket, LeaveQueue, RateService
from queueapp.web.api import models as m
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import done, issued, ticket_answer
from queueapp.web.api.asking import OwnCommandId, key_for, own_or_new
from queueapp.web.api.documenting import problems
from queueapp.web.office import Office

MOST = 1000


def ticket_routes(office: Office) -> APIRouter:
    """Everything under ``/tickets``."""
    routes = APIRouter(prefix=f"{ADDRESS}/tickets", tags=["tickets"])
    key = Depends(key_for(office, Scope.TICKETS))

    @routes.post(
        "",
        status_code=HTTPStatus.CREATED,
        responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    )
    async def issue(
        new: m.NewTicket, _key: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> m.Issued:
        """Give a customer a number."""
        receipt = await office.lane.do(
            IssueTicket(
                command_id=own_or_new(own_id),
                service=ServiceCode(new.service),
                category=CategoryCode(new.category),
                category_reason=new.category_reason,
                language=new.language,
                channel=Channel.API,
            )
        )
        return issued(office.live.branch, receipt)

    @routes.get("", responses=problems())
    async def read_all(
        _key: Annotated[ApiKey, key],
        state: LegState | SkipJsonSchema[None] = None,
        service: m.Code | SkipJsonSchema[None] = None,
        most: Annotated[int, Query(ge=1, le=MOST)] = MOST,
    ) -> list[m.TicketAnswer]:
        """Today's tickets, the earliest first."""
        live = await office.latest()
        now = office.context.clock()
        found = [
            ticket
            for ticket in sorted(live.tickets.values(), key=lambda ticket: ticket.id)
            if (state is None or ticket.leg.state is state)
            and (service is None or ticket.leg.service == service)
        ]
        return [ticket_answer(live, ticket, now) for ticket in found[:most]]

    @routes.get("/{ticket}", responses=problems(HTTPStatus.NOT_FOUND))
    async def read(ticket: UUID, _key: Annotated[ApiKey, key]) -> m.TicketAnswer:
        """One ticket of today."""
        live = await office.latest()
        return ticket_answer(live, live.ticket(TicketId(ticket)), office.context.clock())

    @routes.delete("/{ticket}", responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT))
    async def cancel(
        ticket: UUID, _key: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> m.Done:
        """Give a ticket up for its owner."""
        own = await _ticket(office, ticket)
        command = LeaveQueue(command_id=own_or_new(own_id), ticket=own.id, token=own.token)
        return done(await office.lane.do(command))

    @routes.post("/{ticket}/rating", responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT))
    async def rate(
        ticket: UUID,
        given: m.NewRating,
        _key: Annotated[ApiKey, key],
        own_id: OwnCommandId = None,
    ) -> m.Done:
        """Say how the visit was."""
        own = await _ticket(office, ticket)
        receipt = await office.lane.do(
            RateService(
                command_id=own_or_new(own_id),
                ticket=own.id,
                score=given.score,
                reason=given.reason,
                channel=Channel.API,
                word=given.word,
                contact=given.contact,
            )
        )
        return done(receipt)

    return routes


async def _ticket(office: Office, ticket: UUID) -> Ticket:
    live = await office.latest()
    return live.ticket(TicketId(ticket))
