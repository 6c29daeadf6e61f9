"""Taking a ticket by phone: with a code that is shown here, or by the branch's address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from queueapp.domain.access import Scope
from queueapp.domain.phone import PhoneRules, code_of_now
from queueapp.domain.refusal import Reason
from queueapp.domain.ticket import Channel
from queueapp.operations.commands import (
    ApplyBranch,
    CallTicket,
    PauseRemoteTickets,
    ResumeRemoteTickets,
)
from queueapp.web.context import WebLimits
from tests.databases import PIN
from tests.domain.samples import BILLS, FIRST, LINES, MINA, NORMAL, SARA
from tests.operations.office import Office
from tests.web.sites import Site, serving

PUBLIC = "https://queue.example.com"


def with_rules(office: Office, **rules: object) -> None:
    """Apply what the branch allows by phone."""
    branch = replace(office.branch, public_url=PUBLIC, phone=PhoneRules(**rules))  # type: ignore[arg-type] # checked by the class
    office.do(ApplyBranch(branch=branch))


@pytest.fixture
def open_site(office: Office) -> Iterator[Site]:
    """A branch with an address that allows joining from afar, ten minutes away."""
    with_rules(office, link=True, distance=timedelta(minutes=10))
    with serving(office) as site:
        yield site


def code_now(site: Site) -> str:
    """What the kiosk shows."""
    context = site.application.office.context
    secret = context.store.secret(context.branch, "join")
    return code_of_now(secret, context.branch, context.clock())


def test_with_the_code_of_the_kiosk_a_ticket_is_taken(open_site: Site) -> None:
    address = f"/j/{code_now(open_site)}?lang=en"
    assert "Bill payment" in open_site.client.get(address).text
    taken = open_site.client.post(address, data={"service": "A"}, follow_redirects=True)
    assert "A001" in taken.text
    assert re.match(r"/t/[\w-]{16}$", taken.url.path)
    [ticket] = open_site.office.live.tickets.values()
    assert (ticket.channel, ticket.leg.not_before) == (Channel.PHONE, None)


def test_the_same_tap_twice_is_one_ticket(open_site: Site) -> None:
    address, form = f"/j/{code_now(open_site)}", {"service": "A", "command": str(uuid4())}
    first, second = (open_site.client.post(address, data=form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(open_site.office.live.tickets) == 1


def test_a_code_is_over_after_some_minutes(open_site: Site) -> None:
    code = code_now(open_site)
    open_site.office.later(minutes=5)
    assert open_site.client.get(f"/j/{code}").status_code == 200
    open_site.office.later(minutes=2)
    refused = open_site.client.post(f"/j/{code}?lang=en", data={"service": "A"})
    assert refused.status_code == 403
    assert "too old" in refused.text
    assert open_site.office.live.tickets == {}


@pytest.mark.parametrize("change", ["x", "later", "signature", "other branch"])
def test_an_altered_code_is_refused(open_site: Site, change: str) -> None:
    lasts, signature = code_now(open_site).split(".")
    context = open_site.application.office.context
    secret = context.store.secret(context.branch, "join")
    altered = {
        "x": "x",
        "later": f"{int(lasts, 16) + 3600:x}.{signature}",
        "signature": f"{lasts}.{signature[::-1]}",
        "other branch": code_of_now(secret, "elsewhere", context.clock()),  # type: ignore[arg-type] # any name
    }[change]
    for answer in (
        open_site.client.get(f"/j/{altered}"),
        open_site.client.post(f"/j/{altered}", data={"service": "A"}),
    ):
        assert answer.status_code == 403
    assert open_site.office.live.tickets == {}


def test_who_joins_from_afar_is_not_called_before_they_can_be_there(open_site: Site) -> None:
    page = open_site.client.get("/join?lang=en")
    assert "in the next 10 min" in page.text
    taken = open_site.client.post("/join?lang=en", data={"service": "A"}, follow_redirects=True)
    assert "before you can be here" in taken.text
    office = open_site.office
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    office.later(minutes=1)
    here = office.issue()
    assert office.call().label == here.label  # who came later but is here goes on
    office.start()
    office.finish()
    office.later(minutes=9)
    assert office.call().label == "A001"


def test_a_clerk_who_sees_them_may_call_them_by_hand(open_site: Site) -> None:
    open_site.client.post("/join", data={"service": "A"})
    [ticket] = open_site.office.live.tickets.values()
    open_site.office.do(CallTicket(counter=FIRST, staff=SARA, ticket=ticket.id))


def test_without_the_link_the_address_alone_gives_nothing(office: Office) -> None:
    with_rules(office, link=False)
    with serving(office) as site:
        assert site.client.get("/join").status_code == 403
        assert site.client.post("/join", data={"service": "A"}).status_code == 403
        assert site.client.get(f"/j/{code_now(site)}").status_code == 200


def test_a_branch_may_give_no_tickets_by_phone(office: Office) -> None:
    with_rules(office, join=False)
    with serving(office) as site:
        refused = site.client.get(f"/j/{code_now(site)}?lang=en")
    assert refused.status_code == 403
    assert "gives no tickets by phone" in refused.text


@pytest.mark.parametrize(
    ("language", "shown", "refused"),
    [
        ("en", "only at the kiosk in the hall", "given only in the hall"),
        ("fa", "فقط از کیوسک سالن", "فقط در سالن"),
    ],
)
def test_while_a_supervisor_has_paused_it_a_service_is_had_in_the_hall_only(
    open_site: Site, language: str, shown: str, refused: str
) -> None:
    open_site.office.do(PauseRemoteTickets(staff=MINA, service=BILLS))
    open_site.caught_up()
    for address in (f"/j/{code_now(open_site)}?lang={language}", f"/join?lang={language}"):
        page = open_site.client.get(address).text
        bills, lines, *_ = re.findall(r"<button name=\"service\".*?</button>", page, re.DOTALL)
        assert shown in bills
        assert "disabled" in bills
        assert "disabled" not in lines
        answer = open_site.client.post(address, data={"service": "A"})
        assert answer.status_code == 409
        assert refused in answer.text
        open_site.client.post(address, data={"service": "B"})
    assert {ticket.letter for ticket in open_site.office.live.tickets.values()} == {LINES}
    open_site.office.do(ResumeRemoteTickets(staff=MINA, service=BILLS))
    assert open_site.client.post("/join", data={"service": "A"}).status_code == 303


def test_one_network_takes_only_so_many(office: Office) -> None:
    with_rules(office)
    limits = WebLimits(requests_per_second=10_000, tickets_per_hour=3)
    with serving(office, limits=limits) as site:
        address = f"/j/{code_now(site)}"
        answers = [site.client.post(address, data={"service": "A"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429, 429]
    assert len(office.live.tickets) == 3


@pytest.mark.parametrize("service", ["", "Z", "A'; DROP TABLE ticket", "<b>", "\x00"])
def test_a_service_that_is_not_there_is_said_so(open_site: Site, service: str) -> None:
    address = f"/j/{code_now(open_site)}"
    answer = open_site.client.post(address, data={"service": service})
    assert answer.status_code in {303, 409}
    assert "<b>" not in answer.text
    assert all(ticket.leg.service == BILLS for ticket in open_site.office.live.tickets.values())


def test_the_poster_is_for_who_has_signed_in(open_site: Site) -> None:
    client = open_site.client
    asked = client.get("/poster?lang=en")
    assert asked.status_code == 401
    assert "/j/" not in asked.text
    wrong = client.post("/sign-in", data={"staff": MINA, "pin": "0000", "then": "/poster"})
    assert wrong.status_code == 403
    clerk = client.post("/sign-in", data={"staff": SARA, "pin": PIN, "then": "/poster"})
    assert clerk.status_code == 403
    signed = client.post("/sign-in", data={"staff": MINA, "pin": PIN, "then": "/poster"})
    cookie = signed.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    poster = client.get("/poster").text
    assert f"{PUBLIC}/j/{code_now(open_site)}" in poster


def test_signing_in_leads_to_pages_of_staff_only(open_site: Site) -> None:
    form = {"staff": MINA, "pin": PIN, "then": "https://evil.example.com/"}
    answer = open_site.client.post("/sign-in", data=form)
    assert answer.headers["location"] == "/wall"


@pytest.mark.parametrize("cookie", ["x", "bWluYQ==.ffffffffff.00", "..", "bWluYQ==.zz.00"])
def test_a_cookie_that_was_made_elsewhere_is_nobody(open_site: Site, cookie: str) -> None:
    headers = {"Cookie": f"queueapp_staff={cookie}"}
    assert open_site.client.get("/poster", headers=headers).status_code == 401


def test_a_key_for_the_wall_shows_the_poster(open_site: Site) -> None:
    assert open_site.client.get("/poster", headers=open_site.key(Scope.WALL)).status_code == 200
    refused = open_site.client.get("/poster", headers=open_site.key(Scope.TICKETS))
    assert refused.status_code == 403


def test_the_usual_category_is_taken(open_site: Site) -> None:
    open_site.client.post(f"/j/{code_now(open_site)}", data={"service": "A"})
    [ticket] = open_site.office.live.tickets.values()
    assert ticket.leg.category == NORMAL


def test_in_persian_no_english_word_is_left(open_site: Site) -> None:
    open_site.office.issue()
    open_site.caught_up()
    for address in (f"/j/{code_now(open_site)}?lang=fa", "/join?lang=fa", "/wall?lang=fa"):
        text = open_site.client.get(address).text
        words = re.sub(r"<[^>]+>", " ", re.sub(r"English", "", text))
        assert re.findall(r"[A-Za-z]{2,}", words) == [], address
