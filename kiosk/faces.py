"""Five faces, from bad to good: one tap says how it was."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from queueapp.domain.rating import SCORES
from queueapp.domain.words import sentence
from queueapp.language import Language

WORDS = {
    1: sentence("Very bad"),
    2: sentence("Bad"),
    3: sentence("So-so"),
    4: sentence("Good"),
    5: sentence("Very good"),
}

_MOUTHS = {1: "╭───╮", 2: " ╭─╮ ", 3: " ─── ", 4: " ╰─╯ ", 5: "╰───╯"}

_WORD_STYLES = ("bold", "$quiet", "$quiet")
_DIGITS = zip(SCORES, "12345", "۱۲۳۴۵", "١٢٣٤٥", strict=True)


class Face(Widget):
    """One of the five: its number, the face, and the word for it in each language."""

    DEFAULT_CSS = """
    Face {
        width: 1fr;
        max-width: 22;
        height: auto;
        border: round $line;
        text-align: center;
    }
    Face:hover { background: $panel; }
    Face.-chosen { border: round $accent; background: $panel; }
    """

    class Tapped(Message):
        """Somebody touched the face with ``score``."""

        def __init__(self, score: int) -> None:
            super().__init__()
            self.score = score

    languages: reactive[tuple[Language, ...]] = reactive((), layout=True)

    def __init__(self, score: int) -> None:
        super().__init__()
        self.score = score

    def render(self) -> Content:
        """The number in the first language, the drawing, the words."""
        number = str(self.score)
        if self.languages:
            number = self.languages[0].digits(number)
        words = (language.text(WORDS[self.score]) for language in self.languages)
        return Content("\n").join(
            [
                Content.styled(number, "bold $accent"),
                Content("\n".join(face_lines(self.score))),
                *(
                    Content.styled(word, style)
                    for word, style in zip(words, _WORD_STYLES, strict=False)
                ),
            ]
        )

    def on_click(self) -> None:
        """Tell which face it was."""
        self.post_message(self.Tapped(self.score))


class Faces(Horizontal, can_focus=True):
    """The five faces side by side; a tap or a key from 1 to 5 posts :class:`Chosen`.

    ``languages`` are those of the words under each face, the first one stands out; set it again
    when the branch is known.
    """

    DEFAULT_CSS = """
    Faces { width: 100%; height: auto; align-horizontal: center; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(digits), f"choose({score})", show=False) for score, *digits in _DIGITS
    ]

    class Chosen(Message):
        """Somebody says ``score``, from 1 (bad) to 5 (good)."""

        def __init__(self, score: int) -> None:
            super().__init__()
            self.score = score

    languages: reactive[tuple[Language, ...]] = reactive(())
    chosen: reactive[int | None] = reactive(None)
    """The face that stands out as the answer; ``None``: no answer yet."""

    def __init__(
        self,
        languages: Sequence[Language] = (),
        *,
        id: str | None = None,  # noqa: A002 - as every widget
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Faces.languages, tuple(languages))

    def compose(self) -> ComposeResult:
        """From bad to good."""
        for score in SCORES:
            yield Face(score).data_bind(Faces.languages)

    def on_mount(self) -> None:
        """Take the number keys."""
        self.focus()

    def watch_chosen(self, chosen: int | None) -> None:
        """Let the answer stand out."""
        for face in self.query(Face):
            face.set_class(face.score == chosen, "-chosen")

    def on_face_tapped(self, event: Face.Tapped) -> None:
        """A tap is an answer."""
        event.stop()
        self.action_choose(event.score)

    def action_choose(self, score: int) -> None:
        """Take ``score`` as the answer."""
        self.chosen = score
        self.post_message(self.Chosen(score))


def face_lines(score: int) -> list[str]:
    """The drawing of one face, 5 rows of 9 columns."""
    return [
        "╭───────╮",
        "│ ●   ● │",
        "│       │",
        f"│ {_MOUTHS[score]} │",
        "╰───────╯",
    ]
