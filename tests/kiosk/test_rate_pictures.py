"""How the rating terminal looks."""

import pytest
from syrupy.assertion import SnapshotAssertion

from kiosk.rate_visit import Page
from tests.kiosk.test_rate_stories import desk, done
from tests.snapshots import LANGUAGES, SIZES, Svg, picture


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_from_idle_to_thanks(
    size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    async with desk(size=size, language=language) as at:
        assert await picture(at.pilot) == snapshot(extension_class=Svg, name="1-idle")
        await at.becomes(done(language=language))
        await at.page(Page.FACES)
        assert await picture(at.pilot) == snapshot(extension_class=Svg, name="2-faces")
        await at.pilot.press("2")
        await at.page(Page.REASONS)
        assert await picture(at.pilot) == snapshot(extension_class=Svg, name="3-reasons")
        await at.pilot.press("6")
        await at.page(Page.THANKS)
        assert await picture(at.pilot) == snapshot(extension_class=Svg, name="4-thanks")
