"""Pictures of screens, kept as SVG and compared letter by letter.

``assert await picture(pilot) == snapshot(extension_class=Svg)``; look at every new picture before
it is kept with ``pytest --snapshot-update``.
"""

import re

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot
from textual.widgets import Input

_OF_THIS_RUN = re.compile(r"terminal-\d+-")

SIZES = ((80, 24), (132, 43))
LANGUAGES = ("en", "fa")


class Svg(SingleFileSnapshotExtension):
    """One file for each picture."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


async def picture(pilot: Pilot[int]) -> str:
    """The screen as it is, without what differs from run to run."""
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    await pilot.pause()
    return _OF_THIS_RUN.sub("", pilot.app.export_screenshot(simplify=True))
