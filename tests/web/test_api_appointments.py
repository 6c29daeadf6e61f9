"""Appointments over the API: free slots, booking, taking over, cancelling, checking in."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from queueapp.domain.access import Scope
from tests.operations.office import Office
from tests.web.booked import PUBLIC, slot, take_appointments
from tests.web.sites import Site, serving

APPOINTMENTS = "/api/v1/appointments"


@pytest.fixture
def booked_site(office: Office) -> Iterator[Site]:
    take_appointments(office)
    with serving(office) as site:
        yield site


@pytest.fixture
def key(booked_site: Site) -> dict[str, str]:
    return booked_site.key(Scope.APPOINTMENTS)


def new(site: Site, hour: int = 13, **fields: object) -> dict[str, object]:
    return {"service": "B", "starts_at": slot(site.office, hour).isoformat(), **fields}


def test_a_slot_is_found_booked_and_checked_in(booked_site: Site, key: dict[str, str]) -> None:
    client = booked_site.client
    query = {"service": "B", "day": "2026-03-10"}
    [first, *_] = client.get(f"{APPOINTMENTS}/slots", params=query, headers=key).json()
    assert first["left"] == 1
    sent = {"service": "B", "starts_at": first["starts_at"], "reference": "n-1", "label": "Karimi"}
    booked = client.post(APPOINTMENTS, json=sent, headers=key)
    assert booked.status_code == 201
    told = booked.json()
    assert (told["state"], told["reference"], told["source"]) == ("booked", "n-1", "api")
    assert told["page"].startswith(f"{PUBLIC}/a/")
    assert client.get(f"{APPOINTMENTS}/{told['code']}", headers=key).json() == told
    here = client.post(f"{APPOINTMENTS}/{told['code']}/check-in", json={}, headers=key)
    assert here.status_code == 201
    assert here.json()["label"] == "B001"
    [listed] = client.get(APPOINTMENTS, headers=key).json()
    assert (listed["state"], listed["ticket"]) == ("checked_in", here.json()["ticket"])


def test_a_replayed_request_is_done_once(booked_site: Site, key: dict[str, str]) -> None:
    headers = key | {"Idempotency-Key": str(uuid4())}
    first, second = (
        booked_site.client.post(APPOINTMENTS, json=new(booked_site), headers=headers)
        for _ in range(2)
    )
    assert first.json() == second.json()
    assert len(booked_site.office.live.appointments) == 1


def test_a_taken_slot_and_a_known_reference_are_conflicts(
    booked_site: Site, key: dict[str, str]
) -> None:
    client = booked_site.client
    client.post(APPOINTMENTS, json=new(booked_site, reference="n-1"), headers=key)
    taken = client.post(APPOINTMENTS, json=new(booked_site), headers=key)
    known = client.post(APPOINTMENTS, json=new(booked_site, 14, reference="n-1"), headers=key)
    assert [taken.json()["reason"], known.json()["reason"]] == [
        "slot_taken",
        "appointment_exists",
    ]


def test_another_system_says_what_it_has(booked_site: Site, key: dict[str, str]) -> None:
    rows = [
        {**new(booked_site, 13), "reference": "n-1"},
        {**new(booked_site, 13), "reference": "n-2"},
        {**new(booked_site, 13), "reference": "n-3", "service": "A"},
    ]
    answers = [
        booked_site.client.post(
            f"{APPOINTMENTS}/import", json={"appointments": rows}, headers=key
        ).json()
        for _ in range(2)
    ]
    assert [(a["added"], a["same"], len(a["skipped"])) for a in answers] == [(2, 0, 1), (0, 2, 1)]
    [skipped] = answers[0]["skipped"]
    assert (skipped["place"], skipped["reason"]) == (2, "service_not_booked")
    assert "Bill payment takes no appointments" in skipped["detail"]


def test_it_is_cancelled_once(booked_site: Site, key: dict[str, str]) -> None:
    client = booked_site.client
    code = client.post(APPOINTMENTS, json=new(booked_site), headers=key).json()["code"]
    assert client.delete(f"{APPOINTMENTS}/{code}", headers=key).status_code == 200
    again = client.delete(f"{APPOINTMENTS}/{code}", headers=key)
    assert (again.status_code, again.json()["reason"]) == (409, "appointment_cancelled")


def test_nothing_is_there_for_a_wrong_code_or_without_the_scope(
    booked_site: Site, key: dict[str, str]
) -> None:
    client = booked_site.client
    assert client.get(f"{APPOINTMENTS}/12345678", headers=key).status_code == 404
    assert client.delete(f"{APPOINTMENTS}/12345678", headers=key).status_code == 404
    assert client.get(f"{APPOINTMENTS}/x", headers=key).status_code == 422
    assert client.get(APPOINTMENTS).status_code == 401
    other = booked_site.key(Scope.TICKETS)
    assert client.get(APPOINTMENTS, headers=other).status_code == 403


def test_times_at_the_end_of_all_calendars_are_refused_in_words(
    booked_site: Site, key: dict[str, str]
) -> None:
    for moment in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-10:00"):
        sent = {"service": "B", "starts_at": moment}
        answer = booked_site.client.post(APPOINTMENTS, json=sent, headers=key)
        assert (answer.status_code, answer.json()["reason"]) == (409, "slot_unknown")
    day = booked_site.client.get(f"{APPOINTMENTS}?day=9999-12-31", headers=key)
    assert (day.status_code, day.json()) == (200, [])


def test_the_day_and_what_happens_tell_of_appointments(
    booked_site: Site, key: dict[str, str]
) -> None:
    client = booked_site.client
    booked = client.post(APPOINTMENTS, json=new(booked_site), headers=key).json()
    reports = booked_site.key(Scope.REPORTS, Scope.EVENTS)
    booked_site.caught_up()
    report = client.get("/api/v1/reports/today", headers=reports).json()
    assert report["appointments"] == {"booked": 1, "came": 0, "missed": 0, "cancelled": 0}
    events = client.get("/api/v1/events/past", headers=reports).json()
    [told] = [event for event in events if event["kind"] == "BookAppointment"]
    assert told["appointment"] == booked["id"]
    assert booked["code"] not in str(events)
