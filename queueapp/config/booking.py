"""The section ``[services.A.booking]`` of ``branch.toml``: how a service takes appointments."""

from datetime import timedelta

from queueapp.config.toml_table import TomlTable, shown
from queueapp.domain.slot_rules import SlotRules

LONGEST_AHEAD_DAYS = 366
MOST_PLACES = 1000
SHORTEST_SLOT = timedelta(minutes=1)


def read_booking(service: TomlTable) -> SlotRules | None:
    """The section; ``None`` where there is none, and so no appointments."""
    section = service.get("booking")
    if section is None:
        return None
    usual = SlotRules()
    if not isinstance(section, dict):
        service.report("booking", f"must be a section, not {shown(section)}")
        return None
    table = TomlTable(service.file, (*service.path, "booking"), section)
    rules = SlotRules(
        length=_length(table, usual),
        places=_at_most(table, "places", MOST_PLACES, usual.places),
        ahead=timedelta(days=_at_most(table, "ahead_days", LONGEST_AHEAD_DAYS, usual.ahead.days)),
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


def _at_most(table: TomlTable, key: str, most: int, usual: int) -> int:
    count = table.count(key)
    if count is not None and count > most:
        table.report(key, f"must be at most {most}, not {count}")
        return usual
    return usual if count is None else count
