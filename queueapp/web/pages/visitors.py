"""Customers who come to a page without a ticket: what they read, and how many of them may come."""

from http import HTTPStatus

from fastapi import Request

from queueapp.language import Language
from queueapp.web.asking import language_code
from queueapp.web.client_address import neighbourhood_of
from queueapp.web.office import Office
from queueapp.web.problems import Problem


def language_of_visitor(office: Office, request: Request) -> Language:
    """The one asked for, of those that the branch speaks."""
    context, known = office.context, office.live.branch.languages
    usual = context.language if context.language in known else known[0]
    return context.language_of(language_code(request, known, usual))


def refuse_too_many(office: Office, request: Request, why: str) -> None:
    """Refuse, with ``why``, when too many already came lately from where the request does."""
    wait = office.new_tickets.take(neighbourhood_of(request.scope))
    if wait > 0:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            why,
            headers={"Retry-After": str(max(1, round(wait)))},
        )
