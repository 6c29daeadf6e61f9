"""What would shorten the queue now, the rest of the day, and a roster that fits it."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from queueapp.cli.failures import plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import BranchName, Db, SettingsFile, settings_from

if TYPE_CHECKING:
    from queueapp.domain.outlook import HalfHourAhead
    from queueapp.forecast.advice.deliberation import Question

Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of sentences.")]
RosterFile = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="FILE",
        help="Write a roster for the whole week here, as lines of branch.toml.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(epilog="Example: queueapp advise --roster roster.toml")(advise)


def advise(
    roster: RosterFile = None,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Say what would shorten the queue now.

    The branch is simulated two hours ahead, with and without each action. Told is also how many
    counters the rest of the day takes. Nothing is changed.
    """
    with plain_sentences():
        from queueapp.bootstrap.advising import question_of  # noqa: PLC0415 - see queueapp.cli

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        question = question_of(opened)
        if roster is not None:
            _write_roster(question, roster)
        elif as_json:
            typer.echo(json.dumps(_figures(question), ensure_ascii=False))
        else:
            _tell(question)


def _figures(question: "Question") -> dict[str, Any]:
    from queueapp.bootstrap.advising import advice_now, day_ahead  # noqa: PLC0415
    from queueapp.domain.outlook import Outlook  # noqa: PLC0415
    from queueapp.store.outlook_json import outlook_to_json  # noqa: PLC0415

    outlook = Outlook(
        made_at=question.now,
        ahead=day_ahead(question),
        advice=advice_now(question),
        slower=question.knowledge.slower,
    )
    facts = outlook_to_json(outlook) or {}
    return {
        "made_at": facts["made_at"],
        "advice": facts["advice"],
        "ahead": [_half_hour(half) for half in outlook.ahead],
        "slower": facts["slower"],
    }


def _half_hour(half: "HalfHourAhead") -> dict[str, Any]:
    return {
        "starts": half.starts.isoformat(),
        "arrivals": [round(value, 1) for value in _values(half.arrivals)],
        "waits_s": [round(value) for value in _values(half.waits)],
        "planned": half.planned,
        "needed": half.needed,
    }


def _values(found: Any) -> tuple[float, float, float]:  # noqa: ANN401 - a Range, imported late
    return found.low, found.mean, found.high


def _tell(question: "Question") -> None:
    from queueapp.bootstrap.advising import advice_now, day_ahead  # noqa: PLC0415
    from queueapp.language import load_language  # noqa: PLC0415
    from queueapp.language.advice_words import (  # noqa: PLC0415
        action_words,
        cost_words,
        drift_words,
        effect_words,
    )

    live = question.live
    language = load_language("en", zone=live.branch.zone)
    advice = advice_now(question)
    if not advice:
        typer.echo("Nothing that could be done now would shorten the waits noticeably.")
    for number, each in enumerate(advice, 1):
        typer.echo(f"{number}. {action_words(each.action, live, language)}")
        typer.echo(f"   {effect_words(each, language)}; {cost_words(each, language)}")
    if question.knowledge.slower is not None:
        typer.echo(drift_words(question.knowledge.slower, language))
    ahead = day_ahead(question)
    if ahead:
        typer.echo("from   people  wait (min)  counters: planned, needed")
    for half in ahead:
        wait = f"{half.waits.low / 60:.0f}–{half.waits.high / 60:.0f}"
        counters = f"{half.planned}, {'–' if half.needed is None else half.needed}"
        typer.echo(f"{half.starts:%H:%M}  {half.arrivals.mean:6.1f}  {wait:>10}  {counters}")


def _write_roster(question: "Question", file: Path) -> None:
    from queueapp.bootstrap.advising import proposed_week  # noqa: PLC0415 - see queueapp.cli
    from queueapp.forecast.advice.proposed_roster import roster_lines  # noqa: PLC0415

    def tell(day: date) -> None:
        typer.echo(f"{day:%A} …", err=True)

    lines = roster_lines(proposed_week(question, tell))
    if not lines:
        typer.echo(
            "Nothing was written: the branch has not been seen at work long enough to tell how"
            " many people come. A day is enough for its weekday."
        )
        raise typer.Exit(1)
    file.write_text("\n".join(lines), encoding="utf-8")
    typer.echo(
        f"Wrote {file}. Put it in the place of the [[roster]] entries in branch.toml, then look"
        " at it with `queueapp branch check`."
    )
