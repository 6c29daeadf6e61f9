"""When somebody's appointment is: today, by the clock on the wall."""

from datetime import datetime, time

from kiosk.pad_screen import PadScreen
from queueapp.domain.typed import plain
from queueapp.domain.words import sentence

NO_SUCH_TIME = sentence("There is no such time: type hour and minute, like {example}.")
EXAMPLE = "0930"
MOST_DIGITS = 4
SHORTEST = 3


class AppointmentScreen(PadScreen[datetime]):
    """Asks for hour and minute; the result is that moment of today in the branch."""

    question = sentence("At what time is your appointment?")
    hint = sentence("Hour and minute, like 0930.")

    def may_type(self, character: str) -> bool:
        """Four figures."""
        return character.isdecimal() and len(self.entry) < MOST_DIGITS

    def accept(self) -> None:
        """Take the time, unless no clock shows it."""
        moment = read_time(plain(self.entry))
        live = self.live
        if moment is None or live is None:
            self.complaint = self.language.text(NO_SUCH_TIME, example=EXAMPLE)
            return
        branch = live.branch
        self.dismiss(datetime.combine(branch.day(self.now()), moment, branch.zone))


def read_time(figures: str) -> time | None:
    """The time of day in ``0930`` or ``930``; ``None`` when there is no such time."""
    if not SHORTEST <= len(figures) <= MOST_DIGITS:
        return None
    hour, minute = int(figures[:-2]), int(figures[-2:])
    try:
        return time(hour, minute)
    except ValueError:
        return None
