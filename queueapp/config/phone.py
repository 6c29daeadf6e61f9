"""The section ``[phone]`` of ``branch.toml``: what customers may do on their phones."""

from datetime import timedelta

from queueapp.config.toml_table import TomlTable, shown
from queueapp.domain.phone import PhoneRules

LONGEST_KEPT_DAYS = 3650


def read_phone(top: TomlTable) -> PhoneRules:
    """The section, or the usual rules where there is none."""
    usual = PhoneRules()
    section = top.get("phone")
    if section is None:
        return usual
    if not isinstance(section, dict):
        top.report("phone", f"must be a section [phone], not {shown(section)}")
        return usual
    table = TomlTable(top.file, (*top.path, "phone"), section)
    rules = PhoneRules(
        join=table.flag("join", default=usual.join),
        link=table.flag("link", default=usual.link),
        distance=table.minutes("distance_minutes", default=0, at_least=0),
        keep_words=_keep_words(table, usual),
    )
    table.refuse_unknown_keys()
    return rules


def _keep_words(table: TomlTable, usual: PhoneRules) -> timedelta:
    days = table.count("keep_words_days")
    if days is None:
        return usual.keep_words
    if days > LONGEST_KEPT_DAYS:
        table.report("keep_words_days", f"must be at most {LONGEST_KEPT_DAYS} days, not {days}")
        return usual.keep_words
    return timedelta(days=days)
