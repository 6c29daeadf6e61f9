"""What every request passes before anything looks at it: size, pace, and the strict headers."""

import json
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queueapp.web.client_address import neighbourhood_of
from queueapp.web.pace import Pace
from queueapp.web.problems import MEDIA_TYPE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""Everything comes from here, nothing is inline, nobody frames a page."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""No referrer: the address of a ticket's page is its secret."""
UNCACHED = (b"cache-control", b"no-store")


class StrictHeaders:
    """Sends :data:`HEADERS` with every answer, whoever made it, and answers what broke."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), *HEADERS]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(UNCACHED)
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_strictly)


class PaceLimit:
    """Refuses whoever asks faster than ``pace`` allows one address."""

    def __init__(self, app: ASGIApp, pace: Pace) -> None:
        self._app = app
        self._pace = pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 429."""
        if scope["type"] == "http":
            wait = self._pace.take(neighbourhood_of(scope))
            if wait > 0:
                await refuse(
                    send,
                    HTTPStatus.TOO_MANY_REQUESTS,
                    "Too many requests from this address.",
                    retry_after=wait,
                )
                return
        await self._app(scope, receive, send)


class SizeLimit:
    """Refuses long addresses and large bodies, also those that do not say how large they are."""

    def __init__(self, app: ASGIApp, *, body_bytes: int, address_bytes: int) -> None:
        self._app = app
        self._body_bytes = body_bytes
        self._address_bytes = address_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 413 or 414."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > self._address_bytes:
            await refuse(send, HTTPStatus.REQUEST_URI_TOO_LONG, "This address is too long.")
            return
        if _declared(scope) > self._body_bytes:
            await self._refuse_body(send)
            return
        body = await self._read(scope, receive)
        if body is None:
            await self._refuse_body(send)
            return
        await self._app(scope, _again(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body; ``None`` when it is too large."""
        if scope["method"] in {"GET", "HEAD"}:
            return b""
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return b"".join(parts)
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._body_bytes:
                return None
            if not message.get("more_body", False):
                return b"".join(parts)

    async def _refuse_body(self, send: Send) -> None:
        await refuse(
            send,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"A request may have at most {self._body_bytes // 1024} kB.",
        )


async def refuse(
    send: Send, status: HTTPStatus, detail: str, *, retry_after: float | None = None
) -> None:
    """Answer with a problem, without any framework."""
    facts: MutableMapping[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    body = json.dumps(facts).encode()
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    if retry_after is not None:
        headers.append((b"retry-after", str(max(1, round(retry_after))).encode()))
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives ``body`` once, then whatever comes, such as the end of the connection."""
    is_given = False

    async def give() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give
