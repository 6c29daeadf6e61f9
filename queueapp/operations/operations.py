"""The one door to a branch: every terminal, page and script hands its commands in here."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from queueapp.domain.desk import DeskState
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import PERMISSIONS, Permission, Staff
from queueapp.domain.words import BranchId, StaffCode
from queueapp.operations import (
    access,
    appointments,
    customers,
    desks,
    printing,
    serving,
    setting_up,
    supervising,
)
from queueapp.operations import access_commands as a
from queueapp.operations import appointment_commands as b
from queueapp.operations import commands as c
from queueapp.operations.done import Done
from queueapp.operations.pins import PinCheck
from queueapp.operations.ports import Event, PinHasher, Receipt, Store, Transaction

OpenTransaction = Callable[[], AbstractContextManager[Transaction]]
Handler = Callable[[Transaction, Any], Done]
"""Takes the command that it is listed for in :data:`HANDLERS`."""

HANDLERS: Mapping[type[c.Command], Handler] = {
    c.IssueTicket: customers.issue_ticket,
    c.LeaveQueue: customers.leave_queue,
    c.LetPass: customers.let_pass,
    c.TakePlaceBack: customers.take_place_back,
    c.RateService: customers.rate_service,
    c.SignOn: desks.sign_on,
    c.OpenDesk: desks.open_desk,
    c.PauseDesk: desks.pause_desk,
    c.CloseDesk: desks.close_desk,
    c.CallNext: serving.call_next,
    c.CallTicket: serving.call_ticket,
    c.Recall: serving.recall,
    c.StartService: serving.start_service,
    c.Finish: serving.finish,
    c.Hold: serving.hold,
    c.Resume: serving.resume,
    c.Transfer: serving.transfer,
    c.AddService: serving.add_service,
    c.NoShow: serving.no_show,
    c.Undo: serving.undo,
    c.Reinstate: serving.reinstate,
    c.ReprintTicket: printing.reprint_ticket,
    c.ReportPrinter: printing.report_printer,
    c.MoveTicket: supervising.move_ticket,
    c.CancelTicket: supervising.cancel_ticket,
    c.SetServiceOpen: supervising.set_service_open,
    c.PauseRemoteTickets: supervising.pause_remote_tickets,
    c.ResumeRemoteTickets: supervising.resume_remote_tickets,
    c.SetCounterServices: supervising.set_counter_services,
    c.SendForClerk: supervising.send_for_clerk,
    c.MovePlannedBreak: supervising.move_planned_break,
    c.ApplyBranch: setting_up.apply_branch,
    c.RemoveStaff: setting_up.remove_staff,
    c.StartDay: setting_up.start_day,
    b.ImportAppointments: appointments.import_appointments,
    b.BookAppointment: appointments.book_appointment,
    b.CancelAppointment: appointments.cancel_appointment,
    b.CheckIn: appointments.check_in,
    a.CreateApiKey: access.create_api_key,
    a.RevokeApiKey: access.revoke_api_key,
    a.AddWebhook: access.add_webhook,
    a.RemoveWebhook: access.remove_webhook,
    a.ForgetWords: access.forget_words,
    a.ConfirmContact: access.confirm_contact,
}
"""All commands but the two that need a PIN hashed first."""

SUPERVISORS_TOO = (c.OpenDesk, c.PauseDesk, c.CloseDesk)
"""What a supervisor may do at a desk where somebody else is signed on."""


class Operations:
    """Carries out commands on one branch, each exactly once."""

    def __init__(self, store: Store, hasher: PinHasher, branch: BranchId) -> None:
        self._store = store
        self._hasher = hasher
        self._branch = branch
        self._pins = PinCheck(store, hasher, branch)

    def handle(self, command: c.Command) -> Receipt:
        """Carry out ``command``, or give the receipt of when it was carried out before.

        Raises :class:`~queueapp.domain.refusal.Refused` when the rules do not allow it, and
        :class:`~queueapp.operations.ports.StoreUnavailable` when the database cannot be reached;
        after that, hand the same command in again. Blocks: call it in a thread of its own.
        """
        return self._handle(command, lambda: self._store.transaction(self._branch))

    def handle_together(self, commands: Sequence[c.Command]) -> list[Receipt | Refused]:
        """Carry several commands out, in their order, and wait for the disk once.

        What comes of each is the same as by :meth:`handle`. Whatever else is raised, nothing of
        any was kept, or it is not known: hand each in again by itself.
        """
        outcomes: list[Receipt | Refused] = []
        with self._store.together(self._branch) as open_one:
            for command in commands:
                try:
                    outcomes.append(self._handle(command, open_one))
                except Refused as refused:
                    outcomes.append(refused)
        return outcomes

    def sign_in(self, code: StaffCode, pin: str, permission: Permission) -> Staff:
        """Who has this code and PIN, provided that their role grants ``permission``."""
        staff = self._pins.check(code, pin).staff
        staff.require(permission)
        return staff

    def _handle(self, command: c.Command, open_one: OpenTransaction) -> Receipt:
        handler = self._prepared(command)
        receipt = self._try(command, handler, open_one)
        while receipt is None:
            self._handle(c.StartDay(), open_one)
            receipt = self._try(command, handler, open_one)
        return receipt

    def _prepared(self, command: c.Command) -> Handler:
        """The command's handler, after the slow work that no transaction should wait for."""
        match command:
            case c.SignOn(staff=code, pin=pin):
                self._pins.check(code, pin)
            case c.AddStaff(pin=pin):
                hashed = setting_up.hash_new_pin(self._hasher, pin)
                return lambda transaction, it: setting_up.add_staff(transaction, it, hashed)
            case c.ResetPin(pin=pin):
                hashed = setting_up.hash_new_pin(self._hasher, pin)
                return lambda transaction, it: setting_up.reset_pin(transaction, it, hashed)
        return HANDLERS[type(command)]

    def _try(
        self, command: c.Command, handler: Handler, open_one: OpenTransaction
    ) -> Receipt | None:
        """One attempt; ``None``, and nothing changed, when a new day has to be started first."""
        with open_one() as transaction:
            earlier = transaction.recorded(command.command_id)
            if earlier is not None:
                return _given_again(command, *earlier)
            today = transaction.branch.day(transaction.now)
            if transaction.day != today and not isinstance(command, c.StartDay):
                return None
            _require_permission(transaction, command)
            done = handler(transaction, command)
            receipt = _receipt(transaction, done)
            transaction.record(_event(command, done, receipt))
            return receipt


