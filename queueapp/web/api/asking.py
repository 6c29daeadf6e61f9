"""What every operation of the API is asked with: a key, and perhaps a command's own id."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Header, Path, Request
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic.json_schema import SkipJsonSchema

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.words import CommandId
from queueapp.operations.commands import new_command_id
from queueapp.web.office import Office
from queueapp.web.problems import Problem


class KeyFor(HTTPBearer):
    """Finds the key of a request.

    It describes itself in the document as the bearer scheme that it is, and is asked in one step:
    each further dependency costs a request as much as looking a key up.
    """

    def __init__(self, office: Office, scope: Scope) -> None:
        super().__init__(scheme_name="key", description="qk_…")
        self._office = office
        self._scope = scope

    async def __call__(self, request: Request) -> ApiKey:  # type: ignore[override] # what is found
        """The key; raises :class:`~queueapp.web.problems.Problem` as the key ring does."""
        known = await self._office.require(request, self._scope)
        if request.scope["query_string"]:
            _refuse_unknown_questions(request)
        return known


def key_for(office: Office, scope: Scope) -> KeyFor:
    """A dependency: the key of the request, when it is good for ``scope``."""
    return KeyFor(office, scope)


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


OwnCommandId = Annotated[
    UUID | SkipJsonSchema[None],
    Header(
        alias="Idempotency-Key",
        description="A UUID of your own: sent twice with it, a command is done once.",
    ),
]
CounterPath = Annotated[int, Path(ge=1, le=9999, description="The counter's number.")]


def own_or_new(sent: UUID | None) -> CommandId:
    """The id of the command: the one that was sent, or a new one."""
    return new_command_id() if sent is None else CommandId(sent)
