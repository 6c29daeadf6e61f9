"""What a widget says about its lines where turning them as any other line would spoil them.

Columns are those of the content, counted from the start; a span that ends where it begins says that
the line holds nothing of the kind.
"""

Span = tuple[int, int]
"""The first column, and the one after the last."""


class HoldsPicture:
    """A widget whose lines hold a drawing: a code, large figures, a chart.

    A drawing keeps its columns, and stands where the mirrored screen has its place.
    """

    def picture_columns(self, y: int) -> Span:
        """Where the drawing stands in line ``y``."""
        raise NotImplementedError


class HoldsCells:
    """A widget whose lines are rows of a table: every segment is a cell, and is read by itself.

    Elsewhere two blanks part what is read by itself, as do drawn lines; a table whose columns stand
    closer than that says so.
    """


class HoldsOneText:
    """A widget whose line is one text, however many blanks are in it: a line to type in."""

    def text_columns(self, y: int) -> Span:
        """Where the text stands in line ``y``."""
        raise NotImplementedError
