"""What covers a screen that cannot be shown yet, or not at this size."""

from textual.geometry import Size

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.wording import Wording

CONNECTING = sentence("Connecting to the queue…")
SILENT = sentence(
    "The queue's database does not answer yet. This screen opens by itself when it does."
)
TOO_SMALL = sentence(
    "This window is {width}×{height}; it needs {needed_width}×{needed_height}. Make it larger."
)


class Curtain(Wording):
    """Lies over the whole screen while there is a reason to."""

    def draw(
        self,
        size: Size,
        minimum: tuple[int, int],
        language: Language,
        *,
        live: bool,
        lost: bool,
    ) -> None:
        """Cover the screen when the window is too small or no picture has come yet."""
        too_small = size.width < minimum[0] or size.height < minimum[1]
        self.display = too_small or not live
        if too_small:
            self.update(
                language.text(
                    TOO_SMALL,
                    width=size.width,
                    height=size.height,
                    needed_width=minimum[0],
                    needed_height=minimum[1],
                )
            )
        elif not live:
            self.update(language.text(SILENT if lost else CONNECTING))
