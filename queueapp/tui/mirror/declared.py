"""What a widget says about its lines where turning them would spoil them."""


class HoldsPicture:
    """A widget whose lines hold a drawing: a code, large figures, a chart.

    A drawing keeps its columns. It stands where the mirrored screen has its place.
    """

    def picture_columns(self, y: int) -> tuple[int, int]:
        """Where the drawing begins in line ``y`` of the content, and where it has ended.

        Columns are counted from the start of the content; equal ones say that there is none.
        """
        raise NotImplementedError


class HoldsCells:
    """A widget whose lines are rows of a table: every segment is a cell, and is read by itself.

    Elsewhere two blanks part what is read by itself, as do drawn lines; a table whose columns stand
    closer than that says so.
    """
