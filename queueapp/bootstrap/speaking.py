"""The process that calls out what a board shows; the only one that loads sound."""

import logging
import threading
from collections.abc import Callable
from typing import BinaryIO

from queueapp.bootstrap import OpenBranch, languages_of
from queueapp.bootstrap.child_keeper import end_of
from queueapp.bootstrap.followed import followed
from queueapp.config.settings import Settings
from queueapp.devices.voice.announcing import Announcer
from queueapp.devices.voice.loudspeaker import Loudspeaker
from queueapp.devices.voice.speaking import Speech
from queueapp.domain.calls import Call
from queueapp.domain.live import LiveBranch

LOOK_S = 0.5
"""How often repeats are looked for when nothing happens."""


def run_voice(opened: OpenBranch, settings: Settings, until_end_of: BinaryIO) -> None:
    """Call out until ``until_end_of`` ends; a terminal holds its other end."""
    plan = opened.plan()

    def languages_for(call: Call) -> tuple[str, ...]:
        own = call.ticket.language
        if not settings.voice_every_language:
            return (own,)
        return (own, *(code for code in plan.languages if code != own))

    speech = Speech(languages_of(plan), languages_for, clips=settings.voice_clips)
    loudspeaker = Loudspeaker()
    announcer = Announcer(
        lambda call: loudspeaker.play(speech.sound_of(call)),
        clock=opened.clock,
        zone=plan.zone,
        quiet=settings.quiet_hours,
        repeat_s=settings.voice_repeat_seconds,
    )
    ended = end_of(until_end_of)
    with followed(opened) as picture:
        while not ended.is_set():
            picture.woken.wait(LOOK_S)
            picture.woken.clear()
            try:
                _speak(announcer, picture.latest, ended)
            except Exception:  # whatever it is, the next call is heard
                logging.getLogger(__name__).exception("a call could not be said")


def _speak(
    announcer: Announcer, latest: Callable[[], LiveBranch | None], ended: threading.Event
) -> None:
    """Say everything that is due, looking at the branch between any two calls."""
    said = True
    while said and not ended.is_set():
        live = latest()
        if live is None:
            return
        announcer.hear(live)
        said = announcer.say_next()
