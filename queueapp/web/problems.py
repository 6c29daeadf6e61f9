"""What went wrong, as RFC 9457 has it (``application/problem+json``), in a sentence for people."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.operations.ports import StoreUnavailable

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = "2"

NOT_THERE = frozenset(
    {
        Reason.TICKET_UNKNOWN,
        Reason.SERVICE_UNKNOWN,
        Reason.CATEGORY_UNKNOWN,
        Reason.COUNTER_UNKNOWN,
        Reason.OUTCOME_UNKNOWN,
        Reason.WEBHOOK_UNKNOWN,
        Reason.APPOINTMENT_UNKNOWN,
    }
)
FORBIDDEN = frozenset(
    {
        Reason.NOT_PERMITTED,
        Reason.STAFF_UNKNOWN,
        Reason.STAFF_MISSING,
        Reason.STAFF_LOCKED,
        Reason.JOIN_NOT_ALLOWED,
        Reason.JOIN_CODE_WRONG,
        Reason.JOIN_CODE_OVER,
    }
)

AWAY = sentence("The database does not answer. Nothing was lost: please try again in a moment.")
NO_PAGE = sentence("There is nothing at this address.")
UNEXPECTED = sentence("Something went wrong that should not have. It was written down.")


class Problem(Exception):  # noqa: N818 - it is an answer
    """An answer that says why not; ``detail`` is in the reader's language already."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        reason: str = "",
        headers: Mapping[str, str] | None = None,
        errors: list[dict[str, Any]] | None = None,
    ) -> None:
        self.status = status
        self.detail = detail
        self.reason = reason
        self.headers = dict(headers or {})
        self.errors = errors
        super().__init__(detail)


def problem_response(problem: Problem) -> Response:
    """``problem`` as a program reads it."""
    facts: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
    }
    if problem.reason:
        facts["reason"] = problem.reason
    if problem.errors is not None:
        facts["errors"] = problem.errors
    return Response(
        json.dumps(facts, ensure_ascii=False),
        status_code=problem.status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


def problem_of_refusal(refused: Refused, language: Language) -> Problem:
    """Why the rules do not allow it."""
    if refused.reason in NOT_THERE:
        status = HTTPStatus.NOT_FOUND
    elif refused.reason in FORBIDDEN:
        status = HTTPStatus.FORBIDDEN
    else:
        status = HTTPStatus.CONFLICT
    return Problem(status, language.refusal(refused), reason=refused.reason.name.lower())


def problem_of(error: Exception, language: Language) -> Problem:
    """What to answer after ``error``; what nobody foresaw goes to the log as well."""
    match error:
        case Problem():
            return error
        case Refused():
            return problem_of_refusal(error, language)
        case StoreUnavailable():
            return Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                language.text(AWAY),
                reason="store_unavailable",
                headers={"Retry-After": RETRY_AFTER_S},
            )
        case RequestValidationError():
            return _unreadable(error)
        case HTTPException():
            status = HTTPStatus(error.status_code)
            detail = language.text(NO_PAGE) if status is HTTPStatus.NOT_FOUND else status.phrase
            return Problem(status, detail, headers=error.headers)
    logging.getLogger(__name__).error("a request failed", exc_info=error)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, language.text(UNEXPECTED))


def _unreadable(error: RequestValidationError) -> Problem:
    # What was sent is not sent back: it may be large, or no text at all.
    errors = [
        {"at": [str(part) for part in each["loc"]], "error": each["msg"]} for each in error.errors()
    ]
    sentences = "; ".join(f"{'.'.join(each['at'])}: {each['error']}" for each in errors)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentences, errors=errors)
