"""A web server for measurements: a branch of its own behind it, in processes of its own."""

import asyncio
import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import psutil

from queueapp.benchmarks.bench_branch import BenchBranch

HOST = "127.0.0.1"
START_S = 60.0
"""How long the server may take to listen."""


@contextmanager
def server(branch: BenchBranch, *, forecaster: bool) -> Iterator[tuple[int, psutil.Process]]:
    """A server for ``branch`` in a process of its own: its port, and the process.

    ``forecaster``: with one beside it that estimates every wait, as ``queueapp web`` has.
    """
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    child = context.Process(target=_serve, args=(branch, its, forecaster))
    child.start()
    try:
        if not ours.poll(START_S):
            raise RuntimeError("the server did not start")
        yield ours.recv(), psutil.Process(child.pid)
    finally:
        ours.send("end")
        child.join(START_S)


def _serve(branch: BenchBranch, pipe: Connection, forecaster: bool) -> None:  # noqa: FBT001 - for a process
    """Serve until the other end of ``pipe`` says otherwise."""
    from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper  # noqa: PLC0415
    from queueapp.bootstrap.web import web_context  # noqa: PLC0415 - only this process serves
    from queueapp.web.application import WebApplication  # noqa: PLC0415
    from queueapp.web.context import WebLimits  # noqa: PLC0415
    from queueapp.web.server import WebServer  # noqa: PLC0415

    opened = branch.open()
    keeper = ForecasterKeeper(opened, branch.settings)
    if forecaster:
        keeper.start()
    limits = WebLimits(requests_per_second=1_000_000, streams=20_000)
    application = WebApplication(web_context(opened, branch.settings, limits=limits))
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen(4096)
        serving = WebServer(application, HOST, listening.getsockname()[1])

        async def run() -> None:
            task = asyncio.create_task(serving.serve([listening]))
            await asyncio.to_thread(serving.listening.wait)
            pipe.send(listening.getsockname()[1])
            await asyncio.to_thread(pipe.recv)
            serving.should_exit = True
            await task

        with asyncio.Runner(loop_factory=serving.config.get_loop_factory()) as runner:
            runner.run(run())  # on the loop that `queueapp web` runs on
    if forecaster:
        keeper.stop()
    opened.store.close()
