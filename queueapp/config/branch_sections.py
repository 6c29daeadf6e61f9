"""The sections of ``branch.toml``, one function each (see docs/reference/branch-toml.md)."""

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from queueapp.config.booking import read_booking
from queueapp.config.holidays import read_rest
from queueapp.config.names import check_name, read_languages, read_name
from queueapp.config.phone import read_phone
from queueapp.config.roster import read_roster
from queueapp.config.spans import overlap, read_days, read_span
from queueapp.config.toml_table import TomlFile, TomlTable, did_you_mean, shown
from queueapp.domain.branch import (
    NORMAL,
    Branch,
    Category,
    Counter,
    OpeningHours,
    OutcomeChoice,
    Policy,
    Service,
)
from queueapp.domain.numbering import parse_label
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    ServiceCode,
)

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CODE_RULE = "must be small Latin letters, digits and dashes"


def read_sections(file: TomlFile, *, letters_only: bool, folder: Path) -> Branch:
    """The whole file, which lies in ``folder``.

    It means nothing when ``file.problems`` is not empty afterwards.
    """
    top = file.top
    languages = read_languages(top)
    services = _services(top, languages, letters_only=letters_only)
    weekend, holidays = read_rest(top, languages, folder)
    branch = Branch(
        id=BranchId(_id(top)),
        name=read_name(top, "name", languages),
        time_zone=_time_zone(top),
        policy=Policy(
            top.choice("policy", [str(policy) for policy in Policy], default="accumulating")
        ),
        languages=languages,
        public_url=_public_url(top),
        phone=read_phone(top),
        call_is_start=top.flag("call_is_start", default=False),
        auto_call=top.flag("auto_call", default=False),
        hold_limit=top.minutes("hold_limit_minutes", default=15),
        services=services,
        categories=_categories(top, languages),
        counters=_counters(top, {service.code for service in services}),
        outcomes=_outcomes(top, languages),
        shows_accuracy=top.flag("show_accuracy", default=False),
        weekend=weekend,
        holidays=holidays,
    )
    _refuse_services_without_counter(top, branch)
    _refuse_appointments_without_category(top, branch)
    top.refuse_unknown_keys()
    return branch


def _id(top: TomlTable) -> str:
    code = top.text("id", 'a short name for this branch, such as "main"')
    if code and not _CODE.fullmatch(code):
        top.report("id", f"{_CODE_RULE}, not {shown(code)}")
    return code


def _time_zone(top: TomlTable) -> str:
    name = top.text("time_zone", 'a time zone, such as "Asia/Tehran"')
    known = available_timezones() if name else {""}
    if name not in known:
        top.report("time_zone", f"there is no time zone {shown(name)}{did_you_mean(name, known)}")
    return name


def _public_url(top: TomlTable) -> str | None:
    if "public_url" not in top:
        return None
    what = 'an address like "https://queue.example.com"'
    url = top.text("public_url", what)
    if not url:
        return None
    try:
        parts = urlsplit(url)
        is_web_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web_address = False
    if not is_web_address or any(letter.isspace() for letter in url):
        top.report("public_url", f"must be {what}, not {shown(url)}")
    return url.rstrip("/")


def _services(
    top: TomlTable, languages: tuple[str, ...], *, letters_only: bool
) -> tuple[Service, ...]:
    services = []
    for letter, table in top.sections("services", "[services.A]"):
        if letters_only:
            _check_letter(table, letter)
        services.append(_service(ServiceCode(letter), table, languages))
    if not services:
        top.report("services", "a branch needs at least one service: add a section [services.A]")
    return tuple(services)


def _check_letter(service: TomlTable, letter: str) -> None:
    """A letter that a typed ticket number would not lead back to is of no use."""
    label = parse_label(f"{letter}1")
    if label is None or label[0] is None:
        service.file.report(service.path, "the code of a service must be a single letter")
    elif label[0] != letter:
        service.file.report(
            service.path, f"tickets are numbered with the letter {label[0]}: write it so"
        )


def _service(code: ServiceCode, table: TomlTable, languages: tuple[str, ...]) -> Service:
    service = Service(
        code=code,
        name=read_name(table, "name", languages),
        target=table.minutes("target_minutes"),
        mean=table.minutes("mean_minutes"),
        spread=table.minutes("spread_minutes"),
        opening=_opening(table),
        capacity=table.count("capacity"),
        booking=read_booking(table),
    )
    table.refuse_unknown_keys()
    return service


def _opening(service: TomlTable) -> tuple[OpeningHours, ...]:
    opening: list[OpeningHours] = []
    for entry in service.tables("opening", '{ days = "sat-wed", hours = "08:00-14:00" }'):
        days, span = read_days(entry), read_span(entry)
        entry.refuse_unknown_keys()
        if span is None:
            continue
        taken = {hours.weekday for hours in opening if overlap([hours.span, span])}
        clashing = [day for day in days if day in taken]
        if clashing:
            entry.report("hours", f"overlaps other hours on {clashing[0].name.title()}")
        opening.extend(OpeningHours(weekday=day, span=span) for day in days)
    return tuple(sorted(opening, key=lambda hours: (hours.weekday, hours.span.starts)))