def _given_again(command: c.Command, kind: str, receipt: Receipt) -> Receipt:
    """The receipt of when ``command`` was carried out; that of another is none of its sender's."""
    if kind != _kind(command):
        raise Refused(Reason.COMMAND_WAS_ANOTHER)
    return receipt


def _kind(command: c.Command) -> str:
    """What the history calls it."""
    return type(command).__name__


def _require_permission(transaction: Transaction, command: c.Command) -> None:
    if not isinstance(command, c.StaffCommand):
        return
    person = transaction.staff(command.staff)
    person.require(c.PERMISSION[type(command)])
    if isinstance(command, c.DeskCommand) and not isinstance(command, c.SignOn):
        _require_own_desk(transaction, command, person)


def _require_own_desk(transaction: Transaction, command: c.DeskCommand, person: Staff) -> None:
    transaction.branch.counter(command.counter)
    desk = transaction.desk(command.counter)
    if desk.state is DeskState.CLOSED or desk.staff is None:
        raise Refused(Reason.DESK_CLOSED, counter=command.counter)
    if desk.staff == person.code:
        return
    may_steer = Permission.STEER in PERMISSIONS[person.role]
    if not (may_steer and isinstance(command, SUPERVISORS_TOO)):
        raise Refused(
            Reason.COUNTER_TAKEN,
            counter=command.counter,
            staff=transaction.staff(desk.staff).name,
        )


def _receipt(transaction: Transaction, done: Done) -> Receipt:
    return Receipt(
        revision=transaction.revision,
        at=transaction.now,
        ticket=done.ticket.id if done.ticket else None,
        label=done.ticket.label if done.ticket else "",
        token=done.token,
        reason=done.pick.reason if done.pick else None,
        percent=done.pick.percent if done.pick else 0,
        told=done.told,
    )


def _event(command: c.Command, done: Done, receipt: Receipt) -> Event:
    return Event(
        command_id=command.command_id,
        kind=_kind(command),
        receipt=receipt,
        staff=command.staff if isinstance(command, c.StaffCommand | a.ConfirmContact) else None,
        counter=command.counter if isinstance(command, c.DeskCommand) else None,
        facts=done.facts,
    )
