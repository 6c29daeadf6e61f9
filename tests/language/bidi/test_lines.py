"""What a terminal is given for a line, told by the lines that a front office shows."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queueapp.language.bidi import VisualLine, first_strong_is_right_to_left, visual

NON_JOINER = "\u200c"
ISOLATE, END_OF_ISOLATE = "\u2066", "\u2069"
MADE_OF_ISOLATE_AND_LETTERS = f"تلفن {ISOLATE}021-8877{END_OF_ISOLATE} است"


def seen(line: str, *, right_to_left: bool = True) -> str:
    return visual(line, right_to_left=right_to_left).text


def test_letters_join_and_run_from_the_right() -> None:
    assert seen("نوبت") == "ﺖﺑﻮﻧ"
    assert seen("باجه ۳") == "۳ ﻪﺟﺎﺑ"


def test_a_latin_code_a_number_and_a_range_keep_their_own_order() -> None:
    assert seen("نوبت A-042 است") == "ﺖﺳﺍ A-042 ﺖﺑﻮﻧ"
    assert seen("ساعت ۱۰:۴۵") == "۱۰:۴۵ ﺖﻋﺎﺳ"
    assert seen("۸ تا ۱۴ دقیقه") == "ﻪﻘﯿﻗﺩ ۱۴ ﺎﺗ ۸"
    assert seen("۱٬۲۳۴ تومان") == "ﻥﺎﻣﻮﺗ ۱٬۲۳۴"


def test_a_telephone_number_keeps_its_order_in_an_isolate() -> None:
    assert seen("تلفن 021-8877") == "8877-021 ﻦﻔﻠﺗ"  # what Unicode asks for, and nobody wants
    assert seen(MADE_OF_ISOLATE_AND_LETTERS) == "ﺖﺳﺍ 021-8877 ﻦﻔﻠﺗ"


def test_brackets_turn_around() -> None:
    assert seen("(۳ نفر)") == "(ﺮﻔﻧ ۳)"
    assert seen("«سلام»") == "«ﻡﻼﺳ»"
    assert seen("خدمت (Internet) باز") == "ﺯﺎﺑ (Internet) ﺖﻣﺪﺧ"


def test_persian_in_an_english_line_is_turned_where_it_stands() -> None:
    assert seen("Service: نوبت ok", right_to_left=False) == "Service: ﺖﺑﻮﻧ ok"


def test_the_non_joiner_parts_letters_and_is_not_seen() -> None:
    assert seen(f"می{NON_JOINER}خواهم") == "ﻢﻫﺍﻮﺧﯽﻣ"
    assert seen("میخواهم") == "ﻢﻫﺍﻮﺨﯿﻣ"


def test_the_joiner_joins_where_no_letter_follows() -> None:
    assert seen("ه\u200d") == "ﻫ"
    assert seen("\u200dه") == "ﻪ"


def test_lam_and_alef_become_one() -> None:
    assert visual("سلام") == VisualLine("ﻡﻼﺳ", (3, 1, 0))
    assert [seen(word) for word in ("لا", "لآ", "لأ", "لإ")] == ["ﻻ", "ﻵ", "ﻷ", "ﻹ"]
    assert seen(f"ل{NON_JOINER}ا") == "ﺍﻝ"
    assert seen("ل\u200dا") == "ﺎﻟ"


def test_the_cell_that_lam_and_alef_save_is_given_back_before_the_next_column() -> None:
    first, second = "سلام      │ ۱۲   ", "نوبت      │ ۱۲   "
    assert len(seen(first)) == len(first)
    assert seen(first).index("│") == seen(second).index("│")
    assert visual(first).sources == (16, 15, 14, 12, 13, 11, 10, 9, 8, 7, 6, 5, 4, 4, 3, 1, 0)


def test_a_column_without_a_rule_keeps_its_place_too() -> None:
    first, second = "سلام  ۱۲ بلا باز ", "نوبت  ۱۲ بله باز "
    assert seen(first).index("۱۲") == seen(second).index("۱۲")
    assert len(seen(first)) == len(first)


def test_a_line_without_room_gets_shorter_by_each_lam_alef() -> None:
    line = "سلام بلا سلام"
    assert len(seen(line)) == len(line) - 3


def test_marks_stay_behind_their_letter() -> None:
    assert seen("کتابِ خوب") == "ﺏﻮﺧ ﺏِﺎﺘﮐ"
    assert seen("محمّد") == "ﺪﻤّﺤﻣ"
    assert seen("لَا") == "ﻻَ"


def test_the_hamza_of_ezafe_is_kept_in_both_spellings() -> None:
    assert seen("شمارهٔ") == seen("شمارۀ") == "ﻩٔﺭﺎﻤﺷ"
    assert seen("خانهٔ") == seen("خانۀ") == "ﻪٔﻧﺎﺧ"


def test_tatweel_joins_on_both_sides() -> None:
    assert seen("بـب") == "ﺐـﺑ"


def test_arabic_letters_of_other_keyboards_join_too() -> None:
    assert seen("علي ك") == "ﻙ ﻲﻠﻋ"


def test_emoji_are_not_torn_apart() -> None:
    family = "👨\u200d👩\u200d👧"
    assert seen(f"سلام {family} 👍🏽") == f"👍🏽 {family} ﻡﻼﺳ"


def test_every_character_says_where_it_came_from() -> None:
    line = f"کتابِ {ISOLATE}A-1{END_OF_ISOLATE} می{NON_JOINER}شود"
    shown = visual(line)
    assert len(shown.text) == len(shown.sources)
    for character, source in zip(shown.text, shown.sources, strict=True):
        if character in "A-1ِ ":
            assert line[source] == character


@pytest.mark.parametrize("line", ["", " ", "A 042", "│ 12 │", "naïve – “quoted”", "日本語 👍"])
def test_a_line_without_right_to_left_letters_stays_as_it_is(line: str) -> None:
    assert visual(line, right_to_left=False) == VisualLine(line, tuple(range(len(line))))


def test_a_blank_line_stays_blank_and_its_first_cell_is_the_rightmost() -> None:
    assert visual("   ") == VisualLine("   ", (2, 1, 0))
    assert visual("") == VisualLine("", ())


def test_an_english_line_keeps_its_words_but_stands_at_the_right() -> None:
    assert seen("Ticket A042.   ") == "   .Ticket A042"


@pytest.mark.parametrize(
    "line",
    [
        "\u202e",
        "\u2066\u2067\u2068",
        "\u2069\u202c",
        "\ufeff\u200d",
        "ب\u202e",
        "\x00\x1b",
        "\ud800",
    ],
)
def test_what_only_steers_or_means_nothing_does_no_harm(line: str) -> None:
    shown = visual(line)
    assert len(shown.text) == len(shown.sources)
    assert not set(shown.text) & set("\u200d\u202c\u202e\u2066\u2067\u2068\u2069\ufeff")


def test_a_mark_without_a_letter_keeps_its_place() -> None:
    assert seen("سلام \u0651 ب") == "ﺏ" + " " + " \u0651" + "ﻡﻼﺳ"  # the blank carries it
    assert seen("\u0651ب") == "ﺏ\u0651"


anything = st.text(
    st.sampled_from("ابلآهۀيک\u0651\u0654ـ ۱2A-(]│\t\u200c\u200d\u200f\u202e\u2067\u2069👩🏽\u00ad")
    | st.characters(codec="utf-8"),
    max_size=24,
)


@settings(derandomize=True, database=None, deadline=None, max_examples=2_000)
@given(anything, st.booleans())
def test_nothing_that_is_seen_is_lost_or_doubled(line: str, right_to_left: bool) -> None:
    shown = visual(line, right_to_left=right_to_left)
    assert len(shown.text) == len(shown.sources)
    seldom = {"ۀ"} | {line[at] for at in shown.sources if line[at] == " "}  # two pieces; a gap
    once = [at for at in shown.sources if line[at] not in seldom]
    assert len(once) == len(set(once))
    for at in set(range(len(line))) - set(shown.sources):
        before_alef = "ل" in line[:at] and line[at] in "اآأإ"
        assert before_alef or unicodedata.category(line[at]) == "Cf", f"{line[at]!r} is lost"


def test_a_line_of_notes_is_as_deep_as_somebody_types_it() -> None:
    deep = "(" * 300 + "ب" + ")" * 300
    assert sorted(visual(deep).sources) == list(range(601))
    nested = "\u2067" * 300 + "ب A" + "\u2069" * 300
    assert seen(nested) == "A ﺏ"


def test_the_direction_of_a_note_is_that_of_its_first_letter() -> None:
    assert first_strong_is_right_to_left("۱۲ - سلام Sara") is True
    assert first_strong_is_right_to_left("12 - Sara سلام") is False
    assert first_strong_is_right_to_left("12 - 13") is None
