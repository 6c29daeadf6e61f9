"""The first screen of each role; a role's modules are loaded when it is first looked at."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from queueapp.demo.people import YOU, YOUR_COUNTER, supervisor_in
from queueapp.domain.printing import PrinterName
from queueapp.tui.role_screen import RoleScreen


def first_screen(
    role: str,
    language: str,
    *,
    printer: PrinterName | None = None,
    join_code: Callable[[datetime], str] | None = None,
) -> RoleScreen[Any]:
    """What the terminal of ``role`` begins with; the last two are the kiosk's."""
    match role:
        case "board":
            from kiosk.board_screen import BoardScreen  # noqa: PLC0415 - see above

            return BoardScreen(language=language)
        case "desk":
            from counters.desk_screen import DeskScreen  # noqa: PLC0415 - see above

            return DeskScreen(counter=YOUR_COUNTER, staff=YOU, language=language)
        case "supervisor":
            from counters.supervisor import SupervisorScreen  # noqa: PLC0415 - see above

            return SupervisorScreen(staff=supervisor_in(language), language=language)
        case "rating":
            from kiosk.rate_screen import RateScreen  # noqa: PLC0415 - see above

            return RateScreen(counter=YOUR_COUNTER, language=language)
        case _:
            from kiosk.welcome_screen import WelcomeScreen  # noqa: PLC0415 - see above

            return WelcomeScreen(language=language, printer=printer, join_code=join_code)
