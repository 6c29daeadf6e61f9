"""Getting the simulation ready before anybody waits for it."""

from datetime import UTC, datetime, timedelta

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
from queueapp.forecast.waits import forecast

_ANY_TIME = datetime(2026, 1, 1, 12, tzinfo=UTC)


def make_ready() -> None:
    """Load the compiled simulation; the first time on a machine, compile it."""
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
    forecast(empty, _ANY_TIME, replicates=1)
