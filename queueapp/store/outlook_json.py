"""The forecaster's outlook as the database keeps it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from queueapp.domain.accuracy import Accuracy, PastAccuracy
from queueapp.domain.advice import (
    Action,
    Advice,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
    Range,
)
from queueapp.domain.outlook import HalfHourAhead, Outlook
from queueapp.domain.words import CounterNumber, ServiceCode

Facts = dict[str, Any]


def outlook_to_json(outlook: Outlook | None) -> Facts | None:
    """The whole outlook; ``None`` when there is none yet."""
    if outlook is None:
        return None
    return {
        "made_at": outlook.made_at.isoformat(),
        "ahead": [
            [half.starts.isoformat(), _range(half.arrivals), _range(half.waits), half.planned]
            + ([] if half.needed is None else [half.needed])
            for half in outlook.ahead
        ],
        "advice": [_advice(advice) for advice in outlook.advice],
        "slower": outlook.slower,
        "accuracy": None if outlook.accuracy is None else _past_accuracy(outlook.accuracy),
    }


def outlook_of(facts: Mapping[str, Any] | None) -> Outlook | None:
    """The outlook that :func:`outlook_to_json` wrote."""
    if facts is None:
        return None
    accuracy = facts["accuracy"]
    return Outlook(
        made_at=datetime.fromisoformat(facts["made_at"]),
        ahead=tuple(
            HalfHourAhead(
                starts=datetime.fromisoformat(starts),
                arrivals=_range_of(arrivals),
                waits=_range_of(waits),
                planned=planned,
                needed=needed[0] if needed else None,
            )
            for starts, arrivals, waits, planned, *needed in facts["ahead"]
        ),
        advice=tuple(_advice_of(advice) for advice in facts["advice"]),
        slower=facts["slower"],
        accuracy=None if accuracy is None else _past_accuracy_of(accuracy),
    )


def action_to_json(action: Action) -> Facts:
    """``{"action": …}`` with what it is about."""
    match action:
        case OpenCounter(counter=counter, lasts=lasts):
            minutes = lasts.total_seconds() / 60
            return {"action": "open_counter", "counter": counter, "minutes": minutes}
        case EndPause(counter=counter):
            return {"action": "end_pause", "counter": counter}
        case ChangeServices(counter=counter, services=services):
            return {"action": "change_services", "counter": counter, "services": list(services)}
        case MoveBreak(counter=counter, planned=planned, starts=starts):
            return {
                "action": "move_break",
                "counter": counter,
                "planned": planned.isoformat("minutes"),
                "starts": starts.isoformat("minutes"),
            }
        case PauseRemote(service=service):
            return {"action": "pause_remote", "service": service}


def _action_of(facts: Mapping[str, Any]) -> Action:
    match facts["action"]:
        case "open_counter":
            lasts = timedelta(minutes=facts["minutes"])
            return OpenCounter(counter=CounterNumber(facts["counter"]), lasts=lasts)
        case "end_pause":
            return EndPause(counter=CounterNumber(facts["counter"]))
        case "change_services":
            services = tuple(ServiceCode(code) for code in facts["services"])
            return ChangeServices(counter=CounterNumber(facts["counter"]), services=services)
        case "pause_remote":
            return PauseRemote(service=ServiceCode(facts["service"]))
        case _:
            return MoveBreak(
                counter=CounterNumber(facts["counter"]),
                planned=time.fromisoformat(facts["planned"]),
                starts=time.fromisoformat(facts["starts"]),
            )


def _advice(advice: Advice) -> Facts:
    return {
        **action_to_json(advice.action),
        "spared": _range(advice.spared),
        "shorter_s": round(advice.shorter, 1),
        "cost_s": advice.cost.total_seconds(),
        "people": round(advice.people, 1),
        "turned_away": round(advice.turned_away, 1),
    }


def _advice_of(facts: Mapping[str, Any]) -> Advice:
    return Advice(
        action=_action_of(facts),
        spared=_range_of(facts["spared"]),
        shorter=facts["shorter_s"],
        cost=timedelta(seconds=facts["cost_s"]),
        people=facts["people"],
        turned_away=facts.get("turned_away", 0.0),  # the release before did not say
    )


def _range(values: Range) -> list[float]:
    return [round(values.low, 2), round(values.mean, 2), round(values.high, 2)]


def _range_of(values: list[float]) -> Range:
    low, mean, high = values
    return Range(low=low, mean=mean, high=high)


def _past_accuracy(past: PastAccuracy) -> Facts:
    return {
        "last_day": past.last_day.isoformat(),
        "of_last_day": _accuracy(past.of_last_day),
        "of_month": _accuracy(past.of_month),
    }


def _past_accuracy_of(facts: Mapping[str, Any]) -> PastAccuracy:
    return PastAccuracy(
        last_day=date.fromisoformat(facts["last_day"]),
        of_last_day=_accuracy_of(facts["of_last_day"]),
        of_month=_accuracy_of(facts["of_month"]),
    )


def _accuracy(accuracy: Accuracy) -> list[float]:
    return [accuracy.promises, accuracy.late, accuracy.ranged, accuracy.within, accuracy.error]


def _accuracy_of(values: list[float]) -> Accuracy:
    promises, late, ranged, within, error = values
    return Accuracy(
        promises=int(promises),
        late=int(late),
        ranged=int(ranged),
        within=int(within),
        error=error,
    )
