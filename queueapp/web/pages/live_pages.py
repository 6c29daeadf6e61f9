"""How a page on a TV or a tablet learns that it has to draw itself anew."""

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from queueapp.language import Language
from queueapp.web.office import Office
from queueapp.web.streaming import ALIVE, ALIVE_EVERY_S, Room

PAUSE_S = 0.25
"""What happens within it is drawn once."""
MOVED = b"data: moved\n\n"


class LivePages:
    """Tells each open page that the branch moved; the page then asks for itself."""

    def __init__(self, office: Office) -> None:
        self._following = office.following
        self._room = Room(office.context.limits.screens)

    def follow(self, language: Language) -> StreamingResponse:
        """Server-sent events, one whenever there is something new to draw."""
        return self._room.stream(self._moves(self._following.pictures), language)

    async def _moves(self, seen: int) -> AsyncIterator[bytes]:
        yield b"retry: 3000\n\n"
        while not self._following.is_over:
            if not await self._following.moved_since(seen, ALIVE_EVERY_S):
                yield ALIVE
                continue
            await asyncio.sleep(PAUSE_S)
            seen = self._following.pictures
            yield MOVED
