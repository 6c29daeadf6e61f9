"""The sound of a call: chime, recordings, espeak-ng; and no word on the terminal."""

import shutil
import subprocess
import sys
import wave
from pathlib import Path

import miniaudio
import pytest

from queueapp.devices.voice import sounds
from queueapp.devices.voice.loudspeaker import Loudspeaker
from queueapp.devices.voice.sounds import RATE, NoVoice, Sound, chime, decoded, silence, spoken
from queueapp.devices.voice.speaking import Speech
from tests.devices.calls import a_call
from tests.tui.fakes import language_of

NULL = [miniaudio.Backend.NULL]


def needs_espeak() -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("needs espeak-ng")


def record(path: Path, seconds: float, *, rate: int = RATE, level: int = 5000) -> None:
    """Write a recording: a square wave, so that it is something."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        frame = level.to_bytes(2, "little", signed=True) + (-level).to_bytes(
            2, "little", signed=True
        )
        file.writeframes(frame * round(seconds * rate / 2))


def seconds_of(sound: Sound) -> float:
    return len(sound) / RATE


def speech(folder: Path | None = None, *codes: str) -> Speech:
    return Speech(language_of, lambda call: codes or (call.ticket.language,), clips=folder)


@pytest.fixture
def mute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without espeak-ng."""
    monkeypatch.setattr(shutil, "which", lambda _program: None)


def test_the_chime_is_two_tones_that_die_away() -> None:
    sound = chime()
    assert 1 < seconds_of(sound) < 2
    assert max(map(abs, sound)) < sounds.LOUDEST
    loudest_first = max(map(abs, sound[: RATE // 4]))
    assert loudest_first > 5000
    assert max(map(abs, sound[-RATE // 50 :])) < loudest_first / 20


@pytest.mark.parametrize("code", ["fa", "en"])
def test_espeak_says_the_sentence(code: str) -> None:
    needs_espeak()
    with_words = speech(None, code).sound_of(a_call())
    assert seconds_of(with_words) > seconds_of(chime()) + 1.5
    said = with_words[len(chime()) :]
    assert max(map(abs, said)) > 3000


def test_both_languages_take_longer_than_one() -> None:
    needs_espeak()
    one = speech(None, "fa").sound_of(a_call())
    assert len(speech(None, "fa", "en").sound_of(a_call())) > len(one) + RATE


@pytest.mark.usefixtures("mute")
def test_without_espeak_the_chime_alone_is_heard() -> None:
    assert speech().sound_of(a_call()) == chime()
    with pytest.raises(NoVoice):
        spoken("nobody says this", "en")


@pytest.mark.usefixtures("mute")
def test_recordings_are_said_in_one_row(tmp_path: Path) -> None:
    for name in (
        "number",
        "letters/A",
        "numbers/100",
        "and",
        "numbers/5",
        "to-counter",
        "numbers/3",
    ):
        record(tmp_path / "fa" / f"{name}.wav", 0.5, rate=22_050)
    sound = speech(tmp_path).sound_of(a_call())
    said = seconds_of(sound) - seconds_of(chime()) - sounds.AFTER_CHIME_S
    assert said == pytest.approx(7 * 0.5 + 6 * sounds.BETWEEN_WORDS_S, abs=0.05)


@pytest.mark.usefixtures("mute")
def test_a_recording_that_is_no_sound_is_passed_over(tmp_path: Path) -> None:
    for name in ("number", "letters/A", "numbers/105", "to-counter", "numbers/3"):
        record(tmp_path / "fa" / f"{name}.wav", 0.2)
    (tmp_path / "fa" / "number.wav").write_text("no sound")
    assert speech(tmp_path).sound_of(a_call()) == chime()


def test_the_branch_may_have_its_own_chime(tmp_path: Path) -> None:
    record(tmp_path / "chime.wav", 0.3)
    mixed = Speech(language_of, lambda _call: (), clips=tmp_path).sound_of(a_call())
    assert seconds_of(mixed) == pytest.approx(0.3, abs=0.01)
    (tmp_path / "chime.wav").write_text("no sound")
    assert Speech(language_of, lambda _call: (), clips=tmp_path).sound_of(a_call()) == chime()


def test_a_file_of_another_rate_is_as_long_as_before(tmp_path: Path) -> None:
    record(tmp_path / "slow.wav", 1, rate=8000)
    assert seconds_of(decoded(tmp_path / "slow.wav")) == pytest.approx(1, abs=0.01)


def test_a_sound_is_played_to_its_end() -> None:
    Loudspeaker(NULL).play(silence(0.1))


def test_a_missing_sound_card_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    loudspeaker = Loudspeaker([miniaudio.Backend.COREAUDIO])  # which is not on this system
    loudspeaker.play(silence(1))
    loudspeaker.play(silence(1))
    assert [record.message[:23] for record in caplog.records] == ["nothing can be heard: ("]


def test_nothing_is_written_on_the_terminal() -> None:
    code = (
        "from queueapp.devices.voice.loudspeaker import Loudspeaker\n"
        "from queueapp.devices.voice.sounds import silence\n"
        "Loudspeaker().play(silence(0.05))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )
    assert ended.stdout == b""
