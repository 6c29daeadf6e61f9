from datetime import timedelta

import pytest

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import PERMISSIONS, Permission, PinGuard, Role, check_pin_form
from tests.domain.samples import NOON, a_staff, at


def wrong_pins(count: int) -> PinGuard:
    guard = PinGuard()
    for _ in range(count):
        guard = guard.after_wrong_pin(NOON)
    return guard


def test_four_wrong_pins_lock_nobody_out() -> None:
    wrong_pins(4).check(NOON)


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [(5, 30), (6, 60), (7, 120), (8, 240), (11, 1920), (12, 3600), (13, 3600), (5000, 3600)],
)
def test_from_the_fifth_on_each_wrong_pin_locks_twice_as_long_up_to_an_hour(
    wrong: int, seconds: int
) -> None:
    guard = wrong_pins(wrong)
    with pytest.raises(Refused) as refused:
        guard.check(NOON)
    assert refused.value.reason is Reason.STAFF_LOCKED
    assert refused.value.facts == {"seconds": seconds}
    guard.check(NOON + timedelta(seconds=seconds))


def test_a_lock_from_before_the_clock_was_put_back_is_over() -> None:
    wrong_pins(12).check(NOON - timedelta(days=1))


def test_a_lock_says_how_many_whole_seconds_are_left() -> None:
    with pytest.raises(Refused, match="wait 1 seconds"):
        wrong_pins(5).check(at(0.5) - timedelta(milliseconds=1))


@pytest.mark.parametrize("pin", ["1234", "000000000000"])
def test_a_pin_of_4_to_12_digits_will_do(pin: str) -> None:
    check_pin_form(pin)


@pytest.mark.parametrize(
    "pin", ["", "123", "1234567890123", "12a4", "12 4", "-123", "۱۲۳۴", "²²²²"]
)
def test_any_other_pin_is_refused(pin: str) -> None:
    with pytest.raises(Refused) as refused:
        check_pin_form(pin)
    assert refused.value.reason is Reason.PIN_TOO_SIMPLE


@pytest.mark.parametrize(
    ("role", "granted"),
    [
        (Role.CLERK, {Permission.SERVE, Permission.UNLOCK_KIOSK}),
        (Role.SUPERVISOR, {Permission.SERVE, Permission.UNLOCK_KIOSK, Permission.STEER}),
        (Role.ADMINISTRATOR, set(Permission)),
    ],
)
def test_a_role_may_do_what_it_was_granted_and_nothing_else(
    role: Role, granted: set[Permission]
) -> None:
    person = a_staff(role=role)
    for permission in Permission:
        if permission in granted:
            person.require(permission)
            continue
        with pytest.raises(Refused, match=f"A {role} may not do this") as refused:
            person.require(permission)
        assert refused.value.reason is Reason.NOT_PERMITTED


def test_every_role_has_its_permissions() -> None:
    assert set(PERMISSIONS) == set(Role)
