"""Old days played again through the forecast, scored beside the established predictors."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from queueapp.cli.days import day_option
from queueapp.cli.failures import WrongInput, plain_sentences

if TYPE_CHECKING:
    from queueapp.forecast.replay.log import BadRow, Log
    from queueapp.forecast.replay.play import Played, Told
    from queueapp.forecast.replay.scoring import Score, ScoreBoard

ESTIMATE_COLUMNS = ("ticket", "at", "predictor", "p10", "p50", "p80", "p90", "actual")
BAD_ROWS_SHOWN = 20
_HEADINGS = ("MAE", "bias", "pinball", "in P10-P90", "in P50-P80", "beyond P80")
_SHOWN_NAME = 28

Where = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help="A folder with visits.csv, or a file of visits alone; may be gzipped.",
        show_default=False,
    ),
]
TrainUntil = Annotated[
    date | None,
    typer.Option(
        "--train-until",
        metavar="DATE",
        parser=day_option,
        help="Days before this one only teach; scores begin with it, and learning goes on.",
    ),
]
EstimatesFile = Annotated[
    Path | None,
    typer.Option(
        "--estimates",
        metavar="FILE",
        help="Write every estimate here: a row per visit and predictor.",
    ),
]
WhileWaiting = Annotated[
    float | None,
    typer.Option(
        "--while-waiting",
        metavar="SECONDS",
        min=1,
        help="Also write what was said to those who wait, so often (ours alone).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("replay", epilog="Example: queueapp replay march --train-until 2026-03-20")(replay)


def replay(
    folder: Where,
    train_until: TrainUntil = None,
    estimates: EstimatesFile = None,
    while_waiting: WhileWaiting = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Play the log of any queue through the forecast and score it.

    Nothing is known before it happened. Waits are predicted when the ticket is issued, by the
    forecast and by established predictors; tables count those who had to queue. A branch.toml,
    desks.csv and appointments.csv beside the visits help.
    """
    with plain_sentences():
        from queueapp.forecast.replay.reading import LogError  # noqa: PLC0415 - see queueapp.cli

        try:
            _replay(folder, train_until, estimates, while_waiting, as_json=as_json)
        except LogError as error:
            raise WrongInput(str(error)) from None


def _replay(
    folder: Path,
    train_until: date | None,
    estimates: Path | None,
    while_waiting: float | None,
    *,
    as_json: bool,
) -> None:
    from queueapp.forecast.replay.contestant import (  # noqa: PLC0415 - see queueapp.cli
        OURS,
        WARMS_UP,
        LiveForecast,
    )
    from queueapp.forecast.replay.folder import read_material  # noqa: PLC0415
    from queueapp.forecast.replay.play import Replay  # noqa: PLC0415
    from queueapp.forecast.replay.scoring import scores  # noqa: PLC0415

    material = read_material(folder)
    log, branch = material.log, material.plan.branch
    _tell(material.remarks)
    _tell_bad_rows(log.bad_rows)
    score_from = train_until
    _check_days(log, score_from, branch.day(log.visits[-1].arrived_at))
    replayed = Replay(
        log,
        material.plan,
        {OURS: LiveForecast(branch, staffing_known=log.desks is not None)},
        score_from=score_from,
        ask_from=None if score_from is None else {OURS: score_from - WARMS_UP},
        look_every=None if while_waiting is None else timedelta(seconds=while_waiting),
    )
    ended = sum(visit.ended_at is not None for visit in log.visits)
    with typer.progressbar(length=ended, label="Replaying", file=_stderr()) as bar:
        played = replayed.play(bar.update)
    if estimates is not None:
        _write_estimates(estimates, played.told)
    board = scores(played.told)
    if as_json:
        typer.echo(json.dumps(_figures(board, played, log, material.remarks)))
    else:
        _print_tables(board, played, log)


def _stderr() -> Any:  # noqa: ANN401 - what click takes for a stream
    return typer.get_text_stream("stderr")


def _check_days(log: "Log", score_from: date | None, last: date) -> None:
    if score_from is not None and score_from > last:
        raise WrongInput(
            f"--train-until {score_from} leaves no day to score: the last visit is of {last}."
        )
    if not any(visit.called_at is not None for visit in log.visits):
        raise WrongInput("Nobody in this log was ever called: there is no wait to compare with.")


