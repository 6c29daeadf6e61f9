"""Judge the advice on simulated days: ``python -m tests.forecast.judge_advice --days 10``."""

import argparse
import sys

from queueapp.simulator.crowd import Crowd
from tests.forecast.judge_advice.judging import (
    Effect,
    compare_days,
    compare_effects,
    figures_of_effects,
)
from tests.forecast.judge_advice.towns import TOWNS

SHOWN = (
    "mean_wait",
    "p90_wait",
    "share_past_target",
    "clerk_hours",
    "overtime_hours",
    "advice_followed",
)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=10, help="days that are scored")
    parser.add_argument("--learned", type=int, default=10, help="days before them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--load", type=float, default=0.65)
    parser.add_argument("--only", choices=("effects", "days"), default=None)
    parser.add_argument("--town", choices=[branch.id for branch in TOWNS], default=None)
    parser.add_argument(
        "--unfamiliar",
        type=float,
        default=0.2,
        help="how much longer clerks take for what their counter was not planned to serve",
    )
    asked = parser.parse_args()
    crowd = Crowd(load=asked.load, unfamiliar=asked.unfamiliar)
    towns = [branch for branch in TOWNS if asked.town in {None, branch.id}]
    if asked.only != "days":
        everything: list[Effect] = []
        for branch in towns:
            effects = compare_effects(
                branch,
                crowd,
                seed=asked.seed,
                learned_days=asked.learned,
                days=max(1, asked.days // 3),
            )
            everything += effects
            say(f"{branch.id}: {figures_of_effects(effects)}")
        say(f"all: {figures_of_effects(everything)}")
    if asked.only != "effects":
        for branch in towns:
            compared: dict[str, float] = {}
            for way, figures in compare_days(
                branch, crowd, seed=asked.seed, learned_days=asked.learned, days=asked.days
            ):
                say(f"{branch.id} {way}: { {key: figures[key] for key in SHOWN} }")
                compared[way] = figures["share_past_target"]
            cut = 1 - compared["advised"] / compared["fifo"]
            say(f"{branch.id}: people past target cut by {cut:.1%}")


def say(line: str) -> None:
    """One line, at once: this takes minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
