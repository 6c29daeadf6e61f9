"""What every operation of the API is asked with: a key, and perhaps a command's own id."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Path, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.words import CommandId
from queueapp.operations.commands import new_command_id
from queueapp.web.office import Office


def key_for(office: Office, scope: Scope) -> Callable[..., Awaitable[ApiKey]]:
    """A dependency: the key of the request, when it is good for ``scope``."""
    bearer = HTTPBearer(auto_error=False, scheme_name="key", description="qk_…")

    async def key(
        request: Request,
        _sent: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
    ) -> ApiKey:
        return await office.require(request, scope)

    return key


async def command_id(
    idempotency_key: Annotated[
        UUID | None,
        Header(
            alias="Idempotency-Key",
            description="A UUID of your own: sent twice with it, a command is done once.",
        ),
    ] = None,
) -> CommandId:
    """The id of the command: the one that was sent, or a new one."""
    return new_command_id() if idempotency_key is None else CommandId(idempotency_key)


OwnCommandId = Annotated[CommandId, Depends(command_id)]
CounterPath = Annotated[int, Path(ge=1, le=9999, description="The counter's number.")]
