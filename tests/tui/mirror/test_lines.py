"""One line of a widget, turned around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from queueapp.language import Direction
from queueapp.language.bidi import visual
from queueapp.language.isolates import isolated
from queueapp.tui.mirror.lines import turned, upright

RTL = Direction.RIGHT_TO_LEFT
RED, BLUE, CURSOR = Style(color="red"), Style(color="blue"), Style(reverse=True)


def seen(text: str, width: int = 0) -> str:
    """``text`` in a line of ``width`` cells, as it is seen from left to right."""
    return turned(Strip([Segment(text.ljust(width))])).text


def shaped(word: str) -> str:
    """One Persian word as it is seen."""
    return visual(word).text


def test_a_line_begins_at_the_right() -> None:
    assert seen("باجه", 10) == "      " + shaped("باجه")


def test_the_order_of_columns_is_that_of_reading() -> None:
    assert seen("A042  B011  C007") == "C007  B011  A042"


def test_columns_keep_their_places_when_lam_and_alef_become_one() -> None:
    line = seen("سلام  A042", 12)
    assert cell_len(line) == 12
    assert line == "  A042   " + shaped("سلام")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("نوبت {A042} ۵ نفر", "{نفر} ۵ A042 {نوبت}"),
        ("ساعت ۱۰:۵۲ تا ۱۱:۰۵", "۱۱:۰۵ {تا} ۱۰:۵۲ {ساعت}"),
        ("تلفن {0912-345-6789} است", "{است} 0912-345-6789 {تلفن}"),
        ("هدف ۹۲٪ است", "{است} \N{ARABIC PERCENT SIGN}۹۲ {هدف}"),
        ("خدمت (قبض)", "({قبض}) {خدمت}"),
    ],
)
def test_facts_in_a_sentence_keep_their_own_order(facts: str, expected: str) -> None:
    parts = facts.replace("}", "{").split("{")
    sentence = "".join(
        isolated(part, RTL) if place % 2 else part for place, part in enumerate(parts)
    )
    words = expected.replace("}", "{").split("{")
    assert seen(sentence).strip() == "".join(
        shaped(word) if place % 2 else word for place, word in enumerate(words)
    )


def test_without_an_isolate_the_number_would_become_part_of_the_code() -> None:
    assert "A042 ۵" in seen("نوبت A042 ۵ نفر")
    assert "۵ A042" in seen(f"نوبت {isolated('A042', RTL)} ۵ نفر")


def test_a_text_in_latin_letters_alone_keeps_its_order_and_its_stop() -> None:
    assert seen("Goodbye, and thank you!", 30) == "       Goodbye, and thank you!"


def test_drawn_lines_are_seen_in_a_mirror() -> None:
    assert seen("╭─ ۱ ────╮") == "╭──── ۱ ─╮"
    assert seen("│ باجه   │") == "│   " + shaped("باجه") + " │"
    assert seen("▌ A ") == " A ▐"


def test_a_block_without_a_mirror_image_changes_ink_and_ground() -> None:
    (segment,) = turned(Strip([Segment("▊", RED)]))
    assert (segment.text, segment.style) == ("▎", RED + Style(reverse=True))
    (segment,) = turned(Strip([Segment("▊", RED + Style(reverse=True))]))
    assert segment.text == "▎"
    assert segment.style is not None
    assert not segment.style.reverse


def test_every_corner_of_a_frame_of_blocks_is_turned() -> None:
    frame = [Segment("▊", RED + Style(reverse=True)), Segment("▔▔▎", RED)]
    first, *_, last = turned(Strip(frame))
    assert (first.text, first.style) == ("▊", RED + Style(reverse=True))
    assert last.text.endswith("▎")


def test_a_picture_keeps_its_columns_at_the_mirrored_place() -> None:
    strip = Strip([Segment("  ▌ ▛  باجه")])
    assert turned(strip, picture=(2, 5)).text == shaped("باجه") + "  ▌ ▛  "


def test_a_word_in_a_picture_can_be_read() -> None:
    strip = Strip([Segment("█ ۳۰ دقیقه █")])
    assert turned(strip, picture=(0, 12)).text == "█ " + shaped("دقیقه") + " ۳۰ █"


def test_cells_of_a_table_that_stand_close_are_read_each_by_itself() -> None:
    cells = Strip([Segment("A042"), Segment(" B011"), Segment(" ۵")])
    assert turned(cells, has_cells=True).text == "۵ B011 A042"


def test_one_text_stays_one_text_with_many_blanks_in_it() -> None:
    strip = Strip([Segment("▊  Hello  World   ▎")])
    assert turned(strip, text=(3, 15)).text.strip("▊▎ ") == "Hello  World"
    assert turned(strip).text.strip("▊▎ ") == "World  Hello"


def test_styles_and_actions_move_with_their_words() -> None:
    click = Style(meta={"@click": "take"})
    strip = Strip([Segment("نوبت ", RED), Segment("A042", click), Segment(" است", BLUE)])
    found = {segment.style: segment.text for segment in turned(strip)}
    assert found[click] == "A042"
    assert found[RED] == " " + shaped("نوبت")
    assert found[BLUE] == shaped("است") + " "


@pytest.mark.parametrize(
    ("before", "under", "after"),
    [("س", "ل", "ام"), ("سل", "ا", "م"), ("می", "\u200c", "شود"), ("شماره", "\u0654", " یک")],
    ids=["on the lam", "on the alef", "on a non-joiner", "on a mark"],
)
def test_a_cursor_is_seen_whatever_it_stands_on(before: str, under: str, after: str) -> None:
    strip = Strip([Segment(before), Segment(under, CURSOR), Segment(after)])
    marked = [segment for segment in turned(strip) if segment.style == CURSOR]
    assert sum(segment.cell_length for segment in marked) == 1


def test_the_spare_cell_of_a_lam_alef_does_not_widen_the_cursor() -> None:
    strip = Strip([Segment("سلا"), Segment(" ", CURSOR), Segment("    ")])
    marked = [segment for segment in turned(strip, text=(0, 4)) if segment.style == CURSOR]
    assert sum(segment.cell_length for segment in marked) == 1


WORDS = st.text(alphabet="سلاميگپ ۰۹19AB(),:‌│─ \u0651", max_size=30)


@given(st.lists(st.tuples(WORDS, st.sampled_from([RED, BLUE])), max_size=6))
def test_no_cell_is_lost_and_none_is_added(parts: list[tuple[str, Style]]) -> None:
    strip = Strip([Segment(text, style) for text, style in parts])
    result = turned(strip)
    assert result.cell_length == strip.cell_length
    assert sum(segment.cell_length for segment in result) == strip.cell_length


@given(st.lists(st.sampled_from("│ ─╭ ╯▌ ▘ ██  "), max_size=8))
def test_the_mirror_image_of_the_mirror_image_is_the_drawing(parts: list[str]) -> None:
    strip = Strip([Segment(part, RED) for part in parts])
    assert turned(turned(strip)).text == strip.text


def test_a_line_that_did_not_change_costs_nothing() -> None:
    strip = Strip([Segment("نوبت", RED)])
    assert turned(strip) is turned(Strip([Segment("نوبت", RED)]))


def test_an_english_line_is_left_alone() -> None:
    strip = Strip([Segment("│ Counter 3 · A042 ─ 92 % → 5 │")])
    assert upright(strip) is strip


def test_persian_words_in_an_english_line_are_joined_and_read_from_the_right() -> None:
    strip = Strip([Segment("│ Welcome · خوش آمدید!   نوبت بعدی! │ A042")])
    line = upright(strip)
    assert line.text.startswith(f"│ Welcome · {shaped('آمدید')} {shaped('خوش')}!   !")
    assert line.text.endswith(f"{shaped('نوبت')} │ A042")
    assert line.cell_length == strip.cell_length


def test_a_persian_ticket_in_an_english_sentence_leaves_the_number_after_it_alone() -> None:
    ticket = isolated("ک005", Direction.LEFT_TO_RIGHT)
    line = upright(Strip([Segment(f"Ticket {ticket} 3 people")]))
    assert line.text == f"Ticket 005{shaped('ک')} 3 people"
    assert isolated("A042", Direction.LEFT_TO_RIGHT) == "A042"
