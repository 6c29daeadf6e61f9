"""A client over HTTP that costs next to nothing: client and server share this machine's cores."""

import asyncio
import json
from http import HTTPStatus
from typing import Any, Self

LONGEST_ANSWER = 2**18
LENGTH = b"content-length:"


class WebClient:
    """One connection that is kept, with one key; one request at a time."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, key: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._head = f"Host: {host}\r\nAuthorization: Bearer {key}\r\n"

    @classmethod
    async def connect(cls, host: str, port: int, key: str) -> Self:
        """A client of the server at ``host`` and ``port``."""
        reader, writer = await asyncio.open_connection(host, port, limit=LONGEST_ANSWER)
        return cls(reader, writer, host, key)

    async def post(
        self, address: str, facts: dict[str, str] | None = None
    ) -> tuple[HTTPStatus, dict[str, Any]]:
        """Send ``facts`` as JSON, or nothing; the status and what was answered."""
        body = b"" if facts is None else json.dumps(facts).encode()
        kind = "Content-Type: application/json\r\n" if body else ""
        head = f"POST {address} HTTP/1.1\r\n{self._head}{kind}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        status, *fields = (await self._reader.readuntil(b"\r\n\r\n")).splitlines()
        [length] = (int(each[len(LENGTH) :]) for each in fields if each.lower().startswith(LENGTH))
        answer: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return HTTPStatus(int(status.split()[1])), answer

    def close(self) -> None:
        """End the connection."""
        self._writer.close()
