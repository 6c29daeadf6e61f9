"""The section ``[services.A.booking]`` of ``branch.toml``: how a service takes appointments."""

from datetime import timedelta

from queueapp.config.toml_table import TomlTable
from queueapp.domain.slot_rules import SlotRules

LONGEST_AHEAD_DAYS = 366
MOST_PLACES = 1000
SHORTEST_SLOT = timedelta(minutes=1)


def read_booking(service: TomlTable) -> SlotRules | None:
    """The section; ``None`` where there is none, and so no appointments."""
    table = service.section("booking")
    if table is None:
        return None
    usual = SlotRules()
    days = table.count("ahead_days", at_most=LONGEST_AHEAD_DAYS)
    rules = SlotRules(
        length=_length(table, usual),
        places=table.count("places", at_most=MOST_PLACES) or usual.places,
        ahead=usual.ahead if days is None else timedelta(days=days),
        early=_minutes(table, "early_minutes", usual.early),
        late=_minutes(table, "late_minutes", usual.late),
        on_page=table.flag("on_page", default=usual.on_page),
    )
    table.refuse_unknown_keys()
    return rules


def _length(table: TomlTable, usual: SlotRules) -> timedelta:
    length = table.minutes("slot_minutes", default=usual.length / timedelta(minutes=1))
    if length < SHORTEST_SLOT:
        table.report("slot_minutes", "must be at least 1 minute")
        return usual.length
    return length


def _minutes(table: TomlTable, key: str, usual: timedelta) -> timedelta:
    return table.minutes(key, default=usual / timedelta(minutes=1), at_least=0)
