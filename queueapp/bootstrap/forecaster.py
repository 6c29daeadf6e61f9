"""The process that computes a branch's estimates; the only one that loads numpy and numba."""

from typing import BinaryIO
from uuid import uuid4

from queueapp.bootstrap import OpenBranch
from queueapp.bootstrap.child_keeper import end_of
from queueapp.bootstrap.followed import followed
from queueapp.operations.forecaster_lease import lease_kept, wait_for_lease


def run_forecaster(opened: OpenBranch, until_end_of: BinaryIO) -> None:
    """Compute and publish estimates until ``until_end_of`` ends; a terminal holds its other end.

    While another process computes, this one waits for the lease and loads nothing: beside every
    forecaster there may be one such process for each terminal.
    """
    holder, ended = uuid4().hex, end_of(until_end_of)
    if not wait_for_lease(opened.store, opened.id, holder, ended):
        return
    # Loading takes a second, compiling ten or more, once a machine: the lease would lapse, and
    # whoever got it then would compile the same beside.
    with lease_kept(opened.store, opened.id, holder):
        from queueapp.bootstrap.computing import ready_forecaster  # noqa: PLC0415 - it loads numba

        forecaster = ready_forecaster(opened, holder)
    with followed(opened) as picture:
        forecaster.run(picture.latest, ended)
