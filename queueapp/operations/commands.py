"""Everything that somebody can do in a branch, each as one frozen value.

A command carries its own ``command_id``: sent twice, it is done once. ``counter`` is the desk it is
done at, ``staff`` the person who does it; what customers do at a kiosk has neither.
"""

from dataclasses import dataclass, field
from datetime import datetime, time

from uuid_utils.compat import uuid7

from queueapp.domain.branch import Branch
from queueapp.domain.printing import Print, PrinterFault, PrinterName
from queueapp.domain.rating import RatingReason
from queueapp.domain.staff import Permission, Role
from queueapp.domain.ticket import Channel
from queueapp.domain.words import (
    CategoryCode,
    CommandId,
    CounterNumber,
    OutcomeCode,
    ServiceCode,
    StaffCode,
    TicketId,
)


def new_command_id() -> CommandId:
    """A fresh id, never seen before; ordered by time, so that its index grows at one end."""
    return CommandId(uuid7())


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing somebody does."""

    command_id: CommandId = field(default_factory=new_command_id)


# -- customers ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTicket(Command):
    """Give a customer a number for ``service``."""

    service: ServiceCode
    category: CategoryCode
    category_reason: str = ""
    appointment_at: datetime | None = None
    language: str
    channel: Channel = Channel.KIOSK
    from_afar: bool = False
    """Not in the branch yet: not called before the branch's distance is over."""
    printer: PrinterName | None = None
    """Where it comes out on paper; ``None``: nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue(Command):
    """A customer gives a ticket up; whoever holds the ticket's token may do so."""

    ticket: TicketId
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetPass(Command):
    """A customer who is not ready lets the next ``count`` people pass."""

    ticket: TicketId
    token: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePlaceBack(Command):
    """The same customer is ready after all, and stands again where they stood."""

    ticket: TicketId
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateService(Command):
    """One tap: how the last served leg of ``ticket`` was."""

    ticket: TicketId
    score: int
    reason: RatingReason | None = None
    channel: Channel
    word: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    """What the customer typed with it; never in the history, and deleted after a while."""


# -- clerks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCommand(Command):
    """Something that needs a person with a role."""

    staff: StaffCode


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCommand(StaffCommand):
    """Something that a clerk does at the desk where they are signed on."""

    counter: CounterNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn(DeskCommand):
    """Open ``counter``, or come back to it after the terminal died."""

    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDesk(DeskCommand):
    """End a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDesk(DeskCommand):
    """Call nobody for a while; a supervisor may pause any desk."""

    reason: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDesk(DeskCommand):
    """Sign off; refused while a customer is in hand.

    A supervisor may close any desk; whoever is in hand there goes on hold.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(DeskCommand):
    """Call whoever is next by the branch's policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTicket(DeskCommand):
    """Take this waiting ticket now, whoever is next."""

    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(DeskCommand):
    """Call the customer in hand once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartService(DeskCommand):
    """The called customer has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(DeskCommand):
    """The customer in hand is served."""

    outcome_code: OutcomeCode | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(DeskCommand):
    """Put the customer in hand aside."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(DeskCommand):
    """Take a held ticket back in hand."""

    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(DeskCommand):
    """Send the customer in hand to another service, or to one counter."""

    to_service: ServiceCode | None = None
    to_counter: CounterNumber | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddService(DeskCommand):
    """Finish what was done and add ``service`` on the same ticket.

    ``here``: this desk goes on with it at once; otherwise the ticket waits, place kept.
    """

    service: ServiceCode
    here: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShow(DeskCommand):
    """The called customer did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(DeskCommand):
    """Take back this clerk's last action at this desk, while that is harmless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstate(StaffCommand):
    """Bring a missed or cancelled ticket back, with its place kept."""

    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintTicket(StaffCommand):
    """Print a ticket that was not printed, or once more as a copy.

    ``printer``: where; by default where it was asked for last, or any that prints.
    """

    ticket: TicketId
    printer: PrinterName | None = None


# -- supervisors ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTicket(StaffCommand):
    """Send a ticket that waits or is on hold to another service, or to one counter."""

    ticket: TicketId
    to_service: ServiceCode | None = None
    to_counter: CounterNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTicket(StaffCommand):
    """Close a ticket of somebody who left."""

    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class SetServiceOpen(StaffCommand):
    """Open or close a service by hand."""

    service: ServiceCode
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRemoteTickets(StaffCommand):
    """Give tickets for ``service`` in the hall only, for the rest of the day."""

    service: ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeRemoteTickets(StaffCommand):
    """Give tickets for ``service`` by phone and through other systems again."""

    service: ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCounterServices(StaffCommand):
    """Change what a counter serves, in order of rank."""

    counter: CounterNumber
    services: tuple[ServiceCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendForClerk(StaffCommand):
    """Send a clerk who is at no desk to a closed counter, where they sign on when they come."""

    counter: CounterNumber
    clerk: StaffCode
    minutes: int
    """Until they are expected there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlannedBreak(StaffCommand):
    """Let a break of today's roster start at another time, today only."""

    counter: CounterNumber
    planned: time
    """When the roster says that it starts, on the branch's clock."""
    starts: time


# -- printers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPrinter(Command):
    """The process that runs a printer tells staff how it is, and which prints have failed."""

    printer: PrinterName
    fault: PrinterFault | None = None
    paper_is_low: bool = False
    failed: tuple[Print, ...] = ()


# -- administrators, on the machine itself --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyBranch(Command):
    """Make the branch what ``branch.toml`` says; it goes on running."""

    branch: Branch


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStaff(Command):
    """Put somebody on the staff."""

    code: StaffCode
    name: str
    role: Role
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPin(Command):
    """Give somebody a new PIN, and lift a lock."""

    code: StaffCode
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveStaff(Command):
    """Take somebody off the staff; refused while they are signed on."""

    code: StaffCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDay(Command):
    """Close what was left of an earlier day; does nothing when the day has already begun."""


PERMISSION: dict[type[StaffCommand], Permission] = {
    SignOn: Permission.SERVE,
    OpenDesk: Permission.SERVE,
    PauseDesk: Permission.SERVE,
    CloseDesk: Permission.SERVE,
    CallNext: Permission.SERVE,
    CallTicket: Permission.SERVE,
    Recall: Permission.SERVE,
    StartService: Permission.SERVE,
    Finish: Permission.SERVE,
    Hold: Permission.SERVE,
    Resume: Permission.SERVE,
    Transfer: Permission.SERVE,
    AddService: Permission.SERVE,
    NoShow: Permission.SERVE,
    Undo: Permission.SERVE,
    Reinstate: Permission.SERVE,
    ReprintTicket: Permission.SERVE,
    MoveTicket: Permission.STEER,
    CancelTicket: Permission.STEER,
    SetServiceOpen: Permission.STEER,
    PauseRemoteTickets: Permission.STEER,
    ResumeRemoteTickets: Permission.STEER,
    SetCounterServices: Permission.STEER,
    SendForClerk: Permission.STEER,
    MovePlannedBreak: Permission.STEER,
}
"""What each command needs; a desk command also needs its clerk at the desk, or a supervisor."""
