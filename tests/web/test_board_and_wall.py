"""Hall board and supervisor's wall as pages: who may look, and what they show."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

import pytest

from queueapp.domain.access import Scope
from queueapp.domain.staff import Role
from queueapp.operations.commands import AddStaff, ApplyBranch, RemoveStaff, ResetPin
from tests.databases import PIN
from tests.domain.samples import LINES, MINA, SARA
from tests.operations.office import Office
from tests.web.sites import GENEROUS, Site, serving
from tests.web.test_ticket_page import estimate

MARKUP = "<script>alert(1)</script>"


def test_the_board_shows_calls_and_waits_to_everybody(site: Site) -> None:
    site.office.issue()
    site.office.issue(LINES)
    site.office.call()
    site.caught_up()
    text = site.client.get("/board?lang=en").text
    assert "A001" in text
    assert "Counter 1" in text
    assert "B001" not in text  # who waits is not told
    assert "Sara" not in text


def test_before_the_first_call_the_board_asks_for_patience(site: Site) -> None:
    assert "your number will appear here" in site.client.get("/board?lang=en").text


def test_the_wall_is_for_supervisors_and_keys(site: Site) -> None:
    site.office.issue()
    site.office.serve()
    site.caught_up()
    asked = site.client.get("/wall?lang=en")
    assert asked.status_code == 401
    assert "Sara" not in asked.text
    assert site.client.get("/wall", headers=site.key(Scope.REPORTS)).status_code == 403
    shown = site.client.get("/wall?lang=en", headers=site.key(Scope.WALL)).text
    for words in ("Bill payment", "open · Sara", "A001"):
        assert words in shown
    site.client.post("/sign-in", data={"staff": MINA, "pin": PIN, "then": "/wall"})
    assert site.client.get("/wall").status_code == 200


def test_a_followed_board_is_told_whenever_there_is_something_to_draw(site: Site) -> None:
    site.caught_up()
    with site.client.stream("GET", "/board/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines).startswith("retry:")
        for act in (site.office.issue, site.office.call):
            act()
            assert next(line for line in lines if line) == "data: moved"
    assert 'data-stream="/board/events"' in site.client.get("/board").text


def test_new_waits_are_something_to_draw(site: Site) -> None:
    issued = site.office.issue()
    site.caught_up()
    with site.client.stream("GET", "/board/events") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry:")
        estimate(site.office, issued, 60, 120)
        assert next(line for line in lines if line) == "data: moved"


def test_only_who_may_see_the_wall_may_follow_it(site: Site) -> None:
    assert site.client.get("/wall/events").status_code == 401
    with site.client.stream("GET", "/wall/events", headers=site.key(Scope.WALL)) as stream:
        assert stream.status_code == 200


def test_so_many_pages_may_follow_and_no_more(office: Office) -> None:
    limits = replace(GENEROUS, screens=2)
    with serving(office, limits=limits) as site, ExitStack() as opened:
        streams = [
            opened.enter_context(site.client.stream("GET", "/board/events")) for _ in range(2)
        ]
        followed = [stream.iter_lines() for stream in streams]
        assert all(next(lines).startswith("retry:") for lines in followed)
        refused = opened.enter_context(site.client.stream("GET", "/board/events"))
        assert refused.status_code == 503
        assert "retry-after" in refused.headers


def test_the_wall_says_how_many_wait_to_be_contacted_and_no_number(site: Site) -> None:
    key = site.key(Scope.WALL)
    assert "to be contacted" not in site.client.get("/wall?lang=en", headers=key).text
    issued = site.office.issue()
    site.office.serve()
    site.office.finish()
    site.office.rate(issued, 1, contact="0912 333")
    site.office.later(minutes=25)
    text = site.client.get("/wall?lang=en", headers=key).text
    assert "1 customer waits to be contacted, for 25 min" in text
    assert "0912" not in text


def test_a_cookie_ends_with_the_day(site: Site) -> None:
    site.client.post("/sign-in", data={"staff": MINA, "pin": PIN, "then": "/wall"})
    assert site.client.get("/wall").status_code == 200
    site.office.later(minutes=12 * 60 + 1)
    assert site.client.get("/wall").status_code == 401


OTHER_PIN = "7412"


def reset_pin(office: Office) -> None:
    office.do(ResetPin(code=MINA, pin=OTHER_PIN))


def remove(office: Office) -> None:
    office.do(RemoveStaff(code=MINA))


def remove_and_add_again(office: Office) -> None:
    remove(office)
    office.do(AddStaff(code=MINA, name="Mina", role=Role.SUPERVISOR, pin=OTHER_PIN))


@pytest.mark.parametrize("change", [reset_pin, remove, remove_and_add_again])
def test_a_session_ends_with_the_pin_it_began_with(
    site: Site, change: Callable[[Office], None]
) -> None:
    site.client.post("/sign-in", data={"staff": MINA, "pin": PIN, "then": "/wall"})
    assert site.client.get("/wall").status_code == 200
    change(site.office)
    site.caught_up()
    for page in ("/wall", "/wall/events", "/poster"):
        assert site.client.get(page).status_code == 401
    site.client.post("/sign-in", data={"staff": MINA, "pin": PIN, "then": "/wall"})
    assert site.client.get("/wall").status_code == 401


@pytest.mark.parametrize(
    "cookie", ["", "..", "AAAA.ffffffffff.00", "%00.ffffffffff.00", "TUlOQQ==.zz.00", "a.b.c.d"]
)
def test_a_made_up_session_is_none(site: Site, cookie: str) -> None:
    asked = site.client.get("/wall", headers={"Cookie": f"queueapp_staff={cookie}"})
    assert asked.status_code == 401


def test_markup_in_what_staff_type_stays_text_on_the_wall(site: Site) -> None:
    clerk = site.key(Scope.COUNTERS, staff=SARA)
    pause = {"reason": MARKUP, "minutes": 5}
    assert (
        site.client.post("/api/v1/counters/1/pause", json=pause, headers=clerk).status_code == 200
    )
    text = site.client.get("/wall?lang=en", headers=site.key(Scope.WALL)).text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("field", ["staff", "pin", "then"])
def test_markup_in_signing_in_stays_text_and_signs_nobody_in(site: Site, field: str) -> None:
    form = {"staff": MINA, "pin": "0000", "then": "/wall", field: MARKUP}
    answer = site.client.post("/sign-in?lang=en", data=form)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("link", "page"), [(False, "/board"), (True, "/join")])
def test_the_bare_address_leads_somewhere(site: Site, link: bool, page: str) -> None:
    branch = site.office.branch
    site.office.do(ApplyBranch(branch=replace(branch, phone=replace(branch.phone, link=link))))
    site.caught_up()
    answer = site.client.get("/?lang=en")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{page}?lang=en"
    assert site.client.get(answer.headers["location"]).status_code == 200
