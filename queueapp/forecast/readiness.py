"""Getting the simulation ready before anybody waits for it."""

from datetime import UTC, datetime, timedelta

from queueapp.config.caches import keep_latest
from queueapp.domain.branch import Branch, Category, Counter, Service
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    Revision,
    ServiceCode,
    Text,
)
from queueapp.forecast.waits import predict

VERSIONS_KEPT = 3
"""So many versions' machine code stays on a machine: some 12 MB each."""
_ANY_TIME = datetime(2026, 1, 1, 12, tzinfo=UTC)


def make_ready() -> None:
    """Load the compiled simulation; the first time on a machine, compile it.

    Of the machine code of other versions, that of the two used last is kept.
    """
    service = Service(
        code=ServiceCode("A"),
        name=Text(),
        target=timedelta(minutes=10),
        mean=timedelta(minutes=5),
        spread=timedelta(minutes=3),
    )
    branch = Branch(
        id=BranchId("any"),
        name=Text(),
        time_zone="UTC",
        services=(service,),
        categories=(Category(code=CategoryCode("normal"), name=Text()),),
        counters=(Counter(number=CounterNumber(1), services=(service.code,)),),
    )
    empty = LiveBranch(branch=branch, revision=Revision(0), day=_ANY_TIME.date())
    predict(empty, _ANY_TIME, replicates=1)
    # Only who computes anyway loads numba.
    from queueapp.forecast.compiled import machine_code_folder  # noqa: PLC0415

    keep_latest(machine_code_folder(), most=VERSIONS_KEPT)
