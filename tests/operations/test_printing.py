"""Tickets on paper: asked for with the ticket, printed once, failed openly, asked for again."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

from queueapp.domain.printing import PRINT_WITHIN, Print, PrinterFault, PrinterName, PrintState
from queueapp.domain.refusal import Reason
from queueapp.domain.words import TicketId
from queueapp.operations.commands import IssueTicket, ReportPrinter, ReprintTicket
from queueapp.operations.ports import Receipt
from queueapp.store.print_queue import SqlPrintQueue
from queueapp.store.print_rows import PrintingRows
from tests.domain.samples import BILLS, NORMAL, SARA
from tests.operations.office import Office

KIOSK, DESK = PrinterName("kiosk 1"), PrinterName("desk")
LEASE = timedelta(seconds=5)


@pytest.fixture
def queue(office: Office) -> SqlPrintQueue:
    return SqlPrintQueue(office.store)


def asked_for(office: Office, queue: SqlPrintQueue, printer: PrinterName = KIOSK) -> list[Print]:
    return queue.prints(office.branch.id, printer, PrintState.WAITING)


def fails(office: Office, queue: SqlPrintQueue, *, reached_paper: bool = False) -> Print:
    """The first print of the kiosk does not come out."""
    [first, *_] = asked_for(office, queue)
    if reached_paper:
        assert queue.begin_print(office.branch.id, first)
    failed = replace(
        first,
        state=PrintState.FAILED,
        fault=PrinterFault.PAPER_OUT,
        reached_paper=reached_paper,
    )
    office.do(ReportPrinter(printer=KIOSK, fault=PrinterFault.PAPER_OUT, failed=(failed,)))
    return failed


def is_printed(office: Office, queue: SqlPrintQueue, asked: Print) -> None:
    assert queue.begin_print(office.branch.id, asked)
    queue.end_print(office.branch.id, asked)


def reprint(office: Office, issued: Receipt, printer: PrinterName | None = None) -> Receipt:
    assert issued.ticket is not None
    return office.do(ReprintTicket(staff=SARA, ticket=issued.ticket, printer=printer))


def unprinted(office: Office, printer: PrinterName = KIOSK) -> tuple[object, ...]:
    return office.live.printers[printer].unprinted


def test_a_ticket_asks_for_paper_only_where_there_is_a_printer(
    office: Office, queue: SqlPrintQueue
) -> None:
    office.issue()
    issued = office.issue(printer=KIOSK)
    [asked] = asked_for(office, queue)
    assert (asked.ticket, asked.ordinal, asked.is_copy, asked.staff) == (
        issued.ticket,
        1,
        False,
        None,
    )
    assert asked_for(office, queue, DESK) == []


def test_the_same_tap_sent_twice_asks_once(office: Office, queue: SqlPrintQueue) -> None:

    tap = IssueTicket(service=BILLS, category=NORMAL, language="fa", printer=KIOSK)
    assert office.do(tap) == office.do(tap)
    assert len(asked_for(office, queue)) == 1


def test_of_two_processes_that_would_print_a_ticket_one_does(
    office: Office, queue: SqlPrintQueue
) -> None:
    office.issue(printer=KIOSK)
    [asked] = asked_for(office, queue)
    assert queue.begin_print(office.branch.id, asked)
    assert not queue.begin_print(office.branch.id, asked)
    assert asked_for(office, queue) == []
    queue.end_print(office.branch.id, asked)
    assert queue.prints(office.branch.id, KIOSK, PrintState.PRINTING) == []
    assert not queue.begin_print(office.branch.id, asked)


def test_a_printer_is_run_by_one_process_until_its_lease_ends(
    office: Office, queue: SqlPrintQueue
) -> None:
    branch = office.branch.id
    assert queue.hold_printer(branch, KIOSK, "first", LEASE)
    assert queue.hold_printer(branch, KIOSK, "first", LEASE)
    assert not queue.hold_printer(branch, KIOSK, "second", LEASE)
    assert queue.hold_printer(branch, DESK, "second", LEASE)
    assert queue.hold_printer(branch, KIOSK, "first", timedelta(0))
    assert queue.hold_printer(branch, KIOSK, "second", LEASE)
    assert office.live.printers == {}  # nobody has said yet how it is


def test_a_printed_ticket_is_no_news_for_the_other_terminals(
    office: Office, queue: SqlPrintQueue
) -> None:
    office.issue(printer=KIOSK)
    before = office.live.revision
    is_printed(office, queue, asked_for(office, queue)[0])
    assert office.live.revision == before


def test_staff_see_what_is_wrong_and_since_when(office: Office) -> None:
    began = office.clock()
    office.do(ReportPrinter(printer=KIOSK))
    assert office.live.printers[KIOSK].fault is None
    office.later(minutes=1)
    office.do(ReportPrinter(printer=KIOSK, fault=PrinterFault.COVER_OPEN, paper_is_low=True))
    office.later(minutes=1)
    office.do(ReportPrinter(printer=KIOSK, fault=PrinterFault.COVER_OPEN, paper_is_low=True))
    printer = office.live.printers[KIOSK]
    assert (printer.fault, printer.paper_is_low) == (PrinterFault.COVER_OPEN, True)
    assert printer.since == began + timedelta(minutes=1)


def test_a_terminal_that_follows_learns_of_a_printer_as_of_everything(office: Office) -> None:
    live = office.live
    office.do(ReportPrinter(printer=KIOSK, fault=PrinterFault.OFFLINE))
    changes = office.store.changes(live)
    assert changes is not None
    followed = live.after(changes)
    assert followed.printers[KIOSK].fault is PrinterFault.OFFLINE
    office.issue()
    changes = office.store.changes(followed)
    assert changes is not None
    assert changes.printers is None
    assert followed.after(changes).printers == followed.printers


def test_a_ticket_that_failed_is_printed_again_as_the_first_one(
    office: Office, queue: SqlPrintQueue
) -> None:
    issued = office.issue(printer=KIOSK)
    fails(office, queue)
    assert unprinted(office) == (issued.ticket,)
    reprint(office, issued)
    [again] = asked_for(office, queue)
    assert (again.ordinal, again.is_copy, again.staff) == (2, False, SARA)
    assert unprinted(office) == ()
    is_printed(office, queue, again)
    assert asked_for(office, queue) == []


def test_where_paper_may_have_come_out_the_next_one_is_a_copy(
    office: Office, queue: SqlPrintQueue
) -> None:
    issued = office.issue(printer=KIOSK)
    fails(office, queue, reached_paper=True)
    reprint(office, issued)
    [again] = asked_for(office, queue)
    assert again.is_copy


def test_a_printed_ticket_printed_again_is_a_copy(office: Office, queue: SqlPrintQueue) -> None:
    issued = office.issue(printer=KIOSK)
    is_printed(office, queue, asked_for(office, queue)[0])
    reprint(office, issued)
    [again] = asked_for(office, queue)
    assert again.is_copy
    is_printed(office, queue, again)
    reprint(office, issued)
    assert asked_for(office, queue)[0].ordinal == 3


def test_staff_go_before_customers_in_the_line_of_a_printer(
    office: Office, queue: SqlPrintQueue
) -> None:
    first = office.issue(printer=KIOSK)
    is_printed(office, queue, asked_for(office, queue)[0])
    office.later(seconds=1)
    second = office.issue(printer=KIOSK)
    office.later(seconds=1)
    reprint(office, first)
    assert [each.ticket for each in asked_for(office, queue)] == [first.ticket, second.ticket]


def test_a_ticket_is_not_printed_twice_at_once(office: Office, queue: SqlPrintQueue) -> None:
    issued = office.issue(printer=KIOSK)
    [asked] = asked_for(office, queue)
    assert queue.begin_print(office.branch.id, asked)
    with office.refuses(Reason.PRINT_UNDER_WAY):
        reprint(office, issued)


def test_a_printer_that_begins_while_staff_ask_prints_one_original(
    office: Office, queue: SqlPrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = office.issue(printer=KIOSK)
    [asked] = asked_for(office, queue)
    began: list[bool] = []
    printer = Thread(target=lambda: began.append(queue.begin_print(office.branch.id, asked)))
    read = PrintingRows.of_ticket

    def read_while_it_begins(rows: PrintingRows, ticket: TicketId) -> list[Print]:
        found = read(rows, ticket)
        printer.start()
        printer.join(0.2)
        return found

    monkeypatch.setattr(PrintingRows, "of_ticket", read_while_it_begins)
    reprint(office, issued)
    printer.join()
    [again] = asked_for(office, queue)
    assert (began, again.is_copy) == ([False], False)


def test_a_print_over_which_its_kiosk_died_stands_in_nobodys_way(
    office: Office, queue: SqlPrintQueue
) -> None:
    issued = office.issue(printer=KIOSK)
    office.do(ReportPrinter(printer=DESK))
    [dead] = asked_for(office, queue)
    assert queue.begin_print(office.branch.id, dead)
    office.later(seconds=PRINT_WITHIN.total_seconds() + 1)
    reprint(office, issued, DESK)
    [again] = asked_for(office, queue, DESK)
    assert again.is_copy, "for the first one may have come out"
    assert queue.prints(office.branch.id, KIOSK, PrintState.PRINTING) == []
    assert unprinted(office, DESK) == ()


def test_without_a_printer_nothing_can_be_printed_again(office: Office) -> None:
    issued = office.issue()
    with office.refuses(Reason.NO_PRINTER):
        reprint(office, issued)


def test_what_waits_for_a_dead_printer_comes_out_of_another_one(
    office: Office, queue: SqlPrintQueue
) -> None:
    issued = office.issue(printer=KIOSK)
    office.do(ReportPrinter(printer=KIOSK, fault=PrinterFault.OFFLINE))
    office.do(ReportPrinter(printer=DESK))
    reprint(office, issued)
    assert asked_for(office, queue, KIOSK) == []
    [again] = asked_for(office, queue, DESK)
    assert (again.ticket, again.is_copy) == (issued.ticket, False)


def test_a_ticket_taken_on_the_phone_can_be_had_on_paper(
    office: Office, queue: SqlPrintQueue
) -> None:
    office.do(ReportPrinter(printer=KIOSK))
    issued = office.issue()
    reprint(office, issued)
    [asked] = asked_for(office, queue)
    assert (asked.ordinal, asked.is_copy) == (1, False)


def test_a_report_that_comes_late_does_not_take_a_print_back(
    office: Office, queue: SqlPrintQueue
) -> None:
    office.issue(printer=KIOSK)
    [asked] = asked_for(office, queue)
    is_printed(office, queue, asked)
    late = replace(asked, state=PrintState.FAILED, fault=PrinterFault.SILENT)
    office.do(ReportPrinter(printer=KIOSK, failed=(late,)))
    assert unprinted(office) == ()


def test_nobody_needs_yesterdays_paper(office: Office, queue: SqlPrintQueue) -> None:
    office.issue(printer=KIOSK)
    fails(office, queue)
    office.issue(printer=KIOSK)
    office.later(days=1)
    office.issue(printer=KIOSK)
    assert len(asked_for(office, queue)) == 1
    office.do(ReportPrinter(printer=KIOSK))
    assert unprinted(office) == ()
