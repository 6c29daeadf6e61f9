"""The kinds of branch that forecasts are judged on, and the troubles that no model expects."""

from dataclasses import replace

from tests.forecast.worlds.world import (
    MINUTE,
    Manners,
    Position,
    Trouble,
    Work,
    World,
    exponential,
    gamma,
    lognormal,
    two_peaked,
)

SCORED_FROM = 40
"""Days before this one are history."""
DAYS = 52

NOON = ((12.0, 12.5),)
LATER = ((12.5, 13.0),)

FOUR = World(
    name="four counters",
    works=(
        Work(code="A", share=0.55, mean=4 * MINUTE, shape=lognormal(0.7), target=10 * MINUTE),
        Work(code="B", share=0.3, mean=9 * MINUTE, shape=lognormal(0.6), target=20 * MINUTE),
        Work(code="C", share=0.15, mean=12 * MINUTE, shape=gamma(0.5), target=25 * MINUTE),
    ),
    positions=(
        Position(skills="AB", effect=-0.1, breaks=NOON),
        Position(skills="A", effect=0.15, breaks=LATER),
        Position(skills="BCA", effect=0.0, breaks=NOON),
        Position(skills="CB", effect=-0.05, breaks=LATER),
    ),
    load=0.9,
)

CLINIC = World(
    name="clinic, appointments",
    works=(
        Work(code="A", share=0.7, mean=9 * MINUTE, shape=gamma(0.5), target=20 * MINUTE, booked=18),
        Work(
            code="B",
            share=0.3,
            mean=14 * MINUTE,
            shape=lognormal(0.5),
            target=25 * MINUTE,
            booked=8,
        ),
    ),
    positions=(
        Position(skills="AB", effect=-0.05, breaks=NOON),
        Position(skills="BA", effect=0.1, breaks=LATER),
    ),
    load=0.78,
    priority=0.1,
)

TWO_PEAKED = World(
    name="two-peaked",
    works=(
        Work(
            code="A",
            share=0.6,
            mean=6 * MINUTE,
            shape=two_peaked(0.25, 5.0, 0.3),
            target=12 * MINUTE,
        ),
        Work(
            code="B",
            share=0.4,
            mean=11 * MINUTE,
            shape=two_peaked(0.3, 4.0, 0.3),
            target=20 * MINUTE,
        ),
    ),
    positions=(
        Position(skills="AB", effect=0.1, breaks=NOON),
        Position(skills="AB", effect=-0.1, breaks=LATER),
        Position(skills="BA", effect=0.05, breaks=NOON),
        Position(skills="B", effect=0.0, breaks=LATER),
        Position(skills="A", effect=-0.05, breaks=NOON),
    ),
    load=0.9,
)

TOWN_HALL = World(
    name="town hall",
    works=(
        Work(code="A", share=0.3, mean=5 * MINUTE, shape=lognormal(0.6), target=10 * MINUTE),
        Work(
            code="B",
            share=0.2,
            mean=8 * MINUTE,
            shape=lognormal(0.7),
            target=15 * MINUTE,
            booked=14,
        ),
        Work(
            code="C", share=0.15, mean=12 * MINUTE, shape=gamma(0.6), target=20 * MINUTE, booked=10
        ),
        Work(code="D", share=0.15, mean=7 * MINUTE, shape=gamma(0.7), target=15 * MINUTE),
        Work(code="E", share=0.1, mean=15 * MINUTE, shape=lognormal(0.5), target=25 * MINUTE),
        Work(
            code="F",
            share=0.1,
            mean=4 * MINUTE,
            shape=two_peaked(0.2, 6.0, 0.3),
            target=10 * MINUTE,
        ),
    ),
    positions=(
        Position(skills="ABF", effect=-0.15, breaks=NOON),
        Position(skills="AD", effect=0.1, breaks=LATER),
        Position(skills="BCA", effect=0.0, breaks=NOON),
        Position(skills="CEB", effect=0.05, breaks=LATER),
        Position(skills="DFA", effect=-0.05, breaks=NOON),
        Position(skills="EC", effect=0.2, breaks=LATER),
        Position(skills="FADB", effect=-0.1, breaks=NOON),
    ),
    load=0.87,
)

SLOWER = replace(FOUR, name="slower over the weeks", slower_a_day=0.006, load=0.78)

SLOPPY = replace(
    FOUR,
    name="sloppy rosters",
    load=0.8,
    manners=Manners(
        late=480.0,
        absent=0.04,
        break_slip=480.0,
        break_length=(0.8, 1.7),
        stays=900.0,
        pauses=0.04,
        pause=480.0,
        pause_slip=0.4,
        between=25.0,
    ),
)

TWELVE = World(
    name="twelve counters",
    works=TOWN_HALL.works,
    positions=(
        *TOWN_HALL.positions,
        Position(skills="ABC", effect=0.05, breaks=LATER),
        Position(skills="DEF", effect=-0.1, breaks=NOON),
        Position(skills="CA", effect=0.0, breaks=LATER),
        Position(skills="EB", effect=0.15, breaks=NOON),
        Position(skills="FDA", effect=-0.05, breaks=LATER),
    ),
    load=0.9,
)

PRIORITY = replace(FOUR, name="two thirds priority", priority=0.67, load=0.87)

KINDS = (FOUR, CLINIC, TWO_PEAKED, TOWN_HALL, SLOWER, SLOPPY, TWELVE, PRIORITY)
"""Branches that are what a forecast takes a branch to be."""

TROUBLED = (
    replace(FOUR, name="15 % out of order", trouble=Trouble(out_of_order=0.15)),
    replace(FOUR, name="left open unattended", load=0.84, trouble=Trouble(unattended=0.6)),
    replace(FOUR, name="transfers", load=0.8, trouble=Trouble(transfers=0.15)),
    replace(FOUR, name="rising no-shows", load=0.92, trouble=Trouble(no_show_rises=0.005)),
    replace(FOUR, name="+35 % from one day on", load=0.74, trouble=Trouble(slower_from=3)),
    replace(FOUR, name="a new clerk", load=0.84, trouble=Trouble(new_clerk_from=2)),
    replace(FOUR, name="no roster", load=0.85, trouble=Trouble(has_roster=False)),
)
"""Branches that are not."""

MEMORYLESS = World(
    name="memoryless",
    works=(Work(code="A", share=1.0, mean=5 * MINUTE, shape=exponential()),),
    positions=(Position(skills="A"), Position(skills="A"), Position(skills="A")),
    load=0.8,
    opens=0.0,
    closes=24.0,
    doors_close=0.0,
    priority=0.0,
    day_spread=0.0,
    crowd_spread=0.0,
    no_show=0.0,
    no_show_per_hour=0.0,
    policy="fifo",
    manners=Manners(late=0.0, pauses=0.0, between=0.0, stays=0.0),
)
"""M/M/3, which has closed forms."""

BY_NAME = {world.name: world for world in (*KINDS, *TROUBLED)}
