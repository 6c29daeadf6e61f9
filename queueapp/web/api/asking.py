"""What every operation of the API is asked with: a key, and perhaps a command's own id."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Path, Request, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic.json_schema import SkipJsonSchema

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.words import CommandId
from queueapp.operations.commands import new_command_id
from queueapp.web.office import Office
from queueapp.web.problems import Problem


def key_for(office: Office, scope: Scope) -> Callable[..., Awaitable[ApiKey]]:
    """A dependency: the key of the request, when it is good for ``scope``."""
    bearer = HTTPBearer(auto_error=False, scheme_name="key", description="qk_…")

    async def key(
        request: Request,
        _sent: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
    ) -> ApiKey:
        known = await office.require(request, scope)
        _refuse_unknown_questions(request)
        return known

    return key


def _refuse_unknown_questions(request: Request) -> None:
    """A slip of the pen in a query is said, not ignored."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    known = {field.alias for field in route.dependant.query_params}
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"There is no query parameter {unknown[0]!r} here.",
            reason="unknown_parameter",
        )


async def command_id(
    idempotency_key: Annotated[
        UUID | SkipJsonSchema[None],
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
