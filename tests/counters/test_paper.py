"""What clerk and supervisor see of a printer, and how they print a ticket again."""

from dataclasses import replace

from counters.reprinting import printable
from counters.supervisor import SupervisorScreen
from counters.supervisor_tickets import TicketScreen
from counters.wall_table import WallTable
from queueapp.domain.alerts import AlertKind, alerts
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import Printer, PrinterFault, PrinterName
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import LegState
from queueapp.operations.commands import ReprintTicket
from tests.counters.desks import a_waiting, at_the_desk, desk_terminal, in_lines, said, usable
from tests.counters.halls import busy_hall, quiet_hall
from tests.counters.walls import same, wall
from tests.tui.fakes import MINA, NOW, SARA, RecordingOperations, fake_live
from tests.tui.waiting import until

KIOSK = PrinterName("kiosk 1")


def with_printer(
    live: LiveBranch,
    fault: PrinterFault | None = None,
    *,
    low: bool = False,
    failed: int = 0,
) -> LiveBranch:
    """The same branch, with a printer that did not print the first ``failed`` who wait."""
    unprinted = tuple(ticket.id for ticket in live.waiting[:failed])
    printer = Printer(name=KIOSK, fault=fault, paper_is_low=low, since=NOW, unprinted=unprinted)
    return replace(live, printers={KIOSK: printer})


def told(live: LiveBranch) -> list[tuple[AlertKind, int]]:
    about_paper = {AlertKind.PRINTER_DOWN, AlertKind.PAPER_LOW, AlertKind.TICKETS_UNPRINTED}
    return [(each.kind, each.count) for each in alerts(live, NOW) if each.kind in about_paper]


def test_a_printer_that_prints_is_no_alert() -> None:
    assert told(with_printer(quiet_hall())) == []


def test_a_printer_that_is_down_low_or_left_something_out_is_one() -> None:
    live = busy_hall()
    assert told(with_printer(live, PrinterFault.PAPER_OUT)) == [(AlertKind.PRINTER_DOWN, 1)]
    assert told(with_printer(live, low=True)) == [(AlertKind.PAPER_LOW, 1)]
    assert told(with_printer(live, failed=2)) == [(AlertKind.TICKETS_UNPRINTED, 2)]


def test_nobody_cares_for_the_paper_of_somebody_who_has_left() -> None:
    live = busy_hall()
    gone = next(t for t in live.tickets.values() if t.leg.state is LegState.ENDED)
    printer = Printer(name=KIOSK, since=NOW, unprinted=(gone.id,))
    assert told(replace(live, printers={KIOSK: printer})) == []


def test_what_did_not_come_out_stands_first_in_the_list() -> None:
    live = with_printer(busy_hall(), failed=1)
    listed = printable(live)
    assert listed[0] == live.waiting[0]
    assert [t.id for t in listed[1:]] == sorted((t.id for t in listed[1:]), reverse=True)
    assert len({t.id for t in listed}) == len(listed)


async def test_the_wall_says_what_the_printer_lacks() -> None:
    async with wall(with_printer(quiet_hall(), PrinterFault.COVER_OPEN)) as seen:
        assert any("Printer kiosk 1: the cover is open" in line for line in seen.table("alerts"))
        assert any("See to the printer" in line for line in seen.table("alerts"))


async def test_an_alert_leads_to_the_tickets_that_did_not_come_out() -> None:
    live = with_printer(quiet_hall(), failed=0)
    waiting = busy_hall().waiting[0]
    live = replace(
        live,
        tickets={**live.tickets, waiting.id: waiting},
        printers={KIOSK: replace(live.printers[KIOSK], unprinted=(waiting.id,))},
    )
    async with wall(live) as seen:
        rows = seen.screen.query_one("#alerts", WallTable).rows
        at = next(
            number
            for number, row in enumerate(rows, 1)
            if any("1 ticket was not printed" in cell.text for cell in row.cells)
        )
        await seen.press(str(at))
        await seen.choose("Print a ticket again")
        await seen.asked(TicketScreen)
        await seen.press("enter")
        (command,) = await seen.sent()
    assert same(command, ReprintTicket(staff=MINA, ticket=waiting.id))


async def test_a_supervisor_prints_any_ticket_with_one_key() -> None:
    live = with_printer(busy_hall())
    async with wall(live) as seen:
        await seen.press("i")
        await seen.asked(TicketScreen)
        await seen.press("enter")
        (command,) = await seen.sent()
        await seen.asked(SupervisorScreen)
    assert same(command, ReprintTicket(staff=MINA, ticket=printable(live)[0].id))


async def test_a_clerk_sees_the_trouble_and_prints_again() -> None:
    live = with_printer(fake_live(a_waiting(43), at_the_desk()), PrinterFault.PAPER_OUT, failed=1)
    operations = RecordingOperations()
    terminal = desk_terminal(live, operations=operations)
    async with terminal.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Printer kiosk 1: no paper" in in_lines(terminal, "DeskHeader"))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(terminal.screen, TicketScreen))
        await pilot.press("enter")
        await until(pilot, lambda: bool(operations.commands))
    assert same(operations.commands[0], ReprintTicket(staff=SARA, ticket=live.waiting[0].id))


async def test_why_a_ticket_cannot_be_printed_is_said() -> None:
    live = with_printer(fake_live(a_waiting(43)))
    operations = RecordingOperations(answers=[Refused(Reason.PRINT_UNDER_WAY, ticket="A043")])
    terminal = desk_terminal(live, operations=operations)
    async with terminal.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "i" in usable(terminal))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(terminal.screen, TicketScreen))
        await pilot.press("enter")
        await until(pilot, lambda: said(terminal) == ["Ticket A043 is being printed right now."])


async def test_without_a_printer_the_key_is_not_there() -> None:
    terminal = desk_terminal(fake_live(a_waiting(43)))
    async with terminal.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(in_lines(terminal, "DeskHeader")))
        assert "i" not in usable(terminal)
