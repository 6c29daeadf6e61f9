"""The API: tickets, counters and figures, with keys, and every refusal a problem."""

from uuid import uuid4

import pytest

from queueapp.domain.access import Scope
from queueapp.domain.ticket import LegState, Outcome
from queueapp.operations.commands import PauseRemoteTickets
from tests.databases import PIN
from tests.domain.samples import BILLS, FIRST, MINA, REZA, SARA
from tests.operations.office import Office
from tests.web.sites import Site, serving

TICKETS = "/api/v1/tickets"
DESK = "/api/v1/counters/1"


@pytest.fixture
def tickets(site: Site) -> dict[str, str]:
    return site.key(Scope.TICKETS)


@pytest.fixture
def clerk(site: Site) -> dict[str, str]:
    """Sara's key; she is signed on at the first counter."""
    return site.key(Scope.COUNTERS, staff=SARA)


def test_a_ticket_is_issued_read_and_cancelled(site: Site, tickets: dict[str, str]) -> None:
    issued = site.client.post(TICKETS, json={"service": "A"}, headers=tickets)
    assert issued.status_code == 201
    assert issued.json()["label"] == "A001"
    ticket = f"{TICKETS}/{issued.json()['ticket']}"
    read = site.client.get(ticket, headers=tickets).json()
    assert (read["state"], read["place"], read["service"]) == ("waiting", 1, "A")
    assert "token" not in read
    assert site.client.delete(ticket, headers=tickets).status_code == 200
    assert site.client.get(ticket, headers=tickets).json()["outcome"] == "cancelled"
    again = site.client.delete(ticket, headers=tickets)
    assert again.status_code == 409
    assert again.json()["reason"] == "ticket_finished"
    assert "A001" in again.json()["detail"]


def test_a_replayed_request_is_done_once(site: Site, tickets: dict[str, str]) -> None:
    headers = tickets | {"Idempotency-Key": str(uuid4())}
    first, second = (
        site.client.post(TICKETS, json={"service": "A"}, headers=headers) for _ in range(2)
    )
    assert first.json() == second.json()
    assert len(site.office.live.tickets) == 1


def test_a_request_with_the_id_of_another_is_a_conflict(
    site: Site, tickets: dict[str, str], clerk: dict[str, str]
) -> None:
    own_id = {"Idempotency-Key": str(uuid4())}
    pause = {"reason": "tea", "minutes": 5}
    assert site.client.post(f"{DESK}/pause", json=pause, headers=clerk | own_id).status_code == 200
    issued = site.client.post(TICKETS, json={"service": "A"}, headers=tickets | own_id)
    assert (issued.status_code, issued.json()["reason"]) == (409, "command_was_another")
    assert not site.office.live.tickets


def test_a_whole_visit_goes_through_a_counter(
    site: Site, tickets: dict[str, str], clerk: dict[str, str]
) -> None:
    issued = site.office.issue()
    called = site.client.post(f"{DESK}/call-next", headers=clerk)
    assert called.json()["label"] == "A001"
    assert called.json()["reason"] == "target_used"
    assert site.client.get(DESK, headers=clerk).json()["label"] == "A001"
    for word in ("recall", "start"):
        assert site.client.post(f"{DESK}/{word}", headers=clerk).status_code == 200
    finish = site.client.post(f"{DESK}/finish", json={"outcome": "done"}, headers=clerk)
    assert finish.status_code == 200
    assert site.office.leg(issued).outcome is Outcome.SERVED
    rating = {"score": 2, "reason": "unfriendly", "word": "تند بود", "contact": "0912"}
    rate = f"{TICKETS}/{issued.ticket}/rating"
    assert site.client.post(rate, json=rating, headers=tickets).status_code == 200
    said = site.client.get("/api/v1/ratings", headers=site.key(Scope.RATINGS)).json()
    assert [(each["score"], each["word"], each["contact"]) for each in said] == [
        (2, "تند بود", "0912")
    ]


def test_the_other_verbs_of_a_desk(site: Site, clerk: dict[str, str]) -> None:
    first, second = site.office.issue(), site.office.issue()

    def do(word: str, **body: object) -> int:
        sent = {"json": body} if body else {}
        return site.client.post(f"{DESK}/{word}", headers=clerk, **sent).status_code  # type: ignore[arg-type] # httpx takes a body by many names

    assert do("call", ticket=str(second.ticket)) == 200
    assert do("hold", note="copies") == 200
    assert do("call-next") == 200
    assert do("no-show") == 200
    assert do("undo") == 200
    assert site.office.leg(first).state is LegState.CALLED
    assert do("start") == 200
    assert do("transfer", service="B", note="papers") == 200
    assert do("resume", ticket=str(second.ticket)) == 200
    assert do("add-service", service="B", here=True) == 200
    assert do("finish", note="all well") == 200
    assert do("pause", reason="tea", minutes=10) == 200
    assert do("call-next") == 409
    assert do("open") == 200
    assert do("close") == 200
    assert do("sign-on", pin=PIN) == 200
    assert do("sign-on", pin="9999") == 403


