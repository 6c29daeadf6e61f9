"""Server-sent events: a stream that says it lives, and ends when its reader has gone."""

from collections.abc import AsyncIterator
from http import HTTPStatus

from starlette.responses import StreamingResponse

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.web.problems import Problem

STREAM = "text/event-stream"
ALIVE = b": alive\n\n"
ALIVE_EVERY_S = 15.0
"""More often than any proxy gives a silent connection up."""
TOO_MANY = sentence("Too many follow at once: please reload this page in a moment.")


def stream(parts: AsyncIterator[bytes]) -> StreamingResponse:
    """``parts`` as they come; proxies are told not to collect them."""
    return StreamingResponse(parts, media_type=STREAM, headers={"X-Accel-Buffering": "no"})


def too_many(language: Language) -> Problem:
    """What whoever cannot follow any more is told."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE, language.text(TOO_MANY), headers={"Retry-After": "5"}
    )


class Room:
    """For ``most`` streams at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0

    def stream(self, parts: AsyncIterator[bytes], language: Language) -> StreamingResponse:
        """``parts`` as they come; raises a problem in ``language`` when there is no room left."""
        if self._taken >= self._most:
            raise too_many(language)
        return stream(self._counted(parts))

    async def _counted(self, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        self._taken += 1
        try:
            async for part in parts:
                yield part
        finally:
            self._taken -= 1
