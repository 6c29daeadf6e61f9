"""Values of the branch as the API gives them."""

from datetime import datetime, timedelta

from queueapp.domain.branch import Branch, Counter, Service
from queueapp.domain.estimate import Estimate, Forecast, NoEstimate
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.remote import are_remote_paused
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.ticket_code import code_data
from queueapp.language.standing import wait_left
from queueapp.operations.ports import Receipt
from queueapp.operations.web_ports import PastEvent
from queueapp.web.api import models as m


def done(receipt: Receipt) -> m.Done:
    """What a command did."""
    return m.Done(
        revision=receipt.revision,
        at=receipt.at,
        ticket=receipt.ticket,
        label=receipt.label,
        reason=receipt.reason,
        percent=receipt.percent,
    )


def issued(branch: Branch, receipt: Receipt) -> m.Issued:
    """The ticket that a command gave."""
    assert receipt.ticket is not None
    page = code_data(branch.public_url, receipt.label, receipt.token)
    return m.Issued(
        revision=receipt.revision,
        at=receipt.at,
        ticket=receipt.ticket,
        label=receipt.label,
        token=receipt.token,
        page=page if branch.public_url else None,
    )


def ticket_answer(live: LiveBranch, ticket: Ticket, now: datetime) -> m.TicketAnswer:
    """Where ``ticket`` stands."""
    leg = ticket.leg
    is_waiting = leg.state is LegState.WAITING
    wait = None
    if is_waiting:
        forecast, counted_from = wait_left(live, ticket, now)
        wait = wait_answer(forecast, passed=now - counted_from)
    return m.TicketAnswer(
        id=ticket.id,
        label=ticket.label,
        service=leg.service,
        category=leg.category,
        state=leg.state,
        outcome=leg.outcome,
        channel=ticket.channel,
        arrived_at=ticket.arrived_at,
        called_at=leg.called_at,
        counter=leg.counter,
        place=live.place(ticket.id, now) if is_waiting else None,
        wait=wait,
    )


def wait_answer(forecast: Forecast, passed: timedelta = timedelta(0)) -> m.Wait | None:
    """The part of a predicted wait that is left when ``passed`` of it is over."""
    if not isinstance(forecast, Estimate):
        return None
    over = passed.total_seconds()
    return m.Wait(p50=max(0.0, forecast.p50 - over), p80=max(0.0, forecast.p80 - over))


def service_answer(live: LiveBranch, service: Service, now: datetime) -> m.ServiceAnswer:
    """``service`` as it is now."""
    category = live.branch.usual_category
    forecast = live.forecast_arriving(service.code, category.code, now)
    return m.ServiceAnswer(
        code=service.code,
        name=dict(service.name.by_language),
        is_open=is_service_open(live.branch, service, now),
        is_remote_paused=are_remote_paused(live.branch, service, now),
        target_s=service.target.total_seconds(),
        waiting=len(live.waiting_for(service.code)),
        wait=wait_answer(forecast),
        no_wait_because=forecast.value if isinstance(forecast, NoEstimate) else None,
    )


def counter_answer(live: LiveBranch, counter: Counter) -> m.CounterAnswer:
    """``counter`` and its desk."""
    desk, in_hand = live.desk(counter.number), live.in_hand(counter.number)
    return m.CounterAnswer(
        number=counter.number,
        services=list(counter.services),
        state=desk.state,
        staff=desk.staff,
        ticket=in_hand.id if in_hand else None,
        label=in_hand.label if in_hand else None,
    )


def event_answer(event: PastEvent) -> m.EventAnswer:
    """One thing that happened; nothing in it is secret."""
    leg = event.legs[-1] if event.legs else None
    return m.EventAnswer(
        revision=event.revision,
        kind=event.kind,
        at=event.at,
        staff=event.staff,
        counter=event.counter,
        ticket=event.ticket,
        label=event.label or None,
        state=leg.state if leg else None,
        service=leg.service if leg else None,
        appointment=event.appointment,
    )


def event_facts(event: PastEvent) -> dict[str, object]:
    """The same, as JSON has it: what webhooks are sent."""
    return event_answer(event).model_dump(mode="json")
