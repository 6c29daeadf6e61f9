"""One language as a screen uses it: messages filled with facts, figures, dates and states.

Messages are written in English where they are used, ``language.text("Ticket {ticket}", ticket=…)``
or ``language.plural(…)``; the domain marks its own with ``sentence(…)``. The catalogues that
translate them are refreshed with ``python -m tests.language.refresh_catalogues``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from queueapp.domain.desk import DeskState
from queueapp.domain.estimate import Estimate, Forecast, NoEstimate
from queueapp.domain.rating import RatingReason
from queueapp.domain.refusal import Refused
from queueapp.domain.routing import Pick, PickReason
from queueapp.domain.staff import Role
from queueapp.domain.ticket import LegState, Outcome, Ticket
from queueapp.domain.words import Text, Verbatim
from queueapp.language import states, waits
from queueapp.language.conventions import Conventions, Direction
from queueapp.language.dates import calendar_day
from queueapp.language.isolates import isolated, signed_number

_PLACE = re.compile(r"\{(\w+)\}")
_GAP = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """Everything that depends on who reads; made by :func:`~queueapp.language.load_language`."""

    code: str
    """``en`` or ``fa``."""
    zone: ZoneInfo
    """The branch's time zone: times are shown on its clock."""
    conventions: Conventions = field(repr=False)
    catalogue: NullTranslations = field(repr=False)

    @property
    def direction(self) -> Direction:
        """Which way lines run."""
        return self.conventions.direction

    # -- messages --------------------------------------------------------------------------------

    def text(self, message: str, /, **facts: object) -> str:
        """``message`` in this language, each ``{name}`` replaced by the fact of that name.

        Facts become words: names (:class:`Text`), roles, tickets, numbers, times and durations as
        the methods below write them; anything else as its text with this language's digits.
        Braces inside a fact stay braces. Raises ``KeyError`` when a fact is missing.
        """
        return self._filled(self._translated(message), facts)

    def plural(self, one: str, many: str, count: int, /, **facts: object) -> str:
        """Like :meth:`text` in the form that ``count`` asks for; it fills ``{count}``."""
        message = self.catalogue.ngettext(one, many, count)
        return self._filled(message, {**facts, "count": count})

    def name(self, name: Text) -> str:
        """What the branch itself wrote for this language."""
        return name.in_language(self.code)

    def refusal(self, refused: Refused) -> str:
        """The sentence that says why something was refused."""
        # An unknown ticket has no label to show: the sentence then closes over the gap.
        return _GAP.sub(" ", self.text(refused.reason.value, **refused.facts))

    # -- figures ---------------------------------------------------------------------------------

    def digits(self, written: str) -> str:
        """``written`` with this language's digits for 0-9."""
        return written.translate(self.conventions.digits)

    def number(self, value: float) -> str:
        """A number with separated thousands and at most two decimals."""
        written = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
        if "." in written:
            written = written.rstrip("0").rstrip(".")
        whole, point, decimals = written.partition(".")
        whole = whole.replace(",", self.conventions.thousands)
        written = whole + (self.conventions.decimal if point else "") + decimals
        return signed_number(self.digits(written), self.direction)

    def percent(self, share: float) -> str:
        """A share (0 to 1) in whole percent."""
        return self._percent(round(share * 100))

    def label(self, label: str) -> str:
        """A ticket's number with this language's digits."""
        return self.digits(label)

    def ticket(self, ticket: Ticket) -> str:
        """The number of ``ticket``."""
        return self.label(ticket.label)

    # -- waits -----------------------------------------------------------------------------------

    def minutes(self, elapsed: timedelta) -> str:
        """A duration in full minutes that have passed, long ones in hours and minutes."""
        return self._minutes(waits.whole_minutes(elapsed))

    def stopwatch(self, elapsed: timedelta) -> str:
        """A running time: ``03:10``, ``1:02:30``."""
        return self.digits(waits.stopwatch(elapsed))

    def range(self, estimate: Estimate) -> str:
        """The wait as people hear it: P50 to P80, in one unit, so that no list becomes too wide."""
        lower, upper = waits.rounded_range(estimate)
        if lower == upper > 0:
            return self.text("about {minutes}", minutes=self._minutes(upper))
        if upper <= 1:
            return self._minutes(0)
        if lower == 0:
            return self.text("up to {minutes}", minutes=self._minutes(upper))
        if upper <= waits.LONGEST_RANGE_IN_MINUTES:
            return self.text("{lower}–{upper} min", lower=lower, upper=upper)
        first, last = (self.number(hours) for hours in waits.in_half_hours(lower, upper))
        if lower < waits.HALF_HOUR:
            return self.text("up to {minutes}", minutes=self.text("{hours} h", hours=last))
        return self.text("{lower}–{upper} h", lower=first, upper=last)

    def forecast(self, forecast: Forecast) -> str:
        """The range, or in words why there is none."""
        match forecast:
            case Estimate():
                return self.range(forecast)
            case NoEstimate():
                return self.text(states.NO_ESTIMATES[forecast])

    # -- moments ---------------------------------------------------------------------------------

    def time(self, moment: datetime) -> str:
        """The time of day on the branch's clock; ``moment`` must be aware, else ``ValueError``."""
        return self.digits(self._local(moment).strftime("%H:%M"))

    def hour(self, moment: datetime) -> str:
        """The time of day as a sentence says it: nobody says the nought of ``08:00`` in Persian."""
        local = self._local(moment)
        written = f"{local:%H:%M}" if self.conventions.pads_hours else f"{local.hour}:{local:%M}"
        return self.digits(written)

    def date(self, day: date) -> str:
        """A day with its weekday, in this language's calendar."""
        written = calendar_day(day, self.conventions.calendar)
        return self.text(
            "{weekday} {day} {month} {year}",
            weekday=self.text(written.weekday),
            day=written.day,
            month=self.text(written.month),
            year=str(written.year),
        )

    def moment(self, moment: datetime) -> str:
        """The day and the time of day; ``moment`` must be aware, else ``ValueError``."""
        day = self._local(moment).date()
        return self.text("{date}, {time}", date=self.date(day), time=self.time(moment))

    # -- states ----------------------------------------------------------------------------------

    def pick(self, pick: Pick) -> str:
        """Why somebody is next, in a few words."""
        return self.pick_reason(pick.reason, pick.percent)

    def pick_reason(self, reason: PickReason, percent: int) -> str:
        """The same from a receipt; ``percent`` of the target was used up."""
        if reason is PickReason.TARGET_USED and percent < 0:
            return self.text(states.NOT_DUE_YET)
        return self.text(states.PICK_REASONS[reason], percent=self._percent(percent))

    def desk_state(self, state: DeskState) -> str:
        """Whether a desk calls customers."""
        return self.text(states.DESK_STATES[state])

    def leg_state(self, state: LegState) -> str:
        """Where a ticket stands."""
        return self.text(states.LEG_STATES[state])

    def outcome(self, outcome: Outcome) -> str:
        """How a leg ended."""
        return self.text(states.OUTCOMES[outcome])

    def rating_reason(self, reason: RatingReason) -> str:
        """What let a customer down, as the button says it."""
        return self.text(states.RATING_REASONS[reason])

    def role(self, role: Role) -> str:
        """What somebody is in the branch."""
        return self.text(role)

    # -- within ----------------------------------------------------------------------------------

    def _translated(self, message: str) -> str:
        # The catalogue keeps its own header under the empty message.
        return self.catalogue.gettext(message) if message else ""

    def _filled(self, message: str, facts: Mapping[str, object]) -> str:
        # Not str.format: in one pass over the message no fact can be taken for a place, and
        # a message cannot reach into the facts' attributes.
        return _PLACE.sub(lambda place: self._in_place(facts[place[1]]), message)

    def _in_place(self, fact: object) -> str:
        return isolated(self._words(fact), self.direction)

    def _words(self, fact: object) -> str:
        match fact:
            case Text():
                return self.name(fact)
            case Role():
                return self.role(fact)
            case Ticket():
                return self.ticket(fact)
            case Verbatim():
                return str(fact)
            case _:
                return self._figures(fact)

    def _figures(self, fact: object) -> str:
        match fact:
            case int() | float():
                return self.number(fact)
            case timedelta():
                return self.minutes(fact)
            case datetime():
                return self.time(fact)
            case date():
                return self.date(fact)
            case _:
                return self.digits(str(fact))

    def _percent(self, percent: int) -> str:
        return self.text("{percent} %", percent=percent)

    def _minutes(self, minutes: int) -> str:
        if minutes == 0:
            return self.text("under 1 min")
        if minutes < waits.LONGEST_IN_MINUTES:
            return self.text("{minutes} min", minutes=minutes)
        hours, left = divmod(minutes, 60)
        if left == 0:
            return self.text("{hours} h", hours=hours)
        return self.text("{hours} h {minutes} min", hours=hours, minutes=left)

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be shown on the branch's clock")
        return moment.astimezone(self.zone)


__all__ = ["Direction", "Language"]
