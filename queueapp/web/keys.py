"""Who may use the API: keys as the branch keeps them, read anew every second."""

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request

from queueapp.domain.access import ApiKey, Scope, id_of, is_key
from queueapp.domain.words import BranchId, sentence
from queueapp.language import Language
from queueapp.operations.web_ports import WebStore
from queueapp.web.pace import Pace
from queueapp.web.problems import Problem

READ_EVERY_S = 1.0
"""A key that was revoked is good for no longer than this."""

NO_KEY = sentence("This needs a key: Authorization: Bearer …")
WRONG_KEY = sentence("There is no such key, or it was revoked.")
WRONG_SCOPE = sentence('This key is not good for this: it needs the scope "{scope}".')
TOO_FAST = sentence("Too many requests with this key.")


class KeyRing:
    """The keys of one branch."""

    def __init__(self, store: WebStore, branch: BranchId, pace: Pace) -> None:
        self._store = store
        self._branch = branch
        self._pace = pace
        self._keys: dict[str, ApiKey] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def require(
        self, request: Request, scope: Scope, speak: Callable[[Request], Language]
    ) -> ApiKey:
        """The key that ``request`` brought, when it is good for ``scope``.

        Raises :class:`~queueapp.web.problems.Problem`: 401 without a good key, 403 without the
        scope, 429 when it is used too fast. ``speak`` gives the language of whoever is refused.
        """
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not key.strip():
            raise _unknown(speak(request).text(NO_KEY))
        key = key.strip()
        key_id = id_of(key)
        known = (await self._known()).get(key_id) if key_id else None
        if known is None or not is_key(known, key):
            raise _unknown(speak(request).text(WRONG_KEY))
        if scope not in known.scopes:
            raise Problem(
                HTTPStatus.FORBIDDEN,
                speak(request).text(WRONG_SCOPE, scope=scope),
                reason="wrong_scope",
            )
        wait = self._pace.take(known.id)
        if wait > 0:
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                speak(request).text(TOO_FAST),
                headers={"Retry-After": str(max(1, round(wait)))},
            )
        return known

    def forget(self) -> None:
        """Read the keys anew for the next request."""
        self._read_at = float("-inf")

    async def _known(self) -> dict[str, ApiKey]:
        if not self._is_old():
            return self._keys
        async with self._reading:
            if self._is_old():
                keys = await asyncio.to_thread(self._store.api_keys, self._branch)
                self._keys = {key.id: key for key in keys}
                self._read_at = time.monotonic()
        return self._keys

    def _is_old(self) -> bool:
        return time.monotonic() - self._read_at > READ_EVERY_S


def _unknown(detail: str) -> Problem:
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        detail,
        reason="key_unknown",
        headers={"WWW-Authenticate": "Bearer"},
    )
