"""The head of the first screen: where we are, what time it is, and in which language."""

from datetime import datetime

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.card import CardWords
from kiosk.card_groups import CardRow
from kiosk.kept_promises import kept_promises
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.language.openings import CLOSED, as_sentence, branch_opening, rest_of_today
from queueapp.tui.wording import Wording

WELCOME = sentence("Welcome")
CHOOSE = sentence("Choose a service to take your number.")
LANGUAGE_NAMES = {"en": "English", "fa": "فارسی"}
LANGUAGE_KEY = "*"

WIDE = 76
"""Columns; below, the head says only what it must."""
BESIDE_WELCOME = 46
"""Columns that the languages and the margins take."""


class WelcomeHead(Horizontal):
    """Says it; a language that is touched comes up as a card of ``#languages``."""

    DEFAULT_CSS = """
    WelcomeHead #place { width: 1fr; height: 100%; align-vertical: middle; padding: 0 1; }
    WelcomeHead #branch { text-style: bold; }
    WelcomeHead #clock { color: $quiet; }
    WelcomeHead #choose { margin-top: 1; }
    WelcomeHead #kept { color: $quiet; }
    WelcomeHead #languages { width: 35; height: 5; }
    """

    def compose(self) -> ComposeResult:
        """The branch and the languages."""
        with Vertical(id="place"):
            yield Wording(id="branch", markup=False)
            yield Wording(id="clock", markup=False)
            yield Wording(id="choose", markup=False)
            yield Wording(id="kept", markup=False)
        yield CardRow(id="languages")

    def show(self, live: LiveBranch, now: datetime, languages: tuple[Language, ...]) -> None:
        """Draw it as it is now; ``languages``: the one spoken, then the others."""
        language, width = languages[0], self.screen.size.width
        is_wide = width >= WIDE
        head = _welcome(live, languages, width) if is_wide else language.name(live.branch.name)
        self.query_one("#branch", Wording).update(head)
        clock = language.moment(now) if is_wide else language.time(now)
        self.query_one("#clock", Wording).update(clock)
        self.query_one("#choose", Wording).update(_invitation(live, now, language))
        self.query_one("#kept", Wording).update(kept_promises(live, language))
        codes = live.branch.languages
        row = self.query_one("#languages", CardRow)
        row.display = len(codes) > 1
        row.offer(
            [
                CardWords(
                    title=LANGUAGE_NAMES.get(code, code),
                    key="" if code == language.code else LANGUAGE_KEY,
                    chosen=code == language.code,
                )
                for code in codes
            ]
        )


def _invitation(live: LiveBranch, now: datetime, language: Language) -> str:
    """What to do now; where there is nothing to choose, why."""
    if any(is_service_open(live.branch, service, now) for service in live.branch.services):
        return language.text(CHOOSE)
    why = (rest_of_today(live.branch, now, language), branch_opening(live, now, language))
    return " ".join(f"{as_sentence(said)}." for said in why if said) or f"{language.text(CLOSED)}."


def _welcome(live: LiveBranch, languages: tuple[Language, ...], width: int) -> str:
    """The branch, and a welcome in as many languages as one line has room for."""
    name = languages[0].name(live.branch.name)
    welcomes = list(dict.fromkeys(spoken.text(WELCOME) for spoken in languages))
    room = width - BESIDE_WELCOME
    for count in range(len(welcomes), 0, -1):
        line = f"{name}   {' · '.join(welcomes[:count])}"
        if cell_len(line) <= room:
            return line
    return name
