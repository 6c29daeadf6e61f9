"""Draws the tickets of the documents: ``python -m tests.devices.draw_paper``."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PIL import ImageOps

from queueapp.config.sample_branch import telecom_office
from queueapp.devices.printer.drawing import FULL_WIDTH, draw_ticket
from queueapp.devices.printer.ticket_words import ticket_words
from queueapp.domain.ticket import Promise
from tests.tui.fakes import NOW, fake_live, fake_ticket, language_of

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
EDGE = 3


def draw(language: str) -> None:
    """One ticket, with a thin edge, for paper is as white as the page around it."""
    branch = replace(telecom_office(), public_url="https://queue.example.ir")
    normal = branch.categories[0].code
    line = [
        fake_ticket(
            branch.services[0].code, 105 - ago, waited=timedelta(minutes=ago), category=normal
        )
        for ago in range(8)
    ]
    promise = Promise(p50=8 * 60, p80=14 * 60, made_at=NOW)
    ticket = line[0].with_leg(replace(line[0].leg, promise=promise))
    ticket = replace(ticket, arrived_at=NOW, token="V1StGXR8Z5jdHi6B")
    live = fake_live(ticket, *line[1:], branch=branch)
    words = ticket_words(live, ticket, NOW, language_of(language), is_copy=False)
    paper = draw_ticket(words, width=FULL_WIDTH).convert("L")
    half = paper.resize((paper.width // 2, paper.height // 2))
    ImageOps.expand(half, EDGE, fill=200).save(PICTURES / f"paper-{language}.png", optimize=True)


if __name__ == "__main__":
    for spoken in ("en", "fa"):
        draw(spoken)
