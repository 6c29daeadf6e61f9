"""Whether the database answers, has the right tables, takes changes, and keeps the right time."""

from collections.abc import Iterator
from pathlib import Path

import psutil

from queueapp.cli.doctor.findings import About, Finding
from queueapp.config.database_address import DatabaseAddress
from queueapp.domain.words import BranchId
from queueapp.operations.ports import StoreUnavailable
from queueapp.store.health import DatabaseHealth, database_health, why_not_writable
from queueapp.store.schema import SchemaMismatch
from queueapp.store.store import SqlStore

SLOW_MS = 20.0
"""From here on a press of a key begins to feel slow: a command asks several questions."""
CLOCKS_AGREE_S = 2.0
CLOCK_IS_WRONG_S = 60.0
SHARED_DRIVES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p"})

_about = About("database")
_clock = About("clock")


def file_findings(address: DatabaseAddress) -> Iterator[Finding]:
    """What can be said of a SQLite file before opening it, which would make it."""
    path = address.path
    if path is None:
        return
    if not path.exists():
        yield _about.wrong(
            f"There is no database yet at {path}.",
            "Run `queueapp init` to make one, or name the right one with --db.",
        )
    elif drive_kind(path) in SHARED_DRIVES:
        yield _about.wrong(
            f"The database {path} lies on a network drive, where it will be damaged.",
            "Move it to this machine's own disk, or use PostgreSQL for several machines.",
        )


def database_findings(
    store: SqlStore, address: DatabaseAddress, branch: BranchId
) -> tuple[list[Finding], bool]:
    """What is right and wrong, and whether there are tables to look further into."""
    try:
        health = database_health(store)
    except StoreUnavailable as error:
        unreachable = _about.wrong(
            f"The database {address} does not answer: {first_line(str(error))}",
            "Start it, check the network, and check --db or QUEUEAPP_DB.",
        )
        return [unreachable], False
    except SchemaMismatch as error:
        return [_about.wrong(str(error), "Name the right one with --db.")], False
    findings = [
        _about.ok(f"The database {address} answers."),
        _round_trip(health),
        clock_finding(health, address),
        _layout(health),
    ]
    if health.layout != health.newest_layout:
        return findings, False
    if health.journal is not None:
        findings.append(journal_finding(health.journal))
    findings.append(_writing(why_not_writable(store, branch)))
    return findings, True


def clock_finding(health: DatabaseHealth, address: DatabaseAddress) -> Finding:
    """Whether this machine's clock and the database's agree."""
    if address.path is not None:
        return _clock.ok("The database uses this machine's clock.")
    off = health.ahead.total_seconds()
    found = f"This machine's clock is {abs(off):.1f} s {'behind' if off > 0 else 'ahead of'}"
    if abs(off) <= CLOCKS_AGREE_S:
        return _clock.ok(f"{found} the database's: they agree.")
    advice = "Let both machines set their clocks over the network (NTP)."
    if abs(off) <= CLOCK_IS_WRONG_S:
        return _clock.attention(f"{found} the database's; waits are right all the same.", advice)
    return _clock.wrong(f"{found} the database's: one of them is wrong.", advice)


def drive_kind(path: Path) -> str:
    """The kind of file system that ``path`` lies on; empty when nobody can tell."""
    place = path.resolve()
    mounts = [
        (len(Path(part.mountpoint).parts), part.fstype)
        for part in psutil.disk_partitions(all=True)
        if place.is_relative_to(part.mountpoint)
    ]
    return max(mounts, default=(0, ""))[1]


def first_line(said: str) -> str:
    """The first line of what a driver says, which is the one for people."""
    return next(iter(said.strip().splitlines()), "it does not say why.")


def _round_trip(health: DatabaseHealth) -> Finding:
    found = f"One question to it takes {max(health.round_trip_ms, 0.1):.1f} ms or less"
    if health.round_trip_ms < SLOW_MS:
        return _about.ok(f"{found}.")
    return _about.attention(
        f"{found}: keys will feel slow.",
        "Bring the database nearer: the same building, a cable rather than wireless.",
    )


def _layout(health: DatabaseHealth) -> Finding:
    found, newest = health.layout, health.newest_layout
    if found == newest:
        return _about.ok(f"Its tables are those of this program (layout {newest}).")
    if found is None:
        return _about.wrong(
            "It has no tables yet.", "Run `queueapp db upgrade`, then `queueapp init`."
        )
    if found > newest:
        return _about.wrong(
            f"It was made by a newer queueapp (layout {found}; this program knows {newest}).",
            "Update queueapp on this machine.",
        )
    return _about.wrong(
        f"Its tables are of an older queueapp (layout {found}; this program needs {newest}).",
        "Run `queueapp db upgrade` once.",
    )


def journal_finding(journal: str) -> Finding:
    """Whether SQLite lets screens read while a change is written."""
    if journal == "wal":
        return _about.ok("Screens can read while a change is written (WAL).")
    return _about.wrong(
        f"The file keeps its changes in a way that makes screens wait (journal: {journal}).",
        "Move it to an ordinary disk of this machine; network and read-only drives cannot do WAL.",
    )


def _writing(why_not: str | None) -> Finding:
    if why_not is None:
        return _about.ok("Changes can be written (tried, and taken back).")
    return _about.wrong(
        f"Changes cannot be written: {first_line(why_not)}",
        "Check the rights of the file or the database user, and the room on the disk.",
    )
