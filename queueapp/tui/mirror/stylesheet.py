"""The styles of a program, read once."""

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

SOURCES = 512
"""More than there are kinds of widgets."""


class KeptStylesheet(Stylesheet):
    """Keeps what it has read of each source for as long as its variables mean the same.

    Textual's reads every source again for each screen that brings styles of its own, and once more
    for a theme that it has already.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme, and read all anew if they are others."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read what is not known yet; raises what :meth:`parse` does."""
        self.parse()
