"""What comes out of the printer, read back from the very bytes that were sent to it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from queueapp.config.printer_address import PrinterAddress, PrinterKind
from queueapp.devices.printer import drawing
from queueapp.devices.printer.connecting import PrinterSetup, picture_of
from queueapp.devices.printer.escpos_library import (
    UnknownProfile,
    keep_its_cache_in,
    opener,
    profile_for,
)
from queueapp.devices.printer.escpos_printer import EscposPrinter
from queueapp.devices.printer.ticket_words import TicketWords, ticket_words
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from tests.devices.escpos_reader import Ask, NotAPicture, printed
from tests.devices.network_printer import network_printer
from tests.devices.scanning import scanned
from tests.tui.fakes import NOW, after_the_last_shift, fake_branch, fake_live, language_of

ADDRESS = "https://queue.example.ir"


def branch_with_a_page() -> LiveBranch:
    return fake_live(branch=replace(fake_branch(), public_url=ADDRESS))


def first_waiting(live: LiveBranch) -> Ticket:
    return next(t for t in live.waiting if t.token)


def words_in(
    language: str, live: LiveBranch | None = None, *, is_copy: bool = False
) -> TicketWords:
    live = live or branch_with_a_page()
    return ticket_words(live, first_waiting(live), NOW, language_of(language), is_copy=is_copy)


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_code_on_paper_leads_to_the_ticket_s_page(
    language: str, width: int, tmp_path: Path
) -> None:
    live = branch_with_a_page()
    words = words_in(language, live)
    keep_its_cache_in(tmp_path)
    with network_printer() as printer:
        printer.paper.head = width
        address = PrinterAddress(
            kind=PrinterKind.NETWORK, text="", host="127.0.0.1", port=printer.port
        )
        open_it = opener(address, profile_for("default", width), seconds=5)
        sent = drawing.draw_ticket(words, width=width)
        EscposPrinter(open_it, open_it).print(sent, "ticket")
        [paper] = printer.tray
    assert paper.width == width
    assert paper.crop((0, 0, *sent.size)).tobytes() == sent.tobytes()
    assert scanned(paper) == [f"{ADDRESS}/t/{first_waiting(live).token}"]


def test_a_printer_prints_no_letters_of_its_own() -> None:
    with pytest.raises(NotAPicture):
        printed(b"A 105", 576)


def test_questions_do_not_disturb_a_picture() -> None:
    row = b"\x1dv0\0\x01\0\x02\0\x80\x01"
    [paper] = printed(b"\x1b@\x10\x04\x01" + row + b"\x1dr\x01\x1dV\0", 8)
    assert Ask("printed") != Ask("eot 1")
    assert paper.size == (8, 2)
    assert [paper.getpixel(at) for at in ((0, 0), (1, 0), (7, 1))] == [0, 255, 0]


def test_a_ticket_says_everything_in_the_language_of_its_owner() -> None:
    words = words_in("fa")
    assert words.is_right_to_left
    assert words.branch == "شعبهٔ ونک"
    assert words.number[-1] in "۰۱۲۳۴۵۶۷۸۹"
    assert "۱۴۰۵" in words.taken  # the Jalali year
    assert words.copy == ""
    english = words_in("en", is_copy=True)
    assert not english.is_right_to_left
    assert english.taken.startswith("Wednesday 7 October 2026, ")
    assert english.copy == "Copy"
    assert english.place
    assert english.kind_words


def test_paper_promises_no_wait_to_somebody_who_is_called() -> None:
    live = branch_with_a_page()
    called = next(t for t in live.tickets.values() if t.leg.state is LegState.SERVING)
    words = ticket_words(live, called, NOW, language_of("en"), is_copy=False)
    assert (words.place, words.wait, words.clock) == ("", "", "")


def test_after_the_last_shift_paper_says_when_it_opens_and_that_it_is_good_for_today() -> None:
    words = words_in("en", after_the_last_shift(branch_with_a_page()))
    assert (words.place, words.wait, words.clock) == ("", "Opens tomorrow at 08:00", "")
    assert words.kind_words.endswith("this number is good for today only.")


def test_without_a_page_there_is_no_code_that_leads_nowhere() -> None:
    live = fake_live(branch=replace(fake_branch(), public_url=None))
    words = words_in("en", live)
    assert (words.code, words.about_code) == ("", "")
    assert scanned(drawing.draw_ticket(words, width=576)) == []


def test_a_copy_can_be_told_from_the_ticket() -> None:
    first = drawing.draw_ticket(words_in("en"), width=576)
    copy = drawing.draw_ticket(words_in("en", is_copy=True), width=576)
    assert copy.height > first.height


def test_long_names_are_broken_and_nothing_is_cut_off() -> None:
    words = replace(
        words_in("en"), service="Complaints about everything " * 3, number="ABCDEFGH 12345"
    )
    paper = drawing.draw_ticket(words, width=384)
    edges = [paper.getpixel((x, y)) for x in (0, 1, 382, 383) for y in range(paper.height)]
    assert set(edges) == {255}


def test_a_logo_stands_at_the_head(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (300, 200), (0, 0, 0, 255)).save(logo)
    without = drawing.draw_ticket(words_in("en"), width=576)
    with_logo = drawing.draw_ticket(words_in("en"), width=576, logo=logo)
    assert with_logo.height > without.height + 100
    assert with_logo.getpixel((288, 60)) == 0


def test_a_logo_that_is_no_picture_costs_nobody_a_ticket(tmp_path: Path) -> None:
    broken = tmp_path / "logo.png"
    broken.write_text("no picture")
    setup = PrinterSetup(
        address=PrinterAddress(kind=PrinterKind.FILE, text="", folder=tmp_path),
        width=576,
        profile="default",
        answers=True,
        logo=broken,
        cache=tmp_path,
    )
    assert (
        picture_of(words_in("en"), setup).size
        == drawing.draw_ticket(words_in("en"), width=576).size
    )


def test_letters_are_joined_by_this_pillow() -> None:
    assert drawing.can_shape()


def test_a_profile_that_does_not_exist_is_told(tmp_path: Path) -> None:
    keep_its_cache_in(tmp_path)
    with pytest.raises(UnknownProfile, match="TM-NONE"):
        profile_for("TM-NONE", 576)
