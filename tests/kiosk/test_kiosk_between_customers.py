"""Languages, many services, small and large screens, and the kiosk when nobody is there."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.geometry import Size

from kiosk.card import Card, CardWords, fitted, rows_needed
from kiosk.card_groups import SMALLEST, arrangement, most_cards
from kiosk.find_ticket_screen import FindTicketScreen
from kiosk.question_screen import QuestionScreen
from kiosk.ticket_screen import TicketScreen
from kiosk.welcome_screen import WelcomeScreen
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import ServiceCode
from queueapp.tui.curtain import Curtain
from tests.cells_picture import screen_text
from tests.kiosk.customers import at_the_kiosk, morning, office, receipt_for
from tests.tui.fakes import text
from tests.tui.waiting import until

KIOSK_SIZES = ((60, 20), (80, 24), (132, 43), (60, 50))


def many_services(count: int) -> LiveBranch:
    branch = office()
    services = tuple(
        replace(
            branch.services[0],
            code=ServiceCode(chr(ord("A") + place)),
            name=text(f"Service number {place + 1}", f"خدمت شماره {place + 1}"),
        )
        for place in range(count)
    )
    return morning(replace(branch, services=services, counters=()))


async def test_a_customer_chooses_persian_and_has_a_persian_ticket() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        await customer.taps("فارسی")
        await customer.reads("پرداخت قبض")
        await customer.taps("پرداخت قبض")
        await customer.sees(TicketScreen)
        await customer.reads("۱ نفر پیش از شماست")
    assert customer.issued[0].language == "fa"


async def test_the_next_customer_finds_the_first_language() -> None:
    async with at_the_kiosk() as customer:
        await customer.presses("*")
        await until(customer.pilot, lambda: customer.screen.language.code == "fa")
        await customer.goes_away(20)
        await until(customer.pilot, lambda: customer.screen.language.code == "en")


async def test_a_kiosk_starts_in_the_first_language_of_its_branch() -> None:
    branch = replace(office(), languages=("fa", "en"))
    async with at_the_kiosk(morning(branch)) as customer:
        await until(customer.pilot, lambda: customer.screen.language.code == "fa")


async def test_a_question_that_nobody_answers_goes_away() -> None:
    async with at_the_kiosk() as customer:
        await customer.presses("8")
        await customer.sees(QuestionScreen)
        await customer.goes_away(12)
        await customer.presses("up")  # somebody is still there
        await customer.goes_away(12)
        assert isinstance(customer.terminal.screen, QuestionScreen)
        await customer.goes_away(8)
        await customer.sees(WelcomeScreen)
        assert customer.issued == []


async def test_a_number_half_typed_goes_away_too() -> None:
    async with at_the_kiosk() as customer:
        await customer.presses("0")
        await customer.sees(FindTicketScreen)
        await customer.presses("4")
        await customer.goes_away(20)
        await customer.sees(WelcomeScreen)


async def test_many_services_have_pages() -> None:
    live = many_services(12)
    async with at_the_kiosk(live, receipt_for(live, ServiceCode("A"))) as customer:
        assert "Service number 6" in customer.read()
        assert "Service number 7" not in customer.read()
        await customer.presses("7")
        await customer.reads("Service number 7")
        await customer.presses("1")
        await customer.sees(TicketScreen)
    assert customer.issued[0].service == "G"


@pytest.mark.parametrize("size", KIOSK_SIZES)
@pytest.mark.parametrize("count", [1, 3, 5, 9, 20])
async def test_every_card_is_large_enough_and_says_its_service(
    size: tuple[int, int], count: int
) -> None:
    async with at_the_kiosk(many_services(count), size=size) as customer:
        assert not customer.screen.query_one(Curtain).display
        cards = list(customer.screen.query_one("#services").query(Card))
        assert cards
        for card in cards:
            assert card.region.width >= SMALLEST.width
            assert card.region.height >= SMALLEST.height
            assert customer.screen.region.contains_region(card.region)
            words = fitted(card.words, card.content_size).plain
            needed = sum(rows_needed(row, card.content_size.width) for row in words.split("\n"))
            assert card.words.title in words
            assert needed <= card.content_size.height


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("size", [(80, 24), (89, 24), (100, 30)])
async def test_no_word_of_a_card_touches_its_border(size: tuple[int, int], language: str) -> None:
    live = many_services(5)
    names = text("Complaints and faults", "شکایت از خرابی و اختلال")
    services = tuple(replace(each, name=names) for each in live.branch.services)
    live = replace(live, branch=replace(live.branch, services=services))
    async with at_the_kiosk(live, size=size, language=language) as customer:
        mirrored = -1 if language == "fa" else 1
        lines = [
            [each for each in line if cell_len(each)][::mirrored]
            for line in screen_text(customer.terminal)
        ]
        for card in customer.screen.query(Card):
            inside = card.region.shrink((1, 1, 1, 1))
            for line in lines[inside.y : inside.bottom]:
                assert (line[inside.x], line[inside.right - 1]) == (" ", " ")


@pytest.mark.parametrize("columns", [80, 90, 100, 101, 102, 132])
async def test_three_in_a_row_stand_from_edge_to_edge_as_the_ways_below_them(columns: int) -> None:
    async with at_the_kiosk(many_services(6), size=(columns, 30)) as customer:
        rows = ("#services", "#ways")
        first, last = [
            {customer.screen.query_one(row).query(Card)[card].region for row in rows}
            for card in (0, 2)
        ]
        assert len({region.x for region in first}) == 1
        assert len({region.right for region in last}) == 1


ROOMS = (Size(56, 11), Size(76, 14), Size(128, 31), Size(56, 40))


@pytest.mark.parametrize(
    ("count", "room"),
    [(count, room) for room in ROOMS for count in range(1, min(most_cards(room), 9) + 1)],
)
def test_cards_are_never_smaller_than_a_finger_while_they_fit(count: int, room: Size) -> None:
    columns, rows, card = arrangement(count, room)
    assert columns * rows >= count
    assert card.width >= SMALLEST.width
    assert card.height >= SMALLEST.height
    assert columns * (card.width + 1) - 1 <= room.width
    assert rows * card.height <= room.height


def test_a_card_drops_what_matters_least() -> None:
    words = CardWords(title="Bills", other_title="قبض", details=("2 waiting", "8–14 min"))
    assert fitted(words, Size(20, 5)).plain == "Bills\nقبض\n\n2 waiting\n8–14 min"
    assert fitted(words, Size(20, 4)).plain == "Bills\nقبض\n2 waiting\n8–14 min"
    assert fitted(words, Size(20, 3)).plain == "Bills\n2 waiting\n8–14 min"
    assert fitted(words, Size(20, 2)).plain == "Bills\n8–14 min"
    assert fitted(words, Size(20, 1)).plain == "Bills"


def test_a_title_of_two_lines_leaves_room_for_the_other_language() -> None:
    words = CardWords(title="I have a number", other_title="نوبت دارم", details=("Look it up now",))
    assert fitted(words, Size(12, 3)).plain == "I have a number\nنوبت دارم"
