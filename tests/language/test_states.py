"""Every refusal, state and reason is said in words of each language."""

import re

import pytest

from queueapp.domain.desk import DeskState
from queueapp.domain.rating import RatingReason
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import Candidate, Pick, PickReason
from queueapp.domain.staff import Role
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import Text
from queueapp.language import Direction, Language
from queueapp.language.isolates import isolated
from tests.domain import samples
from tests.language.speakers import ENGLISH, PERSIAN

PLACE = re.compile(r"\{(\w+)\}")
FACTS: dict[str, object] = {
    "ticket": "ب042",
    "counter": 3,
    "service": Text({"en": "Bill payment", "fa": "پرداخت قبض"}),
    "category": Text({"en": "Appointment", "fa": "وقت قبلی"}),
    "outcome": Text({"en": "Done", "fa": "انجام‌شده"}),
    "staff": "سارا",
    "seconds": 30,
    "holiday": Text({"en": "Ashura", "fa": "عاشورا"}),
    "most": 5,
    "planned": "10:30",
    "time": samples.NOON,
    "begin": samples.NOON,
    "day": samples.NOON.date(),
    "reference": "۷۰۱",
    "role": Role.CLERK,
}


def words_of_states(language: Language) -> list[list[str]]:
    """What a language says of each state, one list for each kind of state."""
    return [
        [language.desk_state(state) for state in DeskState],
        [language.leg_state(state) for state in LegState],
        [language.outcome(outcome) for outcome in Outcome],
        [language.rating_reason(reason) for reason in RatingReason],
        [language.role(role) for role in Role],
    ]


def refused(reason: Reason) -> Refused:
    return Refused(reason, **{name: FACTS[name] for name in PLACE.findall(reason)})


def pick(reason: PickReason, urgency: float) -> Pick:
    ticket = samples.a_ticket()
    candidate = Candidate(
        ticket=ticket.id,
        service=samples.BILLS,
        category=samples.NORMAL,
        accrues_from=samples.NOON,
    )
    return Pick(candidate=candidate, urgency=urgency, reason=reason)


@pytest.mark.parametrize("reason", Reason, ids=[reason.name for reason in Reason])
def test_every_refusal_is_a_sentence_in_both_languages(reason: Reason) -> None:
    english = ENGLISH.refusal(refused(reason))
    persian = PERSIAN.refusal(refused(reason))
    assert english.endswith(".")
    assert "{" not in english
    assert persian.endswith(".")
    assert not re.search(r"[A-Za-z0-9{}]", persian), "nothing is left in English"


def test_the_facts_of_a_refusal_become_words() -> None:
    taken = Refused(Reason.TICKET_IN_HAND, ticket="A042", counter=3)
    assert ENGLISH.refusal(taken) == "Ticket A042 is still at counter 3: finish it first."
    ticket = isolated("A۰۴۲", Direction.RIGHT_TO_LEFT)
    persian = f"نوبت {ticket} هنوز در باجه ۳ است؛ ابتدا کار آن را تمام کنید."
    assert PERSIAN.refusal(taken) == persian
    forbidden = Refused(Reason.NOT_PERMITTED, role=Role.CLERK)
    assert PERSIAN.refusal(forbidden).startswith("متصدی باجه")


def test_a_ticket_without_a_number_leaves_no_gap() -> None:
    unknown = Refused(Reason.TICKET_UNKNOWN, ticket="")
    assert ENGLISH.refusal(unknown) == "There is no ticket today."
    assert "  " not in PERSIAN.refusal(unknown)


@pytest.mark.parametrize("language", [ENGLISH, PERSIAN], ids=["en", "fa"])
def test_every_state_has_its_own_word(language: Language) -> None:
    for words in words_of_states(language):
        assert all(words)
        assert len(set(words)) == len(words)


def test_no_state_is_left_in_english() -> None:
    said = [word for words in words_of_states(PERSIAN) for word in words]
    assert [word for word in said if re.search("[A-Za-z]", word)] == []


def test_a_pick_says_how_much_of_the_target_is_used() -> None:
    urgent = pick(PickReason.TARGET_USED, 0.92)
    assert ENGLISH.pick(urgent) == "92 % of target used"
    assert PERSIAN.pick(urgent) == "۹۲٪ از زمان هدف گذشته"


def test_an_appointment_before_its_slot_has_used_nothing() -> None:
    early = pick(PickReason.TARGET_USED, -0.4)
    assert ENGLISH.pick(early) == "appointment not due yet"


@pytest.mark.parametrize("reason", PickReason)
def test_every_reason_of_a_pick_is_said(reason: PickReason) -> None:
    assert "{" not in ENGLISH.pick(pick(reason, 0.5))
    assert not re.search("[A-Za-z0-9{]", PERSIAN.pick(pick(reason, 0.5)))
