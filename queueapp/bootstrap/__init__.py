"""The only place that wires the parts together: store, operations, feed, clock, languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from queueapp.config.settings import Settings
from queueapp.domain.branch import Branch
from queueapp.domain.rating import ContactWish
from queueapp.domain.words import BranchId
from queueapp.language import Language, load_language
from queueapp.operations.clock import Clock
from queueapp.operations.operations import Operations
from queueapp.operations.ports import PinHasher
from queueapp.store import schema
from queueapp.store.feed import SqlFeed
from queueapp.store.pins import Argon2Hasher
from queueapp.store.store import SqlStore
from queueapp.tui.context import TerminalContext


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBranch:
    """One branch, opened: everything that a terminal or a command works with."""

    id: BranchId
    store: SqlStore
    operations: Operations
    clock: Clock
    """Aware, UTC: the database's clock, by the offset that was measured last."""

    def feed(self) -> SqlFeed:
        """A new change feed of this branch."""
        return SqlFeed(self.store, self.id)

    def plan(self) -> Branch:
        """What the branch is now; raises ``BranchMissing`` before ``queueapp init``."""
        return self.store.live(self.id).branch


def open_branch(
    settings: Settings, *, clock: Clock | None = None, hasher: PinHasher | None = None
) -> OpenBranch:
    """Open the database that ``settings`` name and the branch in it.

    In a simulated branch ``clock`` replaces the database's clock and ``hasher`` argon2. Raises
    ``StoreUnavailable`` when the database cannot be reached and ``SchemaMismatch`` when it needs
    an upgrade or a newer program.
    """
    store = SqlStore(settings.db, clock=clock)
    schema.ensure_current(store.writing)
    store.now()  # from here on the offset to its clock is known
    branch = BranchId(settings.branch)
    return OpenBranch(
        id=branch,
        store=store,
        operations=Operations(store, hasher or Argon2Hasher(), branch),
        clock=store.clock,
    )


def languages_of(plan: Branch) -> Callable[[str], Language]:
    """Gives each language by its code, on the branch's clock, and reads each once."""
    return cache(partial(load_language, zone=plan.zone))


def terminal_context(opened: OpenBranch, settings: Settings) -> TerminalContext:
    """What a terminal of ``opened`` is given."""
    plan = opened.plan()

    def contact_wishes() -> Sequence[ContactWish]:
        from queueapp.store.web_store import SqlWebStore  # noqa: PLC0415 - few terminals ask

        return SqlWebStore(opened.store).contact_wishes(opened.id)

    return TerminalContext(
        operations=opened.operations,
        feed=opened.feed(),
        clock=opened.clock,
        language_of=languages_of(plan),
        contact_wishes=contact_wishes,
        language=settings.language or plan.languages[0],
        theme=f"queue-{settings.theme}",
        large_text=settings.large_text,
    )
