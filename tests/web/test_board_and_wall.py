"""Hall board and supervisor's wall as pages: who may look, and what they show."""

from queueapp.domain.access import Scope
from tests.databases import PIN
from tests.domain.samples import LINES, MINA
from tests.web.sites import Site


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


def test_a_cookie_ends_with_the_day(site: Site) -> None:
    site.client.post("/sign-in", data={"staff": MINA, "pin": PIN, "then": "/wall"})
    assert site.client.get("/wall").status_code == 200
    site.office.later(minutes=12 * 60 + 1)
    assert site.client.get("/wall").status_code == 401
