"""Any process may be killed at any moment; ``kill_at_random`` does it more often."""

from tests.acceptance.kill_at_random import WRONG, kill_on

KILLS = 20


def test_killing_desks_at_random_moments_loses_nobody(database: str) -> None:
    figures = kill_on(database, KILLS, seed=11)
    assert {name: figures[name] for name in WRONG} == dict.fromkeys(WRONG, 0), figures
    assert figures["tickets"] > 0
