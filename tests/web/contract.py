"""Asks the HTTP API everything its OpenAPI document allows: ``python -m tests.web.contract``.

Schemathesis makes the requests, right ones and wrong ones, and looks at each answer: no server
error, no answer that the document does not tell, no right request refused as unreadable, nothing
answered without a key. ``--cases`` says how many in all.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from queueapp.domain.access import Scope
from queueapp.domain.appointment import Source
from queueapp.operations.appointment_commands import BookAppointment
from tests.domain.samples import LINES, SARA
from tests.operations.office import Office, open_office
from tests.web.booked import slot, take_appointments
from tests.web.sites import Site, serving

ENDLESS = "/api/v1/events"
"""A stream never ends: its own stories look at it."""
MODES = ("positive", "negative")


@dataclass
class Checked:
    """What was asked, and what was found wrong."""

    cases: int = 0
    failures: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


def check(cases: int, *, seed: int = 20261122) -> Checked:
    """About ``cases`` requests, shared evenly by all operations."""
    checked = Checked()
    with a_busy_site() as site:
        key = site.key(*Scope, staff=SARA)
        schema = schemathesis.openapi.from_url(f"{site.url}/api/v1/openapi.json")
        every: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr] # a document that cannot be read fails here
        operations = [operation for operation in every if operation.path != ENDLESS]
        each = -(-cases // (len(operations) * len(MODES)))
        for operation in operations:
            for mode in MODES:
                _ask(site, operation, mode, each, seed, key, checked)
    return checked


@contextmanager
def a_busy_site() -> Iterator[Site]:
    """A branch with somebody in every state."""
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(f"sqlite:///{Path(folder) / 'queueapp.db'}")
        _fill(office)
        with serving(office) as site:
            site.caught_up()
            yield site
        office.store.close()


def _fill(office: Office) -> None:
    take_appointments(office)
    office.do(
        BookAppointment(
            service=LINES, starts_at=slot(office, 12, 30), source=Source.API, language="fa"
        )
    )
    office.sign_on()
    for _ in range(4):
        office.issue()
    served = office.serve()
    office.finish()
    office.rate(served, 2)
    office.call()


def _ask(
    site: Site,
    operation: Any,  # noqa: ANN401 - schemathesis' own, generic in what no caller knows
    mode: str,
    each: int,
    seed: int,
    key: dict[str, str],
    checked: Checked,
) -> None:
    kind = schemathesis.GenerationMode(mode)
    cases = operation.as_strategy(generation_mode=kind)

    @seeded(seed)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: Any) -> None:  # noqa: ANN401 - as above
        checked.cases += 1
        try:
            answer = case.call(base_url=site.url, headers=key)
            status = answer.status_code
            checked.statuses[status] = checked.statuses.get(status, 0) + 1
            case.validate_response(answer, headers=key)
        except (schemathesis.errors.SchemathesisError, AssertionError) as error:
            checked.failures.append(_told(operation, mode, case, error))
        except BaseExceptionGroup as group:
            checked.failures.append(_told(operation, mode, case, group.exceptions[0]))

    ask()


def _told(operation: Any, mode: str, case: Any, error: BaseException) -> str:  # noqa: ANN401 - as above
    sent = {"path": case.path_parameters, "query": case.query, "body": case.body}
    return f"{operation.label} ({mode}), sent {sent}: {error}"


def main() -> int:
    """Ask, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261122)
    chosen = parser.parse_args()
    checked = check(chosen.cases, seed=chosen.seed)
    sys.stdout.write(f"{checked.cases} cases, answers {dict(sorted(checked.statuses.items()))}\n")
    for failure in checked.failures:
        sys.stdout.write(f"\n{failure}\n")
    sys.stdout.write(f"{len(checked.failures)} failures\n")
    return bool(checked.failures)


if __name__ == "__main__":
    sys.exit(main())
