"""How a page on a TV or a tablet learns that it has to draw itself anew."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus

from starlette.responses import StreamingResponse

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.web.office import Office
from queueapp.web.problems import Problem
from queueapp.web.streaming import ALIVE, ALIVE_EVERY_S, stream

MOST_OPEN = 200
"""TVs and tablets; phones that follow a ticket are counted for themselves."""
PAUSE_S = 0.25
"""What happens within it is drawn once."""
MOVED = b"data: moved\n\n"
TOO_MANY = sentence("Too many follow at once: please reload this page in a moment.")


def too_many(language: Language) -> Problem:
    """What whoever cannot follow any more is told."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE, language.text(TOO_MANY), headers={"Retry-After": "5"}
    )


class LivePages:
    """Tells each open page that the branch moved; the page then asks for itself."""

    def __init__(self, office: Office) -> None:
        self._following = office.following
        self._open = 0

    def follow(self, language: Language) -> StreamingResponse:
        """Server-sent events, one whenever there is something new to draw."""
        if self._open >= MOST_OPEN:
            raise too_many(language)
        return stream(self._moves(self._following.pictures))

    async def _moves(self, seen: int) -> AsyncIterator[bytes]:
        self._open += 1
        try:
            yield b"retry: 3000\n\n"
            while not self._following.is_over:
                if not await self._following.moved_since(seen, ALIVE_EVERY_S):
                    yield ALIVE
                    continue
                await asyncio.sleep(PAUSE_S)
                seen = self._following.pictures
                yield MOVED
        finally:
            self._open -= 1
