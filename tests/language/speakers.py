"""The two languages as a branch in Tehran uses them, and the figures that tests say with them."""

from zoneinfo import ZoneInfo

from queueapp.domain.estimate import Estimate
from queueapp.language import load_language

TEHRAN = ZoneInfo("Asia/Tehran")
ENGLISH = load_language("en", zone=TEHRAN)
PERSIAN = load_language("fa", zone=TEHRAN)


def estimate(p50: float, p80: float) -> Estimate:
    """An estimate in minutes; what lies around P50 and P80 is not shown to anybody."""
    return Estimate(p10=p50 * 30, p50=p50 * 60, p80=p80 * 60, p90=p80 * 70)
