"""Lines, corners and blocks as a mirror shows them."""

from rich.style import Style

DRAWN = "\u2500-\u2588\u258c\u258f-\u259f"
"""Drawn characters, as the inside of a regular expression's brackets; without those below."""

_LEFT = "┌└├┍┎┏┕┖┗┝┠┣╒╓╔╘╙╚╞╟╠╭╰╱╴╸▌▏▖▘▙▛▚"
_RIGHT = "┐┘┤┑┒┓┙┚┛┥┨┫╕╖╗╛╜╝╡╢╣╮╯╲╶╺▐▕▗▝▟▜▞"
_IMAGES = str.maketrans(_LEFT + _RIGHT, _RIGHT + _LEFT)

INKED_LEFT = "▉▊▋▍▎"
"""Blocks from the left whose images few fonts have: ink and ground change places instead."""
_LEFT_IMAGES = str.maketrans(INKED_LEFT, "▏▎▍▋▊")
_INVERTED = Style(reverse=True)
_UPRIGHT = Style(reverse=False)


def image(drawn: str, style: Style | None) -> tuple[str, Style | None]:
    """``drawn`` in ``style`` as a mirror shows it.

    ``drawn`` is of blanks and drawn characters, either all from :data:`INKED_LEFT` or none.
    """
    backwards = drawn[::-1]
    if drawn[0] not in INKED_LEFT:
        return backwards.translate(_IMAGES), style
    own = style or Style.null()
    return backwards.translate(_LEFT_IMAGES), own + (_UPRIGHT if own.reverse else _INVERTED)
