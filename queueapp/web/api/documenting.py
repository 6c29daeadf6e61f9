"""How the API describes itself: every answer, also those that say why not."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from queueapp.web.api.models import ProblemAnswer
from queueapp.web.problems import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]

_WHY = {
    HTTPStatus.BAD_REQUEST: "The body is no text that could be read.",
    HTTPStatus.UNAUTHORIZED: "No key, or none that is good.",
    HTTPStatus.FORBIDDEN: "The key, or the staff member it acts for, may not do this.",
    HTTPStatus.NOT_FOUND: "There is no such thing in this branch.",
    HTTPStatus.CONFLICT: "The rules do not allow it now; the sentence says why.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "More was sent than a request may have.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "What was sent cannot be read.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too fast: Retry-After says when to come again.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database does not answer: send the same again.",
}
ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def problems(*more: HTTPStatus) -> Responses:
    """The refusals of one operation: those that any may give, and ``more``."""
    return {
        status.value: {
            "description": _WHY[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*ALWAYS, *more})
    }


def describe(app: FastAPI) -> None:
    """Let ``app`` describe itself, problems included."""
    app.openapi = _describer(app)  # type: ignore[method-assign] # FastAPI's own way to extend it


def _describer(app: FastAPI) -> Callable[[], dict[str, Any]]:
    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title="queueapp",
                version=app.version,
                description="One branch: its tickets, counters, services and what happens there.",
                routes=app.routes,
            )
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = ProblemAnswer.model_json_schema()
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            app.openapi_schema = schema
        return app.openapi_schema

    return description
