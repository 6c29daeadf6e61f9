"""Appointments: free slots, book, take over from another system, cancel and check in."""

import asyncio
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic.json_schema import SkipJsonSchema

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.appointment import Appointment, Source, page_address
from queueapp.domain.branch import Branch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slots import YEARS, days_to_book
from queueapp.domain.ticket import Channel
from queueapp.domain.words import ServiceCode
from queueapp.operations.appointment_commands import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
    ImportAppointments,
    ImportedAppointment,
)
from queueapp.operations.appointments import why_skipped
from queueapp.web.api import appointment_models as a
from queueapp.web.api import models as m
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import done, issued
from queueapp.web.api.asking import OwnCommandId, key_for, own_or_new
from queueapp.web.api.documenting import problems
from queueapp.web.office import Office

CodePath = Annotated[
    str, Path(pattern=a.CODE_OR_TOKEN, description="The appointment's code, or its page's token.")
]


def appointment_routes(office: Office) -> APIRouter:
    """Everything under ``/appointments``."""
    routes = APIRouter(prefix=f"{ADDRESS}/appointments", tags=["appointments"])
    _add_reading(routes, office)
    _add_booking(routes, office)
    _add_coming(routes, office)
    return routes


def _add_reading(routes: APIRouter, office: Office) -> None:
    key = Depends(key_for(office, Scope.APPOINTMENTS))

    @routes.get("", responses=problems())
    async def read_all(
        _key: Annotated[ApiKey, key],
        day: Annotated[date | SkipJsonSchema[None], Query()] = None,
    ) -> list[a.AppointmentAnswer]:
        """Those of a day, by default of today, in order of time."""
        live = await office.latest()
        chosen = day or live.branch.day(office.context.clock())
        if chosen.year not in YEARS:
            return []
        return [_answer(live.branch, each) for each in await office.appointments_of(chosen)]

    @routes.get("/slots", responses=problems(HTTPStatus.NOT_FOUND))
    async def slots(
        _key: Annotated[ApiKey, key],
        service: m.Code,
        day: Annotated[date | SkipJsonSchema[None], Query()] = None,
    ) -> list[a.SlotAnswer]:
        """The free ones of a service, on one day or on all for which it takes appointments."""
        live, now = await office.latest(), office.context.clock()
        asked = live.branch.offered_service(ServiceCode(service))
        days = [each for each in days_to_book(live.branch, asked, now) if day in {None, each}]
        return [
            a.SlotAnswer(starts_at=live.branch.local(slot.starts_at), left=slot.left)
            for free in await office.free_slots(asked, days)
            for slot in free
        ]

    @routes.get("/{code}", responses=problems(HTTPStatus.NOT_FOUND))
    async def read(code: CodePath, _key: Annotated[ApiKey, key]) -> a.AppointmentAnswer:
        """One, of whatever day."""
        await office.latest()
        return await _found(office, code)


def _add_booking(routes: APIRouter, office: Office) -> None:
    key = Depends(key_for(office, Scope.APPOINTMENTS))

    @routes.post(
        "",
        status_code=HTTPStatus.CREATED,
        responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    )
    async def book(
        new: a.NewAppointment, _key: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> a.AppointmentAnswer:
        """Take a free slot for somebody."""
        receipt = await office.lane.do(
            BookAppointment(
                command_id=own_or_new(own_id),
                service=ServiceCode(new.service),
                starts_at=_possible(new.starts_at),
                source=Source.API,
                language=new.language,
                reference=new.reference,
                label=new.label,
            )
        )
        return await _found(office, receipt.told.get("code", ""))

    @routes.post("/import", responses=problems(HTTPStatus.CONFLICT))
    async def take_over(
        sent: a.Importing, _key: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> a.ImportAnswer:
        """Make them what another system says; sent again, what differs is changed."""
        rows = tuple(
            ImportedAppointment(
                reference=each.reference,
                service=ServiceCode(each.service),
                starts_at=_possible(each.starts_at),
                label=each.label,
            )
            for each in sent.appointments
        )
        command = ImportAppointments(command_id=own_or_new(own_id), rows=rows)
        receipt = await office.lane.do(command)
        told = receipt.told
        return a.ImportAnswer(
            revision=receipt.revision,
            added=told.get("added", 0),
            changed=told.get("changed", 0),
            same=told.get("same", 0),
            skipped=[
                a.SkippedAnswer(
                    place=place,
                    reason=reason.lower(),
                    detail=str(why_skipped(office.live.branch, rows[place], reason)),
                )
                for place, reason in told.get("skipped", [])
            ],
        )


def _add_coming(routes: APIRouter, office: Office) -> None:
    key = Depends(key_for(office, Scope.APPOINTMENTS))

    @routes.delete("/{code}", responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT))
    async def cancel(
        code: CodePath, _key: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> m.Done:
        """Free the place for somebody else."""
        command = CancelAppointment(command_id=own_or_new(own_id), code=code)
        return done(await office.lane.do(command))

    @routes.post(
        "/{code}/check-in",
        status_code=HTTPStatus.CREATED,
        responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    )
    async def check_in(
        code: CodePath,
        here: a.CheckingIn,
        _key: Annotated[ApiKey, key],
        own_id: OwnCommandId = None,
    ) -> m.Issued:
        """A ticket for somebody who is here."""
        booked = await _kept(office, code)
        receipt = await office.lane.do(
            CheckIn(
                command_id=own_or_new(own_id),
                code=code,
                language=here.language or booked.language,
                channel=Channel.API,
            )
        )
        return issued(office.live.branch, receipt)


async def _found(office: Office, code: str) -> a.AppointmentAnswer:
    return _answer(office.live.branch, await _kept(office, code))


async def _kept(office: Office, code: str) -> Appointment:
    store, branch = office.context.store, office.context.branch
    found = await asyncio.to_thread(store.appointment, branch, code)
    if found is None:
        raise Refused(Reason.APPOINTMENT_UNKNOWN)
    return found


def _answer(branch: Branch, kept: Appointment) -> a.AppointmentAnswer:
    return a.AppointmentAnswer(
        id=kept.id,
        service=kept.service,
        starts_at=branch.local(kept.starts_at),
        state=kept.state,
        code=kept.code,
        page=page_address(branch.public_url, kept.token),
        reference=kept.reference,
        label=kept.label,
        source=kept.source,
        booked_at=kept.booked_at,
        ticket=kept.ticket,
    )


def _possible(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise Refused(Reason.SLOT_UNKNOWN)
    return moment
