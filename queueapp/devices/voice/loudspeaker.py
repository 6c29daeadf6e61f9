"""Plays sounds through whatever the machine has; where it has nothing, nobody hears them."""

import logging
import threading
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from queueapp.devices.voice.sounds import RATE, Sound, silence

if TYPE_CHECKING:
    from miniaudio import Backend

TAIL_S = 0.25
"""What the device still has in its buffer when the last sample was handed over."""
SWALLOWS = ("NULL", "Discard all samples")
"""What miniaudio and ALSA call devices that nobody hears."""
MUCH_TOO_LONG_S = 5.0
"""How much longer than the sound itself playing may take before the device is given up."""


def sound_cards() -> list[str]:
    """The names of what could play; empty where nothing can."""
    import miniaudio  # noqa: PLC0415 - only a board that speaks needs it

    try:
        found = miniaudio.Devices().get_playbacks()
    except miniaudio.MiniaudioError:
        return []
    names = [str(each["name"]) for each in found]
    return [name for name in names if not any(word in name for word in SWALLOWS)]


class Loudspeaker:
    """Plays one sound after the other. ``backends``: those of miniaudio to try, for tests."""

    def __init__(self, backends: "Sequence[Backend] | None" = None) -> None:
        self._backends = list(backends) if backends is not None else None
        self._is_missing = False
        """Whether it was said already that there is no sound card."""

    def play(self, sound: Sound) -> None:
        """Play ``sound`` to its end; silent without a sound card."""
        import miniaudio  # noqa: PLC0415 - only a board that speaks needs it

        ended = threading.Event()
        stream = _stream(sound, ended)
        next(stream)
        try:
            # Opened for each call, for a loudspeaker may be plugged in while the program runs.
            with miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                backends=self._backends,
                app_name="queueapp",
            ) as device:
                device.start(stream)
                ended.wait(len(sound) / RATE + MUCH_TOO_LONG_S)
                threading.Event().wait(TAIL_S)
                self._is_missing = False
        except miniaudio.MiniaudioError as error:
            if not self._is_missing:
                logging.getLogger(__name__).warning("nothing can be heard: %s", error)
            self._is_missing = True


def _stream(sound: Sound, ended: threading.Event) -> Generator[Sound, int, None]:
    """Hands the samples over as the device asks for them, and then nothing but silence."""
    at = 0
    wanted = yield silence(0)
    while True:
        piece = sound[at : at + wanted]
        at += wanted
        if at >= len(sound):
            ended.set()
        piece.extend(silence((wanted - len(piece)) / RATE))
        wanted = yield piece
