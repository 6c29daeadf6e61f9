from datetime import UTC, datetime, timedelta

import pytest

from queueapp.simulator.clock import RehearsalClock, SimulatedClock

REAL = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
SIMULATED = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
TEN_TIMES = SimulatedClock(speed=10, epoch_real=REAL, epoch_simulated=SIMULATED)


def test_a_minute_of_ours_is_ten_of_the_branch() -> None:
    assert TEN_TIMES.at(REAL) == SIMULATED
    assert TEN_TIMES.at(REAL + timedelta(minutes=1)) == SIMULATED + timedelta(minutes=10)


def test_another_process_that_is_told_the_clock_reads_the_same_time() -> None:
    told = SimulatedClock.read(str(TEN_TIMES))
    later = REAL + timedelta(seconds=12.345678)
    assert told.at(later) == TEN_TIMES.at(later)


@pytest.mark.parametrize("written", ["", "10", "10 soon later", "fast 2026-11-22 2026-11-22"])
def test_what_is_no_clock_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        SimulatedClock.read(written)


def test_a_rehearsal_stands_still_until_it_is_put_and_runs_when_it_is_over() -> None:
    clock = RehearsalClock(SIMULATED)
    clock.put(SIMULATED + timedelta(minutes=5))
    assert clock() == clock() == SIMULATED + timedelta(minutes=5)
    clock.follow(lambda: REAL)
    assert clock() == REAL