def _categories(top: TomlTable, languages: tuple[str, ...]) -> tuple[Category, ...]:
    categories = []
    for code, table in top.sections("categories", "[categories.normal]"):
        if not _CODE.fullmatch(code):
            top.file.report(table.path, f"{_CODE_RULE}, not {shown(code)}")
        categories.append(_category(CategoryCode(code), table, languages))
    if NORMAL not in {category.code for category in categories}:
        top.report(
            "categories",
            f"the category for everybody else is missing: add a section [categories.{NORMAL}]",
        )
    return tuple(categories)


def _category(code: CategoryCode, table: TomlTable, languages: tuple[str, ...]) -> Category:
    reasons = tuple(
        check_name(table.file, path, item, languages) for path, item in table.items("reasons")
    )
    by_appointment = table.flag("by_appointment", default=False)
    category = Category(
        code=code,
        name=read_name(table, "name", languages),
        weight=table.number("weight", "number", default=1),
        head_start=table.minutes("head_start_minutes", default=0, at_least=0),
        needs_reason=table.flag("needs_reason", default=bool(reasons)),
        reasons=reasons,
        by_appointment=by_appointment,
        at_kiosk=table.flag("at_kiosk", default=not by_appointment),
    )
    if category.needs_reason and not reasons and "reasons" not in table:
        table.report("needs_reason", "needs a list of reasons to choose from: add reasons = [ … ]")
    if code == NORMAL and category.needs_reason:
        table.report("needs_reason", "the normal category is for those who give no reason")
    if code == NORMAL and by_appointment:
        table.report("by_appointment", "the normal category is for those who just come")
    table.refuse_unknown_keys()
    return category


def _counters(top: TomlTable, known: Collection[ServiceCode]) -> tuple[Counter, ...]:
    services_of: dict[CounterNumber, tuple[ServiceCode, ...]] = {}
    for name, table in top.sections("counters", "[counters.1]"):
        services = _ranked_services(table, known)
        table.refuse_unknown_keys()
        if not (name.isdecimal() and int(name) >= 1):
            top.file.report(table.path, "the name of a counter must be its number, from 1")
        elif int(name) in services_of:
            top.file.report(table.path, f"counter {int(name)} is there twice")
        else:
            services_of[CounterNumber(int(name))] = services
    if not services_of and "counters" not in top:
        top.report("counters", "a branch needs at least one counter: add a section [counters.1]")
    roster = read_roster(top, list(services_of))
    return tuple(
        Counter(number=number, services=services, roster=roster[number])
        for number, services in sorted(services_of.items())
    )


def _ranked_services(table: TomlTable, known: Collection[ServiceCode]) -> tuple[ServiceCode, ...]:
    if (
        table.require("services", 'what it serves, best first, such as services = ["A", "B"]')
        is None
    ):
        return ()
    items = table.items("services")
    services: list[ServiceCode] = []
    for path, item in items:
        if not isinstance(item, str) or item not in known:
            guess = did_you_mean(item, known)
            table.file.report(path, f"there is no service {shown(item)} in this file{guess}")
        elif item in services:
            table.file.report(path, f"service {item} is there twice")
        else:
            services.append(ServiceCode(item))
    if not items and isinstance(table.get("services"), list):
        table.report("services", "a counter must serve at least one service")
    return tuple(services)


def _outcomes(top: TomlTable, languages: tuple[str, ...]) -> tuple[OutcomeChoice, ...]:
    value = top.get("outcomes")
    if value is None:
        return ()
    if not isinstance(value, dict):
        top.report("outcomes", f"must be a section [outcomes], not {shown(value)}")
        return ()
    outcomes = []
    for code, name in value.items():
        path = ("outcomes", code)
        if not _CODE.fullmatch(code):
            top.file.report(path, f"{_CODE_RULE}, not {shown(code)}")
        outcomes.append(
            OutcomeChoice(code=OutcomeCode(code), name=check_name(top.file, path, name, languages))
        )
    return tuple(outcomes)


def _refuse_services_without_counter(top: TomlTable, branch: Branch) -> None:
    for service in branch.services:
        if not branch.counters_serving(service.code):
            top.file.report(
                ("services", service.code),
                "no counter serves it: add its letter to the services of a counter",
            )


def _refuse_appointments_without_category(top: TomlTable, branch: Branch) -> None:
    if any(category.by_appointment for category in branch.categories):
        return
    for service in branch.services:
        if service.booking is not None:
            top.file.report(
                ("services", service.code, "booking"),
                "whoever has an appointment needs a category: add by_appointment = true to one",
            )
