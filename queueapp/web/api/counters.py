"""Counters: what a clerk does there, for buttons, call pads and other programs."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.words import CounterNumber, OutcomeCode, ServiceCode, StaffCode, TicketId
from queueapp.operations import commands as c
from queueapp.web.api import models as m
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import counter_answer, done
from queueapp.web.api.asking import CounterPath, OwnCommandId, key_for, own_or_new
from queueapp.web.api.documenting import problems
from queueapp.web.office import Office

PLAIN: dict[str, tuple[type[c.DeskCommand], str]] = {
    "open": (c.OpenDesk, "End a pause."),
    "close": (c.CloseDesk, "Sign off."),
    "call-next": (c.CallNext, "Call whoever is next."),
    "recall": (c.Recall, "Call the customer in hand once more."),
    "start": (c.StartService, "The called customer has come."),
    "no-show": (c.NoShow, "The called customer did not come."),
    "undo": (c.Undo, "Take back the last action at this counter."),
}
"""What needs nothing but the counter."""
REFUSALS = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def counter_routes(office: Office) -> APIRouter:
    """Everything under ``/counters``."""
    routes = APIRouter(prefix=f"{ADDRESS}/counters", tags=["counters"])
    key = Depends(key_for(office, Scope.COUNTERS))
    _add_reading(routes, office, key)
    for word, (kind, what) in PLAIN.items():
        _add_plain(routes, office, key, word, kind, what)
    for word, (body, made, what) in WITH_BODY.items():
        _add_with_body(routes, office, key, (word, body, made, what))
    return routes


def _add_reading(routes: APIRouter, office: Office, key: Any) -> None:  # noqa: ANN401 - a dependency
    @routes.get("", responses=problems())
    async def read_all(_key: Annotated[ApiKey, key]) -> list[m.CounterAnswer]:
        """Every counter with its desk."""
        live = await office.latest()
        return [counter_answer(live, counter) for counter in live.branch.counters]

    @routes.get("/{number}", responses=problems(HTTPStatus.NOT_FOUND))
    async def read(number: CounterPath, _key: Annotated[ApiKey, key]) -> m.CounterAnswer:
        """One counter with its desk."""
        live = await office.latest()
        return counter_answer(live, live.branch.counter(CounterNumber(number)))


def _add_plain(
    routes: APIRouter,
    office: Office,
    key: Any,  # noqa: ANN401 - a dependency
    word: str,
    kind: type[c.DeskCommand],
    what: str,
) -> None:
    async def act(
        number: CounterPath, by: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> m.Done:
        command = kind(
            command_id=own_or_new(own_id), counter=CounterNumber(number), staff=_staff(by)
        )
        return done(await office.lane.do(command))

    act.__name__ = word.replace("-", "_")
    routes.post(f"/{{number}}/{word}", responses=REFUSALS, summary=what)(act)


def _add_with_body(
    routes: APIRouter,
    office: Office,
    key: Any,  # noqa: ANN401 - a dependency
    told: "WithBody",
) -> None:
    word, body, made, what = told

    async def act(
        number: CounterPath,
        sent: body,  # type: ignore[valid-type] # FastAPI reads the kind of body from here
        by: Annotated[ApiKey, key],
        own_id: OwnCommandId = None,
    ) -> m.Done:
        who = {
            "command_id": own_or_new(own_id),
            "counter": CounterNumber(number),
            "staff": _staff(by),
        }
        return done(await office.lane.do(made(sent, who)))

    act.__name__ = word.replace("-", "_")
    routes.post(f"/{{number}}/{word}", responses=REFUSALS, summary=what)(act)


Who = dict[str, Any]
"""``command_id``, ``counter`` and ``staff`` of a desk's command."""
WithBody = tuple[str, type[m.Taken], Callable[[Any, Who], c.DeskCommand], str]


def _transfer(sent: m.SendingOn, who: Who) -> c.DeskCommand:
    return c.Transfer(
        **who,
        to_service=None if sent.service is None else ServiceCode(sent.service),
        to_counter=None if sent.counter is None else CounterNumber(sent.counter),
        note=sent.note,
    )


def _finish(sent: m.Finishing, who: Who) -> c.DeskCommand:
    outcome = None if sent.outcome is None else OutcomeCode(sent.outcome)
    return c.Finish(**who, outcome_code=outcome, note=sent.note)


def _add(sent: m.Adding, who: Who) -> c.DeskCommand:
    return c.AddService(**who, service=ServiceCode(sent.service), here=sent.here, note=sent.note)


WITH_BODY: dict[str, tuple[type[m.Taken], Callable[[Any, Who], c.DeskCommand], str]] = {
    "sign-on": (m.SigningOn, lambda sent, who: c.SignOn(**who, pin=sent.pin), "Open the counter."),
    "pause": (
        m.Pausing,
        lambda sent, who: c.PauseDesk(**who, reason=sent.reason, minutes=sent.minutes),
        "Call nobody for a while.",
    ),
    "call": (
        m.Choosing,
        lambda sent, who: c.CallTicket(**who, ticket=TicketId(sent.ticket)),
        "Call this ticket, whoever is next.",
    ),
    "finish": (m.Finishing, _finish, "The customer in hand is served."),
    "hold": (
        m.Noting,
        lambda sent, who: c.Hold(**who, note=sent.note),
        "Put the customer in hand aside.",
    ),
    "resume": (
        m.Choosing,
        lambda sent, who: c.Resume(**who, ticket=TicketId(sent.ticket)),
        "Take a ticket that is on hold back in hand.",
    ),
    "transfer": (m.SendingOn, _transfer, "Send the customer in hand on."),
    "add-service": (m.Adding, _add, "Finish, and go on with a further service."),
}
"""What needs to be told more: the body, the command made of it, and what it does."""


def _staff(key: ApiKey) -> StaffCode:
    assert key.staff is not None  # a key for counters cannot be made without
    return key.staff
