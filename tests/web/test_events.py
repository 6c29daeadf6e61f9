"""What happens, as other systems follow it: a stream that goes on, and signed webhooks."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from uuid import uuid4

import httpx
import pytest

from queueapp.domain.access import Scope
from queueapp.domain.webhook import Webhook
from queueapp.domain.words import BranchId
from queueapp.web.webhook_sender import CLAIM, signature
from tests.operations.office import Office
from tests.web.sites import GENEROUS, PATIENCE_S, Site, context_of, serving, until

EVENTS = "/api/v1/events"


def followed(lines: Iterator[str], count: int) -> list[dict[str, object]]:
    """The next ``count`` events of a stream."""
    found: list[dict[str, object]] = []
    for line in lines:
        if line.startswith("data: "):
            found.append(json.loads(line[6:]))
            if len(found) == count:
                break
    return found


def test_past_events_are_read_on_from_a_revision(site: Site) -> None:
    key = site.key(Scope.EVENTS)
    issued = site.office.issue()
    called = site.office.call()
    past = site.client.get(f"{EVENTS}/past", params={"after": issued.revision - 1}, headers=key)
    kinds = [(each["kind"], each["label"], each["state"]) for each in past.json()]
    assert kinds == [("IssueTicket", "A001", "waiting"), ("CallNext", "A001", "called")]
    assert past.json()[1]["revision"] == called.revision
    assert issued.token not in past.text


def test_a_stream_tells_what_happens_and_goes_on_where_it_stopped(site: Site) -> None:
    key = site.key(Scope.EVENTS)
    site.caught_up()
    with site.client.stream("GET", EVENTS, headers=key) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines) == ": hello"
        issued = site.office.issue()
        [told] = followed(lines, 1)
        assert (told["kind"], told["revision"]) == ("IssueTicket", issued.revision)
    site.office.call()
    again = key | {"Last-Event-ID": str(issued.revision)}
    with site.client.stream("GET", EVENTS, headers=again) as stream:
        [told] = followed(stream.iter_lines(), 1)
        assert told["kind"] == "CallNext"


def test_so_many_programs_may_follow_and_no_more(office: Office) -> None:
    with serving(office, limits=replace(GENEROUS, programs=1)) as site:
        key = site.key(Scope.EVENTS)
        with site.client.stream("GET", EVENTS, headers=key) as stream:
            lines = stream.iter_lines()  # let go of, it would end the stream
            assert next(lines) == ": hello"
            refused = site.client.get(EVENTS, headers=key)
            assert refused.status_code == 503
            assert "retry-after" in refused.headers


class Receiver:
    """Another system, that takes what it is sent or says no."""

    def __init__(self) -> None:
        self.taken: Queue[tuple[dict[str, str], bytes]] = Queue()
        self.refusals = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if receiver.refusals:
                    receiver.refusals -= 1
                    self.send_response(500)
                else:
                    receiver.taken.put((dict(self.headers.items()), body))
                    self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/told"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self) -> tuple[dict[str, str], dict[str, object]]:
        headers, body = self.taken.get(timeout=PATIENCE_S)
        return headers, json.loads(body)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    opened = Receiver()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


def test_a_webhook_is_told_what_it_wants_signed_and_in_order(
    site: Site, receiver: Receiver
) -> None:
    key = site.key(Scope.WEBHOOKS)
    wanted = {"url": receiver.url, "kinds": ["IssueTicket", "CallNext"]}
    made = site.client.post("/api/v1/webhooks", json=wanted, headers=key)
    assert made.status_code == 201
    issued = site.office.issue()
    site.office.call()
    site.office.start()
    site.office.issue()
    heads = []
    for kind in ("IssueTicket", "CallNext", "IssueTicket"):
        headers, told = receiver.next()
        assert told["kind"] == kind
        heads.append(headers)
    assert heads[0]["Queueapp-Event"] == str(issued.revision)
    shown = site.client.get("/api/v1/webhooks", headers=key).json()
    assert "secret" not in shown[0]


def test_without_a_webhook_nothing_is_made_ready_to_tell_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    looked = threading.Event()
    monkeypatch.setattr(httpx.AsyncClient, "__init__", lambda *_, **__: made.append(1))
    context = context_of(office)
    webhooks = context.store.webhooks

    def look(branch: BranchId) -> list[Webhook]:
        looked.set()
        return list(webhooks(branch))

    monkeypatch.setattr(context.store, "webhooks", look)
    with serving(office, store=context.store):
        assert looked.wait(PATIENCE_S)
    assert made == []


def test_a_webhook_that_is_asked_for_twice_at_once_is_one_with_one_secret(
    site: Site, receiver: Receiver
) -> None:
    headers = site.key(Scope.WEBHOOKS) | {"Idempotency-Key": str(uuid4())}

    def ask(_: int) -> httpx.Response:
        return site.client.post("/api/v1/webhooks", json={"url": receiver.url}, headers=headers)

    with ThreadPoolExecutor(6) as programs:
        answers = list(programs.map(ask, range(6)))
    assert {answer.status_code for answer in answers} == {201}
    [kept] = site.application.office.context.store.webhooks(site.office.branch.id)
    assert {answer.json()["secret"] for answer in answers} == {kept.secret}


def test_the_signature_of_a_webhook_can_be_checked(site: Site, receiver: Receiver) -> None:
    key = site.key(Scope.WEBHOOKS)
    made = site.client.post("/api/v1/webhooks", json={"url": receiver.url}, headers=key).json()
    site.office.issue()
    headers, body = receiver.taken.get(timeout=PATIENCE_S)
    moment, signed = (part.split("=", 1)[1] for part in headers["Queueapp-Signature"].split(","))
    assert signed == signature(made["secret"], int(moment), body)
    assert signed != signature(made["secret"], int(moment) + 1, body)


def test_what_was_refused_is_told_again_after_a_pause_and_a_restart(
    office: Office, receiver: Receiver
) -> None:
    receiver.refusals = 1
    with serving(office) as site:
        key = site.key(Scope.WEBHOOKS)
        site.client.post("/api/v1/webhooks", json={"url": receiver.url}, headers=key)
        issued = office.issue()
        site.caught_up()
        webhooks = site.application.office.context.store.webhooks
        until(lambda: webhooks(office.branch.id)[0].failures == 1)
        assert receiver.taken.empty()
    office.later(seconds=5)
    with serving(office):
        _, told = receiver.next()
    assert told["revision"] == issued.revision


def test_two_servers_of_one_branch_tell_each_event_once(office: Office, receiver: Receiver) -> None:
    with serving(office) as site, serving(office) as other:
        key = site.key(Scope.WEBHOOKS)
        site.client.post("/api/v1/webhooks", json={"url": receiver.url}, headers=key)
        issued = [office.issue().revision for _ in range(12)]
        told = [receiver.next()[1]["revision"] for _ in issued]
        webhooks = other.application.office.context.store.webhooks
        until(lambda: webhooks(office.branch.id)[0].told == issued[-1])
        until(lambda: webhooks(office.branch.id)[0].retry_at is None)
    assert told == issued
    assert receiver.taken.empty()


def test_what_a_server_that_died_had_claimed_is_told_by_another_after_a_minute(
    office: Office, receiver: Receiver
) -> None:
    with serving(office) as site:
        key = site.key(Scope.WEBHOOKS)
        site.client.post("/api/v1/webhooks", json={"url": receiver.url}, headers=key)
    store, branch = site.application.office.context.store, office.branch.id
    [webhook] = store.webhooks(branch)
    claimed = office.clock() + CLAIM
    assert store.claim(branch, webhook, claimed)
    assert not store.claim(branch, webhook, claimed)  # as another process read it before
    issued = office.issue()
    with serving(office) as site:
        site.caught_up()
        assert receiver.taken.empty()
        office.later(minutes=1)
        assert receiver.next()[1]["revision"] == issued.revision
    store.save_told(branch, webhook, claimed)  # it was not dead, only slow: too late now
    assert store.webhooks(branch)[0].told == issued.revision


def test_a_removed_webhook_is_told_nothing(site: Site, receiver: Receiver) -> None:
    key = site.key(Scope.WEBHOOKS)
    made = site.client.post("/api/v1/webhooks", json={"url": receiver.url}, headers=key).json()
    other = site.key(Scope.WEBHOOKS, owner="Somebody else")
    hook = f"/api/v1/webhooks/{made['id']}"
    assert site.client.delete(hook, headers=other).status_code == 404
    assert site.client.delete(hook, headers=key).status_code == 200
    assert site.client.get("/api/v1/webhooks", headers=key).json() == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "http://", "x"])
def test_a_webhook_is_an_address_of_the_web(site: Site, url: str) -> None:
    key = site.key(Scope.WEBHOOKS)
    answer = site.client.post("/api/v1/webhooks", json={"url": url}, headers=key)
    assert answer.status_code == 422