def _tell(sentences: Iterable[str]) -> None:
    for text in sentences:
        typer.echo(text, err=True)


def _tell_bad_rows(bad: Sequence["BadRow"]) -> None:
    if not bad:
        return
    _tell(str(row) for row in bad[:BAD_ROWS_SHOWN])
    if len(bad) > BAD_ROWS_SHOWN:
        _tell([f"… and {len(bad) - BAD_ROWS_SHOWN} more."])
    rows = "row was" if len(bad) == 1 else "rows were"
    _tell([f"{len(bad)} {rows} skipped."])


def _write_estimates(path: Path, told: Iterable["Told"]) -> None:
    from queueapp.forecast.replay.play import in_numbers  # noqa: PLC0415 - see queueapp.cli

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ESTIMATE_COLUMNS)
        for one in told:
            said = in_numbers(one)
            if said is None:
                continue
            seconds = (said.p10, said.p50, said.p80, said.p90, one.actual)
            writer.writerow(
                (
                    one.visit.ticket,
                    one.at.isoformat(),
                    one.predictor,
                    *(f"{value:.1f}" for value in seconds),
                )
            )


def _figures(
    board: "ScoreBoard", played: "Played", log: "Log", remarks: Sequence[str]
) -> Mapping[str, Any]:
    """What ``--json`` prints; seconds and shares."""
    return {
        "days": played.days,
        "visits": played.visits,
        "queued": max((score.visits for score in board.overall.values()), default=0),
        "zero_waits": max((score.visits for score in board.zero_waits.values()), default=0),
        "never_called": played.never_called,
        "words_instead_of_a_number": board.words,
        "bad_rows": [asdict(row) for row in log.bad_rows],
        "inferred": list(remarks),
        "overall": _asdicts(board.overall),
        "by_service": {name: _asdicts(scores) for name, scores in board.by_service.items()},
        "by_hour": {name: _asdicts(scores) for name, scores in board.by_hour.items()},
        "zero_wait_scores": _asdicts(board.zero_waits),
    }


def _asdicts(scores: Mapping[str, "Score"]) -> dict[str, Any]:
    return {name: asdict(score) for name, score in scores.items()}


def _print_tables(board: "ScoreBoard", played: "Played", log: "Log") -> None:
    from queueapp.forecast.replay.contestant import OURS  # noqa: PLC0415 - see queueapp.cli

    if not board.overall:
        typer.echo("Nobody had to queue: there is nothing to score.")
        return
    queued = next(iter(board.overall.values())).visits
    zero = max((score.visits for score in board.zero_waits.values()), default=0)
    typer.echo(
        f"{played.visits} visits on {played.days} scored days: {queued} queued and were called, "
        f"{zero} did not have to wait, {played.never_called} left before their call, "
        f"{board.words} were given words instead of a number; {len(log.bad_rows)} bad rows."
    )
    typer.echo("\nThose who queued; seconds. 80 % in P10-P90, 30 % in P50-P80 and 20 % beyond")
    typer.echo("P80 would be honest.\n")
    _print_table("predictor", sorted(board.overall.items(), key=_by_error))
    for title, groups in (("service", board.by_service), ("hour", board.by_hour)):
        typer.echo(f"\nqueueapp by {title}\n")
        _print_table(title, [(name, s[OURS]) for name, s in groups.items() if OURS in s])
    if board.zero_waits:
        typer.echo("\nThose who did not have to wait, counted nowhere else\n")
        _print_table("predictor", sorted(board.zero_waits.items(), key=_by_error))


def _by_error(scored: tuple[str, "Score"]) -> float:
    return scored[1].mean_absolute_error


def _print_table(title: str, rows: Sequence[tuple[str, "Score"]]) -> None:
    headings = "".join(heading.rjust(12) for heading in _HEADINGS)
    typer.echo(f"{title.ljust(_SHOWN_NAME)}{'visits'.rjust(8)}{headings}")
    for name, score in rows:
        seconds = (score.mean_absolute_error, score.bias, score.pinball)
        shares = (score.within_p10_p90, score.within_p50_p80, score.beyond_p80)
        cells = [f"{value:.1f}" for value in seconds] + [f"{share:.1%}" for share in shares]
        typer.echo(
            f"{name[:_SHOWN_NAME].ljust(_SHOWN_NAME)}{str(score.visits).rjust(8)}"
            + "".join(cell.rjust(12) for cell in cells)
        )
