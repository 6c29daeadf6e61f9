"""Server-sent events: a stream that says it lives, and ends when its reader has gone."""

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

STREAM = "text/event-stream"
ALIVE = b": alive\n\n"
ALIVE_EVERY_S = 15.0
"""More often than any proxy gives a silent connection up."""


def stream(parts: AsyncIterator[bytes]) -> StreamingResponse:
    """``parts`` as they come; proxies are told not to collect them."""
    return StreamingResponse(parts, media_type=STREAM, headers={"X-Accel-Buffering": "no"})
