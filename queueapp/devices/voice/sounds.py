"""Sounds as the loudspeaker takes them: 16 bit, one channel, 44,100 samples a second."""

import array
import math
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

RATE = 44_100
"""Samples a second."""
LOUDEST = 32_767
CHIME = ((659.26, 0.55), (523.25, 1.1))
"""Two falling tones: how many times they swing in a second, and how many seconds they ring."""
BETWEEN_TONES_S = 0.38
BETWEEN_WORDS_S = 0.06
AFTER_CHIME_S = 0.25
CLIP_KINDS = (".wav", ".mp3", ".flac", ".ogg")
VOICES = {"fa": "fa", "en": "en"}
"""What espeak-ng calls them."""
SPEED = 135
"""Words a minute, for people who do not listen until they hear their number."""
SPEAK_WITHIN_S = 15.0

Sound: TypeAlias = "array.array[int]"
"""Signed samples of 16 bit."""


class NoVoice(Exception):  # noqa: N818 - it names what is missing
    """There is nobody to say it: no espeak-ng, or no voice of it."""


def silence(seconds: float) -> Sound:
    """Nothing, for so long."""
    return array.array("h", bytes(2 * round(seconds * RATE)))


def joined(sounds: Sequence[Sound], pause_s: float = 0.0) -> Sound:
    """One after the other, with a pause between."""
    whole = array.array("h")
    for position, sound in enumerate(sounds):
        if position and pause_s:
            whole.extend(silence(pause_s))
        whole.extend(sound)
    return whole


def chime() -> Sound:
    """The two tones that make people look up."""
    length = round((BETWEEN_TONES_S * (len(CHIME) - 1) + CHIME[-1][1]) * RATE)
    mixed = [0.0] * length
    for position, (pitch, rings_s) in enumerate(CHIME):
        begins = round(position * BETWEEN_TONES_S * RATE)
        for at, swing in enumerate(_tone(pitch, rings_s)):
            if begins + at < length:
                mixed[begins + at] += swing
    return array.array("h", (round(swing * LOUDEST * 0.6) for swing in mixed))


def _tone(pitch: float, rings_s: float) -> list[float]:
    """A struck bell: it rises at once, dies away, and has an overtone."""
    samples = round(rings_s * RATE)
    return [
        min(1.0, at / (0.004 * RATE))
        * math.exp(-4.5 * at / samples)
        * (
            0.8 * math.sin(2 * math.pi * pitch * at / RATE)
            + 0.2 * math.sin(4 * math.pi * pitch * at / RATE)
        )
        for at in range(samples)
    ]


def spoken(text: str, code: str) -> Sound:
    """``text`` by espeak-ng in the language ``code``; raises :class:`NoVoice`."""
    program = shutil.which("espeak-ng")
    if program is None or code not in VOICES:
        raise NoVoice(code)
    with TemporaryDirectory(prefix="queueapp-voice-") as folder:
        written = Path(folder) / "said.wav"
        try:
            subprocess.run(  # noqa: S603 - the text is one argument, and no shell reads it
                [program, "-v", VOICES[code], "-s", str(SPEED), "-w", str(written), "--", text],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SPEAK_WITHIN_S,
                check=True,
            )
            return decoded(written)
        except (OSError, subprocess.SubprocessError, UnreadableSound) as error:
            raise NoVoice(code) from error


class UnreadableSound(Exception):  # noqa: N818 - it names a file
    """A file that is no sound."""


def decoded(path: Path) -> Sound:
    """The sound in a file, whatever its rate and channels; raises :class:`UnreadableSound`."""
    import miniaudio  # noqa: PLC0415 - only a board that speaks needs it

    try:
        file = miniaudio.decode_file(
            str(path),
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
        )
    except (miniaudio.DecodeError, miniaudio.MiniaudioError, OSError) as error:
        raise UnreadableSound(str(path)) from error
    return array.array("h", file.samples)


class Clips:
    """The recordings in ``folder``, such as ``fa/number.wav`` and ``fa/numbers/100.wav``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, code: str, name: str) -> Path | None:
        """The file of a clip in a language."""
        return self._file(f"{code}/{name}")

    def chime(self) -> Path | None:
        """The branch's own chime."""
        return self._file("chime")

    def _file(self, name: str) -> Path | None:
        paths = (self._folder / f"{name}{kind}" for kind in CLIP_KINDS)
        return next((path for path in paths if path.is_file()), None)

    def has(self, code: str, name: str) -> bool:
        """Whether there is one."""
        return self.path(code, name) is not None
