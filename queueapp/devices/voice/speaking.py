"""A call as it is heard: the chime, then the sentence in each language that is wanted."""

import logging
from collections.abc import Callable
from pathlib import Path

from queueapp.devices.voice.sentences import clips_of, text_of
from queueapp.devices.voice.sounds import (
    AFTER_CHIME_S,
    BETWEEN_WORDS_S,
    Clips,
    NoVoice,
    Sound,
    UnreadableSound,
    chime,
    decoded,
    joined,
    silence,
    spoken,
)
from queueapp.domain.calls import Call
from queueapp.language import Language


class Speech:
    """Makes the sound of a call.

    ``clips``: the branch's own recordings, if it has some; what they lack, espeak-ng says, and
    without it the chime alone is heard. ``languages_for`` gives the codes to say a call in.
    """

    def __init__(
        self,
        language_of: Callable[[str], Language],
        languages_for: Callable[[Call], tuple[str, ...]],
        *,
        clips: Path | None = None,
    ) -> None:
        self._language_of = language_of
        self._languages_for = languages_for
        self._clips = Clips(clips) if clips is not None else None
        self._chime = self._own_chime() or chime()

    def sound_of(self, call: Call) -> Sound:
        """The chime and the sentences, ready to be played in one piece."""
        said = [self._sentence(call, code) for code in self._languages_for(call)]
        pause = silence(AFTER_CHIME_S)
        return joined([self._chime, *(part for each in said if each for part in (pause, each))])

    def _own_chime(self) -> "Sound | None":
        path = self._clips.chime() if self._clips is not None else None
        if path is None:
            return None
        try:
            return decoded(path)
        except UnreadableSound:
            logging.getLogger(__name__).warning("the chime %s cannot be read", path)
            return None

    def _sentence(self, call: Call, code: str) -> "Sound | None":
        try:
            return self._recorded(call, code) or spoken(
                text_of(call, self._language_of(code)), code
            )
        except NoVoice:
            return None

    def _recorded(self, call: Call, code: str) -> "Sound | None":
        clips = self._clips
        if clips is None:
            return None
        names = clips_of(call, code, lambda name: clips.has(code, name))
        paths = [clips.path(code, name) for name in names or ()]
        try:
            sounds = [decoded(path) for path in paths if path is not None]
        except UnreadableSound as error:
            logging.getLogger(__name__).warning("the clip %s cannot be read", error)
            return None
        return joined(sounds, BETWEEN_WORDS_S) if sounds else None
