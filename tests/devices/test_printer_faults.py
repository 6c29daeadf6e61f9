"""Unplugged, out of paper, slow, dying in the middle: issues go on, staff know, one ticket each."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from queueapp.domain.printing import PrinterFault
from queueapp.operations.ports import StoreUnavailable
from tests.devices.network_printer import NetworkPrinter, network_printer
from tests.devices.printing_office import PrintingOffice, impatient, printing_office


@pytest.fixture
def printer() -> Iterator[NetworkPrinter]:
    with network_printer() as plugged_in:
        yield plugged_in


@pytest.fixture
def at(tmp_path: Path, printer: NetworkPrinter) -> Iterator[PrintingOffice]:
    with printing_office(tmp_path, printer) as office:
        office.office.sign_on()
        yield office


def test_each_ticket_comes_out_once(at: PrintingOffice) -> None:
    for _ in range(3):
        at.issue()
    at.works()
    at.works()
    assert len(at.printer.tray) == 3
    assert not at.printer.paper.is_hanging_out
    assert at.staff_see().fault is None
    assert at.staff_see().unprinted == ()


def test_an_idle_printer_is_looked_at_and_only_news_is_told(at: PrintingOffice) -> None:
    at.works()
    assert at.staff_see().fault is None
    told = at.office.live.revision
    at.works()
    assert at.office.live.revision == told
    at.printer.cover_is_open = True
    at.works()
    assert at.staff_see().fault is PrinterFault.COVER_OPEN
    at.printer.cover_is_open = False
    at.printer.paper_is_low = True
    at.works()
    assert (at.staff_see().fault, at.staff_see().paper_is_low) == (None, True)
    at.issue()
    at.works()
    assert at.staff_see().paper_is_low
    assert len(at.printer.tray) == 1


def test_a_printer_that_is_unplugged_and_back_soon_prints_what_waits(at: PrintingOffice) -> None:
    at.printer.unplug()
    at.issue()
    at.works()
    assert at.staff_see().fault is PrinterFault.OFFLINE
    assert at.staff_see().unprinted == ()  # its owner still stands there
    at.printer.plug_in()
    at.office.later(seconds=10)
    at.works()
    assert at.staff_see().fault is None
    assert len(at.printer.tray) == 1


def test_out_of_paper_for_long_the_ticket_is_left_to_staff(at: PrintingOffice) -> None:
    at.printer.paper_is_out = True
    issued = at.issue()
    at.works()
    assert at.staff_see().fault is PrinterFault.PAPER_OUT
    at.office.later(seconds=30)
    at.works()
    assert at.staff_see().unprinted == (issued.ticket,)
    at.printer.paper_is_out = False
    at.works()
    assert at.staff_see().fault is None
    assert at.printer.tray == []  # its owner has gone: nobody would take it
    at.reprint(issued)
    at.works()
    assert len(at.printer.tray) == 1
    assert at.staff_see().unprinted == ()


def test_what_staff_ask_for_waits_for_the_new_roll(at: PrintingOffice) -> None:
    issued = at.issue()
    at.works()
    at.printer.paper_is_out = True
    at.reprint(issued)
    at.works()
    at.office.later(minutes=3)
    at.works()
    at.printer.paper_is_out = False
    at.works()
    assert len(at.printer.tray) == 2


def test_one_that_dies_in_the_middle_has_printed_nothing_or_a_part(at: PrintingOffice) -> None:
    at.printer.dies_after_rows = 400
    issued = at.issue()
    at.works()
    assert at.staff_see().fault is PrinterFault.OFFLINE
    assert at.staff_see().unprinted == (issued.ticket,)
    at.works()
    assert at.staff_see().fault is None  # it is back
    assert at.printer.tray == []  # and never prints by itself what may lie in the tray
    at.printer.paper.tear_off()
    at.reprint(issued)
    at.works()
    assert len(at.printer.tray) == 1


def test_a_roll_that_ends_in_the_middle_is_told_as_that(at: PrintingOffice) -> None:
    at.printer.runs_out_after_rows = 300
    issued = at.issue()
    at.works()
    assert at.staff_see().fault is PrinterFault.PAPER_OUT
    assert at.staff_see().unprinted == (issued.ticket,)


def test_a_database_that_goes_away_with_the_printer_loses_no_ticket(
    at: PrintingOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.works()
    at.printer.unplug()
    at.issue()
    with monkeypatch.context() as away:
        away.setattr(at.queue, "put_back", _is_away)
        with pytest.raises(StoreUnavailable):
            at.works()
    at.printer.plug_in()
    at.works()
    assert len(at.printer.tray) == 1
    assert at.staff_see().fault is None


def test_a_database_that_goes_away_in_the_middle_of_a_ticket_is_told_of_it_when_it_is_back(
    at: PrintingOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.works()
    at.printer.dies_after_rows = 400
    issued = at.issue()
    with monkeypatch.context() as away:
        away.setattr(at.office, "do", _is_away)
        with pytest.raises(StoreUnavailable):
            at.works()
    at.works()
    assert at.staff_see().unprinted == (issued.ticket,)
    assert at.printer.tray == []
    at.printer.paper.tear_off()
    at.reprint(issued)
    at.works()
    assert len(at.printer.tray) == 1


def _is_away(*_: object) -> None:
    raise StoreUnavailable("away")


def test_a_printer_that_says_nothing_is_silent_and_gets_no_second_ticket(
    at: PrintingOffice,
) -> None:
    at.printer.is_silent = True
    issued = at.issue()
    at.works()
    assert at.staff_see().fault is PrinterFault.SILENT
    at.printer.is_silent = False
    at.works()
    assert len(at.printer.tray) == 1
    assert at.staff_see().unprinted == ()
    assert issued.ticket is not None


def test_while_a_slow_printer_takes_its_time_tickets_are_issued_as_ever(
    at: PrintingOffice,
) -> None:
    at.device = impatient(at.setup, seconds=60)  # it is this printer that takes its time
    at.work = at.start_process()
    at.printer.slows_down_at_first_row = True
    first = at.issue()
    live = at.office.live
    process = threading.Thread(target=at.work.look, args=(live, at.stop))
    process.start()
    assert at.printer.started_printing.wait(60)
    issued = [at.issue() for _ in range(7)]
    assert process.is_alive()  # every one of them while the first still hangs in the printer
    assert at.printer.tray == []
    assert len({each.label for each in (first, *issued)}) == 8
    at.printer.pace.set()
    process.join(30)
    assert not process.is_alive()
    at.office.later(seconds=60)  # a printer that is slow, not broken, catches up
    at.works()
    assert len(at.printer.tray) == 8
    assert at.staff_see().fault is None


def test_a_kiosk_that_starts_anew_prints_what_was_left_and_nothing_twice(
    at: PrintingOffice,
) -> None:
    at.issue()
    at.works()
    at.issue()
    at.dies()
    at.work = at.start_process()
    at.works()
    at.works()
    assert len(at.printer.tray) == 2


def test_what_was_under_way_when_the_kiosk_died_is_told_and_not_sent_again(
    at: PrintingOffice,
) -> None:
    at.works()
    issued = at.issue()
    [asked] = at.waiting()
    assert at.queue.begin_print(at.office.branch.id, asked)
    at.dies()
    at.work = at.start_process()
    at.works()
    assert at.printer.tray == []
    assert at.staff_see().unprinted == (issued.ticket,)
    at.reprint(issued)
    at.works()
    assert len(at.printer.tray) == 1


def test_what_was_left_for_long_is_not_printed_for_the_next_customer(at: PrintingOffice) -> None:
    issued = at.issue()
    at.office.later(minutes=10)
    at.works()
    assert at.printer.tray == []
    assert at.staff_see().unprinted == (issued.ticket,)


def test_two_kiosks_that_share_a_printer_print_each_ticket_once(at: PrintingOffice) -> None:
    other = at.start_process()
    at.works()
    for _ in range(4):
        at.issue()
    other.look(at.office.live, at.stop)
    assert at.printer.tray == []  # the first process has the printer
    at.works()
    other.look(at.office.live, at.stop)
    assert len(at.printer.tray) == 4
