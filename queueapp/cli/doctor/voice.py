"""Whether a board's calls will be heard."""

import shutil
from collections.abc import Iterator

from queueapp.cli.doctor.findings import About, Finding
from queueapp.config.settings import Settings
from queueapp.domain.branch import Branch

_about = About("voice")

FEW = 3
"""So many missing clips are named."""


def voice_findings(settings: Settings, branch: Branch | None) -> Iterator[Finding]:
    """What is there to speak with; nothing where no voice is wanted."""
    if not settings.voice:
        return
    has_espeak = shutil.which("espeak-ng") is not None
    if settings.voice_clips is not None and branch is not None:
        yield from _clips(settings, branch, has_espeak=has_espeak)
    elif has_espeak:
        yield _about.ok("espeak-ng says the calls.")
    else:
        yield _about.attention(
            "There is no espeak-ng: only the chime will be heard.",
            "Install espeak-ng (apt install espeak-ng), or record clips of your own.",
        )
    yield _sound_card()


def _clips(settings: Settings, branch: Branch, *, has_espeak: bool) -> Iterator[Finding]:
    from queueapp.devices.voice.recordings import missing_clips  # noqa: PLC0415 - see queueapp.cli

    assert settings.voice_clips is not None
    for code in branch.languages:
        missing = missing_clips(settings.voice_clips, code, branch)
        if not missing:
            yield _about.ok(f"All recordings for {code} are there.")
            continue
        named = ", ".join(missing[:FEW]) + (" …" if len(missing) > FEW else "")
        instead = "espeak-ng says" if has_espeak else "only the chime is heard for"
        yield _about.attention(
            f"{len(missing)} recordings for {code} are missing ({named}).",
            f"Record them; until then {instead} every call that needs one.",
        )


def _sound_card() -> Finding:
    from queueapp.devices.voice.loudspeaker import sound_cards  # noqa: PLC0415 - see queueapp.cli

    found = sound_cards()
    if found:
        return _about.ok(f"There is a sound card: {found[0]}.")
    return _about.attention(
        "There is no sound card: nothing will be heard.",
        "Connect a loudspeaker, or switch the voice off.",
    )
