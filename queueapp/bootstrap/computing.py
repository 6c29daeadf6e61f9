"""What computes a branch's estimates; the forecaster's process loads it once it has the lease."""

from queueapp.bootstrap import OpenBranch
from queueapp.forecast.readiness import make_ready
from queueapp.operations.forecasting import Forecaster
from queueapp.operations.outlooks import Outlooks
from queueapp.store.learned import SqlMemory
from queueapp.store.promises import SqlPromises


def ready_forecaster(opened: OpenBranch, holder: str) -> Forecaster:
    """The forecaster of ``opened``, compiled; the first time on a machine this takes long."""
    make_ready()
    return Forecaster(
        opened.store,
        opened.id,
        holder,
        opened.clock,
        memory=SqlMemory(opened.store),
        outlooks=Outlooks(opened.id, SqlPromises(opened.store)),
    )
