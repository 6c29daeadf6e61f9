"""What every request passes: size, pace, strict headers, and whose word is taken."""

import asyncio
import re
from ipaddress import ip_network

import httpx
import pytest

from queueapp.domain.access import Scope
from queueapp.web.context import WebLimits
from queueapp.web.pace import Pace
from tests.operations.office import Office
from tests.web.sites import Site, serving

SLOW = WebLimits(requests_per_second=5)


def test_health_says_how_far_the_branch_is(site: Site) -> None:
    site.caught_up()
    answer = site.client.get("/healthz")
    assert answer.json() == {"status": "ok", "revision": site.office.live.revision}


def test_every_answer_is_strict(site: Site) -> None:
    for path in ("/healthz", "/nowhere", "/api/v1/nowhere"):
        headers = site.client.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "http:" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_nothing_at_an_address_is_a_problem_in_the_readers_language(site: Site) -> None:
    answer = site.client.get("/api/v1/nowhere", headers={"Accept-Language": "fa-IR,fa;q=0.9"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] != ""
    assert answer.json()["status"] == 404


def test_a_body_that_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    answer = site.client.post("/healthz", content=b"x" * 300_000)
    assert answer.status_code == 413


def test_a_large_body_that_does_not_say_so_is_refused_too(site: Site) -> None:
    answer = site.client.post("/healthz", content=(b"x" * 10_000 for _ in range(40)))
    assert answer.status_code == 413


def test_a_long_address_is_refused(site: Site) -> None:
    assert site.client.get("/healthz?" + "x" * 5000).status_code == 414


def test_a_thousand_requests_at_once_from_one_address_are_mostly_refused(office: Office) -> None:
    with serving(office, limits=SLOW) as site:
        answers = [site.client.get("/healthz").status_code for _ in range(1000)]
        refused = site.client.get("/healthz")
    assert answers[:20] == [200] * 20
    # In the time that this takes, a few more are earned.
    assert answers.count(429) > 900
    assert set(answers) == {200, 429}
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_a_strangers_word_about_addresses_is_not_taken(office: Office) -> None:
    with serving(office, limits=SLOW) as site:
        answers = [
            site.client.get("/healthz", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code
            for n in range(200)
        ]
    assert answers.count(429) > 100


def test_behind_a_trusted_proxy_each_client_has_a_pace_of_its_own(office: Office) -> None:
    loopback = (ip_network("127.0.0.0/8"),)
    with serving(office, limits=SLOW, trusted_proxies=loopback) as site:
        answers = [
            site.client.get(
                "/healthz", headers={"X-Forwarded-For": f"203.0.113.9, 198.51.100.{n}"}
            ).status_code
            for n in range(100)
        ]
        # What a client writes itself stands before what the proxy adds, and is hearsay.
        hearsay = [
            site.client.get(
                "/healthz", headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9"}
            ).status_code
            for n in range(100)
        ]
    assert answers == [200] * 100
    assert hearsay.count(429) > 50


def test_metrics_are_for_this_machine_and_for_keys(office: Office) -> None:
    with serving(office, trusted_proxies=(ip_network("127.0.0.0/8"),)) as site:
        office.issue()
        site.caught_up()
        away = {"X-Forwarded-For": "198.51.100.7"}
        assert 'queueapp_waiting{service="A"} 1.0' in site.client.get("/metrics").text
        assert site.client.get("/metrics", headers=away).status_code == 401
        key = site.key(Scope.METRICS)
        assert site.client.get("/metrics", headers=away | key).status_code == 200


def test_metrics_name_routes_and_no_tokens(site: Site) -> None:
    site.client.get("/t/a-secret-token")
    assert "a-secret-token" not in site.client.get("/metrics").text


def test_metrics_do_not_grow_by_whatever_somebody_calls_a_method(site: Site) -> None:
    async def ask() -> None:
        there = httpx.ASGITransport(app=site.application)
        async with httpx.AsyncClient(transport=there, base_url=site.url) as client:
            for number in range(3):
                await client.request(f"MADE-UP-{number}", "/healthz")

    asyncio.run(ask())
    told = site.client.get("/metrics").text
    assert "MADE-UP" not in told
    assert re.search(r'queueapp_requests_total{method="other",.*} 3.0', told)


@pytest.mark.parametrize("seconds", [0.0, 7.5])
def test_a_pace_gives_back_what_time_has_earned(seconds: float) -> None:
    clock = [100.0]
    pace = Pace(2, 3, lambda: clock[0])
    assert [pace.take("x") for _ in range(3)] == [0, 0, 0]
    wait = pace.take("x")
    assert wait == pytest.approx(0.5)
    assert pace.take("y") == 0
    clock[0] += wait + seconds
    assert pace.take("x") == 0


def test_a_request_that_breaks_the_program_is_a_problem_without_details(site: Site) -> None:
    @site.application.framework.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("a secret detail")

    answer = site.client.get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers
