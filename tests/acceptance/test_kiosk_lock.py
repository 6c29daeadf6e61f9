"""The public cannot leave a kiosk; staff can, with their PIN."""

from tests.acceptance.office import CLERK, PIN, Office, ask_to_leave

INERT = ("ctrl+c", "ctrl+q", "ctrl+z", "ctrl+backslash", "ctrl+p", "ctrl+d", "f1")


def test_no_key_of_the_public_ends_stops_or_opens_anything(office: Office) -> None:
    kiosk = office.open_kiosk()
    for key in INERT:
        kiosk.press(key)
    kiosk.press_until("Your number", "2")  # the proof that it still listens, after all of them
    kiosk.wait_for_large("B001")
    assert kiosk.runs


def test_staff_leave_with_the_chord_and_the_right_pin_only(office: Office) -> None:
    kiosk = office.open_kiosk()
    ask_to_leave(kiosk, CLERK, "9999")
    kiosk.wait_for("The code or the PIN is wrong.", "Choose a service")
    assert kiosk.runs
    ask_to_leave(kiosk, CLERK, PIN)
    assert kiosk.wait_for_end() == 0
