"""What a kiosk may offer: the ways to queue and the services, with what is to be known of each."""

from dataclasses import replace
from datetime import datetime

from kiosk.card import CardWords
from queueapp.domain.branch import Branch, Category, Service
from queueapp.domain.estimate import Estimate, Forecast
from queueapp.domain.hours import is_service_open, why_closed
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CategoryCode, Text, sentence
from queueapp.language import Language
from queueapp.language.openings import CLOSED, as_sentence, closed, next_time
from queueapp.language.week import opening_hours

FULL = sentence("Full for now")
WAIT = sentence("Wait: {range}")
GO_SOONER = sentence("Go sooner")
BETWEEN = sentence(", ")
MOST_LISTED = 3
NOBODY_WAITS = sentence("Nobody is waiting")


def sooner_categories(branch: Branch) -> tuple[Category, ...]:
    """Why customers may ask to go sooner."""
    return tuple(
        category
        for category in _further_categories(branch)
        if category.at_kiosk and not category.by_appointment
    )


def appointment_categories(branch: Branch) -> tuple[Category, ...]:
    """How customers may say that they have an appointment."""
    return tuple(
        category
        for category in _further_categories(branch)
        if category.at_kiosk and category.by_appointment
    )


def _further_categories(branch: Branch) -> tuple[Category, ...]:
    usual = branch.usual_category
    return tuple(category for category in branch.categories if category is not usual)


def service_card(
    service: Service,
    category: CategoryCode,
    live: LiveBranch,
    now: datetime,
    languages: tuple[Language, ...],
) -> CardWords:
    """A service for customers of ``category``; ``languages``: whoever reads, then the others."""
    language = languages[0]
    refused = why_not(service, live, now, language)
    opens = as_sentence(next_time(service, live, now, language))
    waiting = people_waiting(len(live.waiting_for(service.code)), language)
    forecast = live.forecast_arriving(service.code, category, now)
    details: tuple[str, ...] = (waiting, opens or wait_words(forecast, language))
    if refused:
        # When it opens says already that it is closed; a holiday's name is news.
        is_said = opens and refused == language.text(CLOSED)
        details = tuple(said for said in ("" if is_said else refused, opens) if said)
    return CardWords(
        title=language.name(service.name),
        other_title=other_name(service.name, languages),
        details=details,
        enabled=not refused,
        says=_said(service, live.branch, now, opens, language) if refused else "",
    )


def _said(service: Service, branch: Branch, now: datetime, opens: str, language: Language) -> str:
    """What somebody is told who touches the card of ``service`` although nobody can have it."""
    if is_service_open(branch, service, now):
        return language.refusal(Refused(Reason.SERVICE_FULL, service=service.name))
    refused = language.refusal(why_closed(branch, service, now))
    said = f"{refused} {opens}." if opens else refused
    hours = opening_hours(service, language) if service.is_open else []
    return "\n".join([said, *([""] if hours else []), *hours])


def sooner_card(
    categories: tuple[Category, ...], key: str, languages: tuple[Language, ...]
) -> CardWords:
    """The way to go sooner, with the reasons that count."""
    language = languages[0]
    if len(categories) > 1:
        names = _listed([language.name(category.name) for category in categories], language)
        return replace(said(GO_SOONER, key, languages), details=(names,))
    (category,) = categories
    reasons = [language.name(reason) for reason in category.reasons]
    return replace(
        named(category.name, languages),
        key=language.digits(key),
        details=(_listed(reasons, language),) if reasons else (),
    )


def said(message: str, key: str, languages: tuple[Language, ...], *, detail: str = "") -> CardWords:
    """A card that says ``message``, and ``detail`` (a message too) below it."""
    language = languages[0]
    return CardWords(
        title=language.text(message),
        other_title=other_text(message, languages),
        details=(language.text(detail),) if detail else (),
        key=language.digits(key),
    )


def named(name: Text, languages: tuple[Language, ...]) -> CardWords:
    """A card with something that the branch named itself."""
    return CardWords(title=languages[0].name(name), other_title=other_name(name, languages))


def _listed(names: list[str], language: Language) -> str:
    listed = language.text(BETWEEN).join(names[:MOST_LISTED])
    return f"{listed}…" if len(names) > MOST_LISTED else listed


def why_not(service: Service, live: LiveBranch, now: datetime, language: Language) -> str:
    """Why nobody can take a ticket for ``service`` now; empty: they can."""
    is_closed = closed(service, live, now, language)
    if is_closed:
        return is_closed
    if service.capacity is not None and len(live.waiting_for(service.code)) >= service.capacity:
        return language.text(FULL)
    return ""


def people_waiting(count: int, language: Language) -> str:
    """How many wait, in words."""
    if count == 0:
        return language.text(NOBODY_WAITS)
    return language.plural("{count} person waiting", "{count} people waiting", count)


def wait_words(forecast: Forecast, language: Language) -> str:
    """How long it will take, or in words why nobody knows."""
    if isinstance(forecast, Estimate):
        return language.text(WAIT, range=language.range(forecast))
    return language.forecast(forecast)


def other_name(name: Text, languages: tuple[Language, ...]) -> str:
    """What the branch calls it in its next language; empty when that is the same."""
    own = languages[0].name(name)
    others = [language.name(name) for language in languages[1:]]
    return next((other for other in others if other != own), "")


def other_text(message: str, languages: tuple[Language, ...]) -> str:
    """``message`` in the branch's next language."""
    return next((language.text(message) for language in languages[1:]), "")
