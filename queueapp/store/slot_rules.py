"""How a service takes appointments, as JSON in its row and back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import null

from queueapp.domain.slot_rules import SlotRules


def slot_rules_of(facts: Mapping[str, Any] | None) -> SlotRules | None:
    """The rules that :func:`slot_rules_values` wrote."""
    if facts is None:
        return None
    return SlotRules(
        length=timedelta(seconds=facts["length_s"]),
        places=facts["places"],
        ahead=timedelta(days=facts["ahead_days"]),
        early=timedelta(seconds=facts["early_s"]),
        late=timedelta(seconds=facts["late_s"]),
        on_page=facts["on_page"],
    )


def slot_rules_values(rules: SlotRules | None) -> Any:  # noqa: ANN401 - JSON, or nothing at all
    """Facts of ``rules``; without any the column is empty, and does not hold JSON's null."""
    if rules is None:
        return null()
    return {
        "length_s": rules.length.total_seconds(),
        "places": rules.places,
        "ahead_days": rules.ahead.days,
        "early_s": rules.early.total_seconds(),
        "late_s": rules.late.total_seconds(),
        "on_page": rules.on_page,
    }
