"""The section ``[phone]`` of ``branch.toml``: what customers may do on their phones."""

from datetime import timedelta

from queueapp.config.toml_table import TomlTable
from queueapp.domain.phone import PhoneRules

LONGEST_KEPT_DAYS = 3650


def read_phone(top: TomlTable) -> PhoneRules:
    """The section, or the usual rules where there is none."""
    usual = PhoneRules()
    table = top.section("phone")
    if table is None:
        return usual
    days = table.count("keep_words_days", at_most=LONGEST_KEPT_DAYS)
    rules = PhoneRules(
        join=table.flag("join", default=usual.join),
        link=table.flag("link", default=usual.link),
        distance=table.minutes("distance_minutes", default=0, at_least=0),
        keep_words=usual.keep_words if days is None else timedelta(days=days),
    )
    table.refuse_unknown_keys()
    return rules
