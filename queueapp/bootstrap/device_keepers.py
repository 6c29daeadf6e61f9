"""How a kiosk sees to it that its printer runs, and a board that its voice speaks."""

from queueapp.bootstrap.child_keeper import ChildKeeper
from queueapp.config.device_settings import DeviceSettings
from queueapp.config.settings import Settings

FIELDS = tuple(DeviceSettings.model_fields)


def printer_keeper(settings: Settings, *options: str) -> ChildKeeper:
    """Keeps the process of the kiosk's printer; it may finish the ticket that it is at."""
    return ChildKeeper(
        "printer", "printer", *options, settings=settings, fields=FIELDS, may_finish=True
    )


def voice_keeper(settings: Settings, *options: str) -> ChildKeeper:
    """Keeps the process that calls out what the board shows."""
    return ChildKeeper("voice", "voice", *options, settings=settings, fields=FIELDS)
