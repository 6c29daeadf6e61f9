"""Letters join as ArabicShaping.txt says, and turn around as BidiMirroring.txt says."""

import unicodedata

import pytest

from queueapp.language.bidi import visual
from queueapp.language.bidi.joining import FORMS, Joining, joining_of
from queueapp.language.bidi.mirroring import CLOSING, MIRROR_IMAGES, OPENING
from tests.language.bidi.unicode_data import fields

ARABIC_BLOCKS = (range(0x600, 0x700), range(0x750, 0x780), range(0x870, 0x900))
"""The Arabic script without its rare additions beyond the first plane, which no form shows."""
JOINING_TYPES = {
    "D": Joining.BOTH,
    "R": Joining.BEFORE,
    "C": Joining.CAUSING,
    "U": Joining.NONE,
    "T": Joining.TRANSPARENT,
}
BEH = "ب"


def letters() -> list[tuple[str, Joining]]:
    return [
        (chr(int(codepoint, 16)), JOINING_TYPES[joining])
        for codepoint, _, joining, _ in fields("ArabicShaping")
        if any(int(codepoint, 16) in block for block in ARABIC_BLOCKS)
    ]


def form_of(glyph: str) -> str:
    """``isolated``, ``initial``, ``medial`` or ``final``, by the Unicode database."""
    return unicodedata.decomposition(glyph).split()[0].strip("<>")


def test_every_arabic_letter_joins_as_unicode_says() -> None:
    told = letters()
    assert len(told) == 283
    assert [letter for letter, joining in told if joining_of(letter) is not joining] == []


def test_joiners_and_marks_join_as_unicode_says() -> None:
    assert joining_of("\u200d") is Joining.CAUSING
    assert joining_of("\u200c") is Joining.NONE
    assert joining_of("\u0651") is Joining.TRANSPARENT
    assert joining_of("\u200e") is Joining.TRANSPARENT
    assert joining_of("\u2066") is Joining.NONE
    assert joining_of("\u0600") is Joining.NONE
    assert joining_of("A") is Joining.NONE


@pytest.mark.parametrize("letter", sorted(FORMS.keys() - {"ۀ"}))
def test_a_letter_takes_the_form_of_its_place(letter: str) -> None:
    alone = visual(letter).text
    first, last, amid = (
        visual(word).text for word in (letter + BEH, BEH + letter, BEH + letter + BEH)
    )
    kept = {form for form in ("isolated", "initial", "final", "medial") if form in known(letter)}
    if "isolated" in kept:
        assert form_of(alone) == "isolated"
    if joining_of(letter) is Joining.BOTH and {"initial", "medial"} <= kept:
        assert (form_of(first[1]), form_of(amid[1])) == ("initial", "medial")
        assert (form_of(first[0]), form_of(amid[0]), form_of(amid[2])) == (
            "final",
            "final",
            "initial",
        )
    if joining_of(letter) is not Joining.NONE and "final" in kept:
        assert form_of(last[0]) == "final"
        assert form_of(last[1]) == "initial"
    if joining_of(letter) is Joining.BEFORE:
        assert form_of(first[0]) == form_of(amid[0]) == "isolated"


def known(letter: str) -> set[str]:
    return {form.name.lower() for form in FORMS[letter]}


def test_every_persian_letter_has_all_its_forms() -> None:
    for letter in "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤأ":
        wanted = 4 if joining_of(letter) is Joining.BOTH else 2
        assert len(FORMS[letter]) == wanted, letter


def test_every_mirrored_pair_is_known() -> None:
    told = {int(character, 16): chr(int(image, 16)) for character, image in fields("BidiMirroring")}
    assert len(told) == 428
    assert {code: chr(image) for code, image in mirror_codes().items()} == told


def mirror_codes() -> dict[int, int]:
    return {code: int(image) for code, image in MIRROR_IMAGES.items()}


def test_every_bracket_is_known() -> None:
    told = {
        chr(int(bracket, 16)): (chr(int(other, 16)), kind)
        for bracket, other, kind in fields("BidiBrackets")
    }
    assert len(told) == 128
    assert OPENING.keys() == {bracket for bracket, (_, kind) in told.items() if kind == "o"}
    assert CLOSING.keys() == {bracket for bracket, (_, kind) in told.items() if kind == "c"}
    for bracket, closing in OPENING.items():
        assert closing == unicodedata.normalize("NFC", told[bracket][0])
