"""The supervisor's wall: every wait at one glance, what goes wrong first, and what helps."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from counters import wall_rows
from counters.contacting import contact_somebody
from counters.day_chart import DayChart
from counters.reprinting import print_again
from counters.sign_in import SignInScreen
from counters.supervisor_keys import KEYS
from counters.supervisor_menus import LineMenuScreen
from counters.supervisor_steps import MOVABLE
from counters.wall_ahead import ahead_rows, fresh_outlook
from counters.wall_appointments import appointment_rows, has_appointments
from counters.wall_day import day_of, next_charted
from counters.wall_rows import Picture, queue_rows, rated_counter
from counters.wall_table import WallTable
from queueapp.domain.alerts import Alert, AlertKind, alerts
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.staff import Permission, Staff
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.role_screen import RoleScreen, step
from queueapp.tui.wording import Wording

ALWAYS = frozenset({"leave", "help", "switch_language"})
AROUND_LINES = 14
"""Rows for the alerts, the headings, the blank lines, the first and the last lines of a wall."""
LOW_BELOW = 30
"""Rows; then the lists of the day are cut, so that each of them is seen."""
WIDE_FROM = 120
"""Columns from which on the day stands beside the present."""


class SupervisorScreen(LineMenuScreen):
    """The wall of a branch, with everything that ``staff`` may do about it."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(",".join(twins), f"deal({number})", show=False)
            for number, twins in enumerate(zip("23456789", "۲۳۴۵۶۷۸۹", strict=True), 2)
        ),
        Binding("left", "chart(-1)", show=False),
    ]
    AUTO_FOCUS = "#alerts"
    SPEAKS_IN_SHOW = True
    DEFAULT_CSS = """
    SupervisorScreen #top { height: 1; padding: 0 1; background: $panel; }
    SupervisorScreen #branch { width: 1fr; height: 1; text-style: bold; }
    SupervisorScreen #summary { width: auto; height: 1; color: $quiet; }
    SupervisorScreen #now { width: 1fr; height: 1fr; }
    SupervisorScreen #day { width: 1fr; height: 1fr; display: none; }
    SupervisorScreen #alerts { max-height: 5; margin-bottom: 1; }
    SupervisorScreen #advice { max-height: 3; margin-bottom: 1; display: none; }
    SupervisorScreen.-advised #advice { display: block; }
    SupervisorScreen #services { max-height: 8; margin-bottom: 1; }
    SupervisorScreen #counters { height: 1fr; }
    SupervisorScreen #queue { height: 1fr; display: none; }
    SupervisorScreen #strip { dock: bottom; height: 1; padding: 0 1; background: $surface; }
    SupervisorScreen #ratings { height: auto; max-height: 9; margin-top: 1; }
    SupervisorScreen #legend { height: auto; max-height: 6; padding: 0 1; color: $quiet; }
    SupervisorScreen #ahead { height: auto; max-height: 6; margin-top: 1; }
    SupervisorScreen #appointments { height: auto; max-height: 5; margin-top: 1; display: none; }
    SupervisorScreen.-booked #appointments { display: block; }
    SupervisorScreen.-booked #ratings { max-height: 5; }
    SupervisorScreen.-tight #alerts, SupervisorScreen.-tight #services,
    SupervisorScreen.-tight #advice { margin-bottom: 0; }
    SupervisorScreen.-low #chart { min-height: 5; }
    SupervisorScreen.-low #ahead { max-height: 4; margin-top: 0; }
    SupervisorScreen.-low #appointments { max-height: 3; margin-top: 0; }
    SupervisorScreen.-low #ratings { min-height: 3; margin-top: 0; }
    SupervisorScreen.-day #now { display: none; }
    SupervisorScreen.-day #day { display: block; }
    SupervisorScreen.-wide #now { display: block; width: 3fr; min-width: 84; }
    SupervisorScreen.-wide #day { display: block; width: 2fr; margin-left: 2; }
    SupervisorScreen.-wide #strip { display: none; }
    SupervisorScreen.-wide #alerts { max-height: 12; }
    SupervisorScreen.-wide #services { max-height: 20; }
    SupervisorScreen.-wide #advice { max-height: 4; }
    SupervisorScreen.-wide #chart { max-height: 18; }
    SupervisorScreen.-wide #legend { max-height: 9; }
    SupervisorScreen.-wide #ahead { max-height: 9; }
    SupervisorScreen.-wide #appointments { max-height: 9; }
    SupervisorScreen.-wide #ratings { height: 1fr; max-height: 100%; }
    SupervisorScreen.-wide #counters { height: auto; max-height: 24; margin-bottom: 1; }
    SupervisorScreen.-wide #queue { display: block; }
    """

    def __init__(self, *, staff: Staff, language: str | None = None) -> None:
        super().__init__(staff=staff, language=language)
        self._alerts: list[Alert] = []
        self._charted: ServiceCode | None = None
        """The service of the day chart; ``None``: all of them."""
        self._chart_drawn: tuple[object, ...] = ()

    # -- how it is drawn -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The present, and the day beside it or behind it."""
        with Horizontal(id="top"):
            yield Wording(id="branch", markup=False)
            yield Wording(id="summary", markup=False)
        with Horizontal(id="wall"):
            with Vertical(id="now"):
                yield WallTable(id="alerts")
                yield WallTable(id="advice")
                yield WallTable(id="services")
                yield WallTable(id="counters")
                yield WallTable(id="queue")
                yield Wording(id="strip", markup=False)
            with Vertical(id="day"):
                yield DayChart(id="chart")
                yield Wording(id="legend", markup=False)
                yield WallTable(id="ahead")
                yield WallTable(id="appointments")
                yield WallTable(id="ratings")

    def classes_for(self, size: Size) -> dict[str, bool]:
        """Wide enough for the day beside the present; too low for all of the day."""
        return {"-wide": size.width >= WIDE_FROM, "-low": size.height < LOW_BELOW}

    def show(self, live: LiveBranch) -> None:
        """Every line anew; the tables draw only those that differ."""
        self.set_class(self._is_tight(live), "-tight")
        picture = Picture(live=live, now=self.now(), language=self.language)
        self._alerts = alerts(live, picture.now)
        unusual = frozenset(
            alert.counter
            for alert in self._alerts
            if alert.kind is AlertKind.TAKES_LONG and alert.counter is not None
        )
        self._say("#branch", f"{self.language.name(live.branch.name)} · {self.staff.name}")
        self._say("#summary", wall_rows.summary(picture))
        self._table("alerts").show_rows(wall_rows.alert_rows(picture, self._alerts))
        self.show_advice(picture)
        self._table("services").show_rows(wall_rows.service_rows(picture))
        self._table("counters").show_rows(wall_rows.counter_rows(picture, unusual))
        self._table("queue").show_rows(queue_rows(picture, self.tickets_in(MOVABLE)))
        self._table("ahead").show_rows(ahead_rows(picture))
        self.set_class(has_appointments(live), "-booked")
        self._table("appointments").show_rows(appointment_rows(picture))
        self._table("ratings").show_rows(wall_rows.rating_rows(picture))
        self._say("#strip", wall_rows.rating_strip(picture, self.size.width - 2))
        self._draw_chart(live)

    def _is_tight(self, live: LiveBranch) -> bool:
        """Whether the blank lines between the tables would cost the last counters."""
        lines = len(live.branch.services) + len(live.branch.counters)
        return lines + AROUND_LINES > self.size.height

    def _say(self, selector: str, text: str) -> None:
        place = self.query_one(selector, Wording)
        if place.content != text:  # an update lays the screen out anew, and this is asked often
            place.update(text)

    def _table(self, name: str) -> WallTable:
        return self.query_one(f"#{name}", WallTable)

    def _draw_chart(self, live: LiveBranch) -> None:
        outlook = fresh_outlook(live, self.now())
        drawn = (live.revision, live.day, self._charted, self.language.code, outlook)
        if drawn == self._chart_drawn:
            return
        self._chart_drawn = drawn
        day = day_of(live, self._charted, self.language, outlook)
        self.query_one("#chart", DayChart).show_day(day.halves, day.words, day.ahead)
        self._say("#legend", day.legend)

    def show_counter(self, number: CounterNumber) -> None:
        """Put the cursor on a counter."""
        self.remove_class("-day")
        self._table("counters").choose_row(number)
        self._table("counters").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - as every screen
        """Before the first picture there is nothing to steer, and without a printer no paper."""
        if action == "print_again":
            return self.live is not None and bool(self.live.printers)
        return True if self.live is not None or action in ALWAYS else None

    # -- acting on a line ------------------------------------------------------------------------

    def action_act(self) -> None:
        """Act on the line under the cursor; the table says which."""
        if isinstance(self.focused, WallTable):
            self.focused.action_choose()

    @on(WallTable.Chosen, "#alerts")
    def act_on_alert(self, event: WallTable.Chosen) -> None:
        """Offer what helps."""
        for alert in self._alerts:
            if wall_rows.alert_key(alert) == event.key:
                self.begin(partial(self.deal_with, alert))
                return

    @on(WallTable.Chosen, "#services")
    def act_on_service(self, event: WallTable.Chosen) -> None:
        """Offer what can be done with a service."""
        for service in self.picture.branch.services:
            if service.code == event.key:
                self.begin(partial(self.service_menu, service.code))

    @on(WallTable.Chosen, "#counters")
    def act_on_counter(self, event: WallTable.Chosen) -> None:
        """Offer what can be done with a counter."""
        for counter in self.picture.branch.counters:
            if counter.number == event.key:
                self.begin(partial(self.counter_menu, counter.number))

    @on(WallTable.Chosen, "#queue")
    def act_on_ticket(self, event: WallTable.Chosen) -> None:
        """Offer what can be done with a ticket."""
        for ticket in self.tickets_in(MOVABLE):
            if ticket.id == event.key:
                self.begin(partial(self.ticket_menu, ticket))

    @on(WallTable.Chosen, "#ratings")
    def act_on_rating(self, event: WallTable.Chosen) -> None:
        """Show the counter where the rated visit was."""
        for rating in self.picture.ratings.values():
            counter = rated_counter(self.picture, rating)
            if (rating.ticket, rating.ordinal) == event.key and counter is not None:
                self.show_counter(counter)

    # -- keys ------------------------------------------------------------------------------------

    def action_deal(self, number: int) -> None:
        """Deal with the alert that has this number now."""
        if number <= len(self._alerts):
            self.begin(partial(self.deal_with, self._alerts[number - 1]))
        else:
            self.say(self.language.text("There is no alert {number}.", number=number))

    @step
    async def action_move(self) -> None:
        """Move a ticket."""
        await self.move(self.tickets_in(MOVABLE))

    @step
    async def action_bring_back(self) -> None:
        """Bring a ticket back."""
        await self.bring_back()

    @step
    async def action_print_again(self) -> None:
        """Print a ticket again."""
        await print_again(self, self.staff.code)

    @step
    async def action_contact(self) -> None:
        """Contact a customer who asked for it."""
        await contact_somebody(self, self.staff.code)

    @step
    async def action_cancel(self) -> None:
        """Cancel a ticket."""
        await self.cancel()

    @step
    async def action_service(self) -> None:
        """Open or close the service under the cursor, else one that is asked for."""
        code = self._service_here() or await self.which_service(
            self.language.text("Which service do you want to open or close?")
        )
        if code is not None:
            await self.open_or_close(code)

    @step
    async def action_remote(self) -> None:
        """Pause remote tickets of the service under the cursor, or give them again."""
        if not self.has_remote_tickets():
            text = self.language.text
            self.say(text("There are no remote tickets here: all are taken in the hall."))
            return
        code = self._service_here() or await self.which_service(
            self.language.text("For which service do you want to pause or give remote tickets?")
        )
        if code is not None:
            await self.pause_or_resume_remote(code)

    @step
    async def action_services(self) -> None:
        """Change what a counter serves."""
        number = self._counter_here() or await self.which_counter(
            self.language.text("Which counter should serve something else?")
        )
        if number is not None:
            await self.change_services(number)

    @step
    async def action_pause(self) -> None:
        """Pause a desk, or end its pause."""
        number = self._counter_here() or await self.which_counter(
            self.language.text("Which desk do you want to pause or open again?"),
            self._signed_on(),
        )
        if number is not None:
            await self.pause_or_open(number)

    @step
    async def action_close(self) -> None:
        """Close a desk."""
        number = self._counter_here() or await self.which_counter(
            self.language.text("Which desk do you want to close?"), self._signed_on()
        )
        if number is not None:
            await self.close_desk(number)

    def action_day(self) -> None:
        """Turn to the day and back; where there is room, both are there."""
        self.toggle_class("-day")
        self._focus_what_is_seen()

    def action_chart(self, by: int) -> None:
        """Chart the next service."""
        if self.live is not None:
            self._charted = next_charted(self.live, self._charted, by)
            self.catch_up()

    @step
    async def action_leave(self) -> None:
        """End the program, after asking."""
        if await self.ask(ConfirmScreen(self.language.text("Leave the wall?"))):
            await self.terminal.leave()

    def show_day_of(self, code: ServiceCode) -> None:
        """Turn to the day of one service."""
        self._charted = code
        self.add_class("-day")
        self._focus_what_is_seen()
        self.catch_up()

    def _focus_what_is_seen(self) -> None:
        day_only = self.has_class("-day") and not self.has_class("-wide")
        self._table("ratings" if day_only else "alerts").focus()

    def _signed_on(self) -> list[CounterNumber]:
        counters = [counter.number for counter in self.picture.branch.counters]
        return [each for each in counters if self.picture.desk(each).state is not DeskState.CLOSED]

    def _service_here(self) -> ServiceCode | None:
        table = self._table("services")
        codes = (service.code for service in self.picture.branch.services)
        return next((c for c in codes if table.has_focus and c == table.chosen), None)

    def _counter_here(self) -> CounterNumber | None:
        table = self._table("counters")
        numbers = (counter.number for counter in self.picture.branch.counters)
        return next((n for n in numbers if table.has_focus and n == table.chosen), None)


def supervisor_home() -> RoleScreen[None]:
    """Ask who is there; the wall is for those who may steer."""
    return SignInScreen(
        counter=None,
        permission=Permission.STEER,
        then=lambda staff: SupervisorScreen(staff=staff),
    )
