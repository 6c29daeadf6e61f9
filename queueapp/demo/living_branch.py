"""The branch of the demo: set up in a temporary file, lived in for an hour, and kept alive."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from queueapp.bootstrap import OpenBranch, open_branch, terminal_context
from queueapp.bootstrap.child_keeper import ChildKeeper
from queueapp.bootstrap.device_keepers import printer_keeper, voice_keeper
from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper
from queueapp.config.sample_branch import telecom_office
from queueapp.config.settings import Settings, read_settings
from queueapp.demo.feed_after import FeedAfter
from queueapp.demo.people import YOU, People
from queueapp.domain.printing import PrinterName
from queueapp.operations.clock import system_clock
from queueapp.operations.commands import ApplyBranch
from queueapp.simulator.clock import RehearsalClock, SimulatedClock
from queueapp.simulator.driver import SimulationThread, rehearse
from queueapp.simulator.plain_pins import PlainPins
from queueapp.simulator.simulation import Simulation
from queueapp.tui.context import TerminalContext

OPENS_AT = time(10)
"""What the branch's clock shows when the demo begins: midnight, which ends a day, is far away."""
REHEARSAL = timedelta(minutes=50)
"""How long the branch has lived by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingBranch:
    """The branch, for whoever looks at it."""

    opened: OpenBranch
    settings: Settings
    printer: PrinterName | None
    """Where the kiosk's tickets come out."""
    has_begun: threading.Event
    """Set when the hour that it has lived already is over."""
    you_are_there: threading.Event
    """To be set when you come to your counter: it is yours from then on."""

    def context(self) -> TerminalContext:
        """What a terminal is given; its screens wait until the branch has begun."""
        context = terminal_context(self.opened, self.settings)
        return replace(context, feed=FeedAfter(context.feed, self.has_begun))


@contextmanager
def living_branch(
    speed: float,
    *,
    seed: int = 0,
    language: str | None = None,
    theme: str | None = None,
    large_text: bool | None = None,
    printer: str | None = None,
    voice: bool = False,
) -> Iterator[LivingBranch]:
    """A branch with people in it, ``speed`` times as fast as real time; gone at the end.

    It lives in a temporary folder, by a thread of this process and a child that computes the
    estimates. The hour that it has lived already is made up for while the first screen opens.
    """
    plan = telecom_office()
    opens = datetime.combine(system_clock().date(), OPENS_AT, plan.zone).astimezone(UTC)
    clock = RehearsalClock(opens - REHEARSAL)
    with TemporaryDirectory(prefix="queueapp-demo-") as folder:
        settings = read_settings(
            db=str(Path(folder) / "demo.db"),
            branch=str(plan.id),
            language=language,
            theme=theme,
            large_text=large_text,
            printer=printer,
            voice=voice,
        )
        if printer is None:  # the real printer of this machine is not for a demo
            settings = settings.model_copy(update={"printer": None})
        opened = open_branch(settings, clock=clock, hasher=PlainPins())
        opened.store.create_branch(opened.id)
        opened.operations.handle(ApplyBranch(branch=plan))
        people = People(branch=plan, language=settings.language or plan.languages[0])
        for person in people.staff():
            opened.operations.handle(person)
        life = Life(opened, settings, people, clock, opens=opens, speed=speed, seed=seed)
        life.start()
        try:
            yield LivingBranch(
                opened=opened,
                settings=settings,
                printer=PrinterName(settings.printer_known_as) if printer else None,
                has_begun=life.has_begun,
                you_are_there=life.you_are_there,
            )
        finally:
            life.stop()
            opened.store.close()


class Life:
    """Everything that happens in the branch by itself."""

    def __init__(
        self,
        opened: OpenBranch,
        settings: Settings,
        people: People,
        clock: RehearsalClock,
        *,
        opens: datetime,
        speed: float,
        seed: int,
    ) -> None:
        self._opened = opened
        self._settings = settings
        self._clock = clock
        self._opens = opens
        self._speed = speed
        self.you_are_there = threading.Event()
        self._simulation = Simulation(
            opened.id,
            opened.store,
            opened.operations.handle,
            people.simulated(),
            begins=clock(),
            seed=seed,
            is_relieved=lambda staff: staff == YOU and self.you_are_there.is_set(),
        )
        self.has_begun = threading.Event()
        self._is_over = threading.Event()
        self._at_the_end = ExitStack()
        self._beginning = threading.Thread(target=self._begin, name="rehearsal", daemon=True)

    def start(self) -> None:
        """Begin with the hour that the branch has lived already, in a thread of its own."""
        self._beginning.start()

    def stop(self) -> None:
        """End everything, and wait until it has ended."""
        self._is_over.set()
        self._beginning.join()
        self._at_the_end.close()

    def _begin(self) -> None:
        rehearse(self._simulation, self._clock.put, self._opens, self._is_over.is_set)
        if self._is_over.is_set():
            return
        self._clock.put(self._opens)
        running = SimulatedClock(
            speed=self._speed, epoch_real=system_clock(), epoch_simulated=self._opens
        )
        self._clock.follow(running)
        thread = SimulationThread(self._simulation, running)
        clock = ("--clock", str(running))
        parts: list[ChildKeeper | SimulationThread] = [
            ForecasterKeeper(self._opened, self._settings, *clock)
        ]
        if self._settings.printer is not None:
            parts.append(printer_keeper(self._settings, *clock))
        if self._settings.voice:
            parts.append(voice_keeper(self._settings, *clock))
        for started in (*parts, thread):
            started.start()
            self._at_the_end.callback(started.stop)
        self.has_begun.set()