def test_a_key_is_good_for_its_scopes_only(site: Site, tickets: dict[str, str]) -> None:
    refused = site.client.post(f"{DESK}/call-next", headers=tickets)
    assert refused.status_code == 403
    assert refused.json()["reason"] == "wrong_scope"
    assert site.client.get(TICKETS).status_code == 401
    for wrong in ("qk_00000000_guess", "nonsense", tickets["Authorization"][7:-1] + "x"):
        answer = site.client.get(TICKETS, headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_is_good_for_nothing(site: Site, tickets: dict[str, str]) -> None:
    from queueapp.operations.access_commands import RevokeApiKey  # noqa: PLC0415 - this story's

    assert site.client.get(TICKETS, headers=tickets).status_code == 200
    site.office.do(RevokeApiKey(key_id=tickets["Authorization"].split("_")[1]))
    site.application.office.keys.forget()
    assert site.client.get(TICKETS, headers=tickets).status_code == 401


def test_the_database_keeps_no_key(site: Site, tickets: dict[str, str]) -> None:
    secret = tickets["Authorization"].split("_", 2)[2]
    assert secret not in str(site.office.rows())


def test_a_clerks_key_acts_as_that_clerk_only(site: Site) -> None:
    site.office.issue()
    reza = site.key(Scope.COUNTERS, staff=REZA)
    refused = site.client.post(f"{DESK}/call-next", headers=reza)
    assert refused.status_code == 409
    assert "Sara" in refused.json()["detail"]


def test_what_does_not_exist_is_404(
    site: Site, tickets: dict[str, str], clerk: dict[str, str]
) -> None:
    assert site.client.get(f"{TICKETS}/{uuid4()}", headers=tickets).status_code == 404
    assert site.client.post(TICKETS, json={"service": "Z"}, headers=tickets).status_code == 404
    assert site.client.post("/api/v1/counters/77/call-next", headers=clerk).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"service": 7},
        {"service": "A", "more": 1},
        {"service": "A" * 50},
        {"service": "A\x00"},
        {"service": "A", "language": "de"},
        [],
        "A",
    ],
)
def test_what_cannot_be_read_is_422(site: Site, tickets: dict[str, str], body: object) -> None:
    answer = site.client.post(TICKETS, json=body, headers=tickets)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert site.office.live.tickets == {}


def test_markup_in_any_field_comes_back_as_text_only(
    site: Site, tickets: dict[str, str], clerk: dict[str, str]
) -> None:
    markup = "<script>alert(1)</script>"
    asked = [
        site.client.post(TICKETS, json={"service": markup}, headers=tickets),
        site.client.post(TICKETS, json={"service": "A", "category": markup}, headers=tickets),
        site.client.post(
            TICKETS, json={"service": "A", "category_reason": markup}, headers=tickets
        ),
        site.client.post(f"{DESK}/call-next", headers=clerk),
        site.client.post(f"{DESK}/hold", json={"note": markup}, headers=clerk),
        site.client.get(TICKETS, params={"service": markup}, headers=tickets),
        site.client.get(f"{TICKETS}/{markup}", headers=tickets),
        site.client.post(
            "/api/v1/webhooks",
            json={"url": f"https://x.example/{markup}"},
            headers=site.key(Scope.WEBHOOKS),
        ),
    ]
    for answer in asked:
        assert answer.status_code < 500
        assert "json" in answer.headers["content-type"]  # and so, by nosniff, no browser runs it
        assert answer.headers["x-content-type-options"] == "nosniff"
    issued = site.office.live
    assert all(ticket.leg.note in {"", markup} for ticket in issued.tickets.values())


def test_what_is_no_json_is_422(site: Site, tickets: dict[str, str]) -> None:
    answer = site.client.post(TICKETS, content=b'{"service": "\xff', headers=tickets)
    assert answer.status_code == 422


def test_a_key_that_is_used_too_fast_must_wait(office: Office) -> None:
    from queueapp.web.context import WebLimits  # noqa: PLC0415 - this story's

    with serving(office, limits=WebLimits(requests_per_second=25)) as site:
        key = site.key(Scope.SERVICES)
        answers = [site.client.get("/api/v1/services", headers=key).status_code for _ in range(150)]
    assert 429 in answers
    assert answers[:90] == [200] * 90


def test_services_tell_their_waits(site: Site) -> None:
    site.office.issue()
    site.caught_up()
    key = site.key(Scope.SERVICES)
    services = site.client.get("/api/v1/services", headers=key).json()
    assert [(each["code"], each["waiting"]) for each in services] == [("A", 1), ("B", 0), ("ش", 0)]
    assert services[0]["no_wait_because"] == "no_basis"
    one = site.client.get("/api/v1/services/ش", headers=key)
    assert one.json()["name"]["fa"] == "شکایات"


def test_a_paused_service_tells_so_and_gives_no_ticket_from_outside(
    site: Site, tickets: dict[str, str]
) -> None:
    site.office.do(PauseRemoteTickets(staff=MINA, service=BILLS))
    site.caught_up()
    services = site.client.get("/api/v1/services", headers=site.key(Scope.SERVICES)).json()
    assert [each["is_remote_paused"] for each in services] == [True, False, False]
    refused = site.client.post(TICKETS, json={"service": "A"}, headers=tickets)
    assert refused.status_code == 409
    assert refused.json()["reason"] == "remote_paused"
    assert "only in the hall" in refused.json()["detail"]
    assert site.client.post(TICKETS, json={"service": "B"}, headers=tickets).status_code == 201


def test_the_day_in_figures(site: Site) -> None:
    site.office.issue()
    site.office.serve()
    site.office.later(minutes=3)
    site.office.finish()
    site.office.issue(BILLS)
    site.caught_up()
    report = site.client.get("/api/v1/reports/today", headers=site.key(Scope.REPORTS)).json()
    assert (report["issued"], report["served"], report["waiting"]) == (2, 1, 1)
    counter = report["counters"][FIRST - 1]
    assert (counter["served"], counter["median_service_s"]) == (1, 180)


def test_the_api_describes_itself(site: Site) -> None:
    document = site.client.get("/api/v1/openapi.json").json()
    paths = document["paths"]
    assert "/api/v1/counters/{number}/call-next" in paths
    for path, methods in paths.items():
        for method, told in methods.items():
            assert {"401", "403", "422", "429", "503"} <= told["responses"].keys(), (path, method)
            assert told["security"] == [{"key": []}], (path, method)
