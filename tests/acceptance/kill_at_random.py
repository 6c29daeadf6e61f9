"""Kill working desks at random moments and count what was lost: nothing may be.

``python -m tests.acceptance.kill_at_random --kills 200`` does it on SQLite and on a real PostgreSQL
and prints the figures; ``--db`` does it on a database of yours, in a branch of its own.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from queueapp.domain.words import CounterNumber
from queueapp.store import schema
from queueapp.store.store import SqlStore
from tests.databases import start_postgres
from tests.store.busy_hall import Hall, build_hall, serve_everybody, work_until_killed

DESKS = 3
LONGEST_LIFE_S = 0.2
READY_PATIENCE_S = 60


@dataclass
class Desk:
    """One desk: its clerk signs on again, in a new process, whenever the old one was killed."""

    hall: Hall
    counter: CounterNumber
    told: list[str] = field(default_factory=list)
    """The tickets that customers were given before the process died."""

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Work in a new process; returns when the clerk is at work again."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([work_until_killed.__module__])
        self._hears, tells = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(self.hall, self.counter, tells))
        self._process.start()
        tells.close()
        if not (self._hears.poll(READY_PATIENCE_S) and self._hears.recv() == ""):
            raise TimeoutError(f"nobody could sign on at counter {self.counter}")

    def kill(self) -> None:
        """End the process where it stands, as a power cut would."""
        self._process.kill()
        self._process.join()
        with suppress(EOFError):
            while True:
                self.told.append(self._hears.recv())


def kill_desks(hall: Hall, kills: int, seed: int) -> dict[str, Any]:
    """Kill ``kills`` times, then let everybody be served, and count."""
    chance = random.Random(seed)
    desks = [Desk(hall, CounterNumber(number)) for number in range(1, hall.desks + 1)]
    back: list[float] = []
    for _ in range(kills):
        time.sleep(chance.uniform(0, LONGEST_LIFE_S))  # a moment that nobody chose
        desk = chance.choice(desks)
        desk.kill()
        killed = time.monotonic()
        desk.start()
        back.append(time.monotonic() - killed)
    for desk in desks:
        desk.kill()
    in_the_middle = hall.audit()
    serve_everybody(hall)
    audit = hall.audit()
    told = [label for desk in desks for label in desk.told]
    return {
        "kills": kills + len(desks),
        "tickets": len(audit.labels),
        "given_twice": len(told) - len(set(told)),
        "given_but_lost": len(set(told) - audit.labels),
        "lost": audit.lost,
        "duplicate_numbers": audit.duplicate_numbers,
        "missing_numbers": audit.missing_numbers,
        "called_twice": audit.called_twice,
        "two_in_hand": in_the_middle.two_in_hand,
        "stuck": audit.unfinished,
        "back_at_work_ms": {
            "median": round(sorted(back)[len(back) // 2] * 1000),
            "longest": round(max(back) * 1000),
        },
    }


WRONG = (
    "given_twice",
    "given_but_lost",
    "lost",
    "duplicate_numbers",
    "missing_numbers",
    "called_twice",
    "two_in_hand",
    "stuck",
)
"""The figures that may be nothing but 0."""


def kill_on(url: str, kills: int, seed: int) -> dict[str, Any]:
    """The figures of ``kills`` killings in a new branch of the database at ``url``."""
    store = SqlStore(url)
    schema.upgrade(store.writing)
    hall = build_hall(store, DESKS)
    store.close()
    return kill_desks(hall, kills, seed)


def main() -> int:
    """The command; 1 when a figure that has to be 0 is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--db", help="an address; without it, a fresh SQLite and a fresh PostgreSQL"
    )
    asked = parser.parse_args()
    is_wrong = False
    with _databases(asked.db) as databases:
        for kind, url in databases.items():
            figures = kill_on(url, asked.kills, asked.seed)
            print(json.dumps({"database": kind, "seed": asked.seed, **figures}))  # noqa: T201
            is_wrong = is_wrong or any(figures[name] for name in WRONG)
    return int(is_wrong)


@contextmanager
def _databases(url: str | None) -> Iterator[dict[str, str]]:
    if url is not None:
        yield {"given": url}
        return
    with tempfile.TemporaryDirectory() as folder:
        server = start_postgres(Path(folder) / "postgres")
        with server.fresh_database() as fresh:
            yield {"sqlite": f"sqlite:///{folder}/queueapp.db", "postgresql": fresh}


def _work(hall: Hall, counter: CounterNumber, tells: Connection) -> None:
    work_until_killed(hall, counter, tells.send)


if __name__ == "__main__":
    sys.exit(main())
