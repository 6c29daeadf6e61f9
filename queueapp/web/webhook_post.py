"""The way to other systems; loaded with a branch's first webhook, for it takes half a second."""

from collections.abc import Mapping
from datetime import timedelta

import httpx


class WebhookPost:
    """Takes what is told to its address; a receiver has ``patience`` to answer."""

    def __init__(self, *, patience: timedelta) -> None:
        self._client = httpx.AsyncClient(timeout=patience.total_seconds(), trust_env=False)

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the receiver at ``url`` took ``body``."""
        try:
            answer = await self._client.post(url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.is_success

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()
