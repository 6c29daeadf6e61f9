"""``python -m tests.forecast.worlds``: judge the forecast on made branches and print the table.

Takes some minutes for all of them; ``--days`` and ``--history`` make it shorter, and names after
the options choose worlds ("four counters", "clinic, appointments" …).
"""

# ruff: noqa: T201 - a command prints

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import timedelta
from statistics import fmean

from queueapp.forecast.replay.contestant import WARMS_UP
from tests.forecast.worlds.judge import Verdict, judge
from tests.forecast.worlds.kinds import BY_NAME, KINDS, SCORED_FROM, TROUBLED

SCORED = 12


def main() -> None:
    """Judge the worlds that the command line names."""
    options = _options()
    worlds = [BY_NAME[name] for name in options.worlds] or [*KINDS, *TROUBLED]
    verdicts = []
    if not options.json:
        print(_HEADING)
    for world in worlds:
        began = time.perf_counter()
        verdict = judge(
            world,
            days=options.history + options.days,
            scored_from=options.history,
            seed=options.seed,
            warm_up=timedelta(days=options.warm_up),
            with_limit=world not in TROUBLED,
        )
        verdicts.append(verdict)
        if not options.json:
            print(_line(verdict), f"{time.perf_counter() - began:6.0f} s", flush=True)
    if options.json:
        json.dump({verdict.world.name: _figures(verdict) for verdict in verdicts}, sys.stdout)
        return
    limits = [verdict.over_limit for verdict in verdicts if verdict.over_limit is not None]
    if limits:
        print(
            f"\nerror over the limit's: {fmean(limits):.3f} on average, {max(limits):.3f} at most"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.forecast.worlds", description=__doc__)
    parser.add_argument("worlds", nargs="*", choices=[[], *BY_NAME], metavar="WORLD")
    parser.add_argument("--history", type=int, default=SCORED_FROM, help="days before the scores")
    parser.add_argument("--days", type=int, default=SCORED, help="days that are scored")
    parser.add_argument(
        "--warm-up", type=int, default=WARMS_UP.days, help="days before the scores with estimates"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


_HEADING = (
    f"{'minutes':25s}{'queued':>7s}{'MAE':>7s}{'bias':>7s}{'limit':>7s}{'x limit':>9s}"
    f"{'best other':>30s}{'MAE':>7s}{'x best':>8s}{'in 80 %':>9s}{'hours':>12s}"
    f"{'> P80':>8s}{'pinball x QL':>14s}{'x Q-Lasso':>11s}"
)


def _line(verdict: Verdict) -> str:
    ours, limit, (name, best) = verdict.ours, verdict.limit, verdict.best
    hours = verdict.busy_hours.values()
    within = f"{min(hours):.0%}-{max(hours):.0%}" if hours else "-"
    limit_error = f"{limit.mean_absolute_error / 60:.2f}" if limit else "-"
    over = f"{verdict.over_limit:.3f}" if verdict.over_limit is not None else "-"
    length, lasso = verdict.pinball_over.values()
    return (
        f"{verdict.world.name:25s}{ours.visits:7d}{ours.mean_absolute_error / 60:7.2f}"
        f"{ours.bias / 60:7.2f}{limit_error:>7s}{over:>9s}{name:>30s}"
        f"{best.mean_absolute_error / 60:7.2f}{verdict.over_best:8.2f}"
        f"{ours.within_p10_p90:9.1%}{within:>12s}{ours.beyond_p80:8.1%}{length:14.2f}{lasso:11.2f}"
    )


def _figures(verdict: Verdict) -> dict[str, object]:
    return {
        "overall": {name: asdict(score) for name, score in verdict.board.overall.items()},
        "within_by_hour": dict(verdict.busy_hours),
        "over_limit": verdict.over_limit,
        "over_best": verdict.over_best,
        "pinball_over": dict(verdict.pinball_over),
    }


if __name__ == "__main__":
    main()
