"""The process that computes a branch's estimates; the only one that loads numpy and numba."""

from typing import BinaryIO
from uuid import uuid4

from queueapp.bootstrap import OpenBranch
from queueapp.bootstrap.child_keeper import end_of
from queueapp.bootstrap.followed import followed
from queueapp.forecast.readiness import make_ready
from queueapp.operations.forecasting import Forecaster
from queueapp.operations.outlooks import Outlooks
from queueapp.store.learned import SqlMemory
from queueapp.store.promises import SqlPromises


def run_forecaster(opened: OpenBranch, until_end_of: BinaryIO) -> None:
    """Compute and publish estimates until ``until_end_of`` ends; a terminal holds its other end."""
    # Compiling takes ten seconds or more, once a machine: a lease would lapse meanwhile.
    make_ready()
    forecaster = Forecaster(
        opened.store,
        opened.id,
        uuid4().hex,
        opened.clock,
        memory=SqlMemory(opened.store),
        outlooks=Outlooks(opened.id, SqlPromises(opened.store)),
    )
    with followed(opened) as picture:
        forecaster.run(picture.latest, end_of(until_end_of))
