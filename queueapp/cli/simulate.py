"""Whole days of a branch at once: what a policy, a roster or the advice would do to the waits."""

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from queueapp.cli.failures import WrongInput, plain_sentences

ROWS = (
    ("visits", "visits", ""),
    ("served", "served", ""),
    ("no_shows", "did not come when called", ""),
    ("left", "left before they were called", ""),
    ("turned_away", "found the doors closed", ""),
    ("mean_wait", "mean wait", "min"),
    ("p90_wait", "9 of 10 waited at most", "min"),
    ("share_past_target", "past their target", "%"),
    ("clerk_hours", "clerks were there", "h"),
    ("clerk_idle_hours", "of it without a customer", "h"),
    ("overtime_hours", "of it after their planned end", "h"),
    ("advice_followed", "pieces of advice followed", ""),
)
"""What the table says, in this order: the key of the figures, the words, the unit."""


class Advice(StrEnum):
    """Whether the supervisor of the played days follows the advice."""

    ON = "on"
    OFF = "off"


BranchFile = Annotated[
    Path, typer.Option("--branch", metavar="FILE", help="The file that describes the branch.")
]
Days = Annotated[int, typer.Option("--days", min=1, max=1000, help="How many days are played.")]
Seed = Annotated[
    int,
    typer.Option("--seed", help="Any number; the same one gives the same visitors and luck."),
]
ChosenPolicy = Annotated[
    str | None,
    typer.Option(
        "--policy", metavar="accumulating|fifo|strict", help="Who is next, instead of the file's."
    ),
]
FollowAdvice = Annotated[
    Advice,
    typer.Option(
        "--advice",
        help="on: every ten minutes the best advice that needs no more staff is followed.",
    ),
]
Load = Annotated[
    float,
    typer.Option(
        "--load",
        min=0.1,
        max=2,
        help="How much of the planned clerks' time the visitors of a usual day fill.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(epilog="Example: queueapp simulate --branch branch.toml --days 20 --policy fifo")(
        simulate
    )


def simulate(
    branch: BranchFile = Path("branch.toml"),
    days: Days = 5,
    seed: Seed = 0,
    policy: ChosenPolicy = None,
    advice: FollowAdvice = Advice.OFF,
    load: Load = 0.9,
    *,
    as_json: Json = False,
) -> None:
    """Play whole days of a branch and say how long people waited.

    Nothing of yours is touched: the branch of the file is set up in a temporary database, with
    simulated visitors and clerks who work through the real program. Days with the same seed have
    the same visitors with the same luck, so policies can be compared.
    """
    with plain_sentences():
        from queueapp.bootstrap.simulated_days import (  # noqa: PLC0415 - see queueapp.cli
            advised_supervisor,
            play_days,
            simulated_days,
        )
        from queueapp.config.branch_file import read_branch  # noqa: PLC0415
        from queueapp.domain.branch import Policy  # noqa: PLC0415
        from queueapp.simulator.crowd import Crowd  # noqa: PLC0415
        from queueapp.simulator.day_figures import summary  # noqa: PLC0415

        if policy is not None and policy not in set(Policy):
            raise WrongInput(f"--policy: must be one of {', '.join(Policy)}, not {policy!r}.")
        plan = read_branch(branch)
        chosen = plan.policy if policy is None else Policy(policy)
        with (
            simulated_days(
                plan,
                policy=chosen,
                seed=seed,
                crowd=Crowd(load=load),
                supervisor=advised_supervisor(plan) if advice is Advice.ON else None,
            ) as branch_days,
            typer.progressbar(
                play_days(branch_days, days),
                length=days,
                label=f"Playing {days} days" if days > 1 else "Playing a day",
                file=sys.stderr,
            ) as playing,
        ):
            played = list(playing)
        if not played:
            raise WrongInput(
                f"{branch}: the roster plans nobody on any day, so no day can be played."
            )
        figures = {
            "branch": plan.id,
            "policy": str(chosen),
            "advice": str(advice),
            "seed": seed,
            "load": load,
            **summary(played),
        }
        _print(figures, as_json=as_json)


def _print(figures: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for key, words, unit in ROWS:
        value = figures[key]
        shown = f"{value:.1%}" if unit == "%" else f"{value} {unit}".strip()
        typer.echo(f"{words.ljust(30)}  {shown}")
    for category, wait in figures["longest_wait_by_category"].items():
        typer.echo(f"{f'longest wait, {category}'.ljust(30)}  {wait} min")
