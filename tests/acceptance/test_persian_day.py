"""A day of work in Persian only, by keys: every program is real and in a terminal of its own."""

import csv
from io import StringIO
from pathlib import Path

from tests.acceptance.office import CLERK, COLLEAGUE, STAFF, SUPERVISOR
from tests.acceptance.persian import (
    PersianOffice,
    press_to_read,
    reads,
    sign_in,
    wait_to_read,
)
from tests.acceptance.terminals import TerminalProgram, ended_after

NOTE = "می\u200cخواهد سیم\u200cکارت جدید بگیرد"
"""Typed with the joiner that cannot be seen, which keeps «می» and «سیم» apart."""


def test_a_day_in_persian(tmp_path: Path) -> None:
    with ended_after(PersianOffice(f"sqlite:///{tmp_path / 'office.db'}", tmp_path)) as office:
        office.set_up()
        kiosk, board = office.start("kiosk"), office.start("board")
        first, second = office.start("counter", "۱"), office.start("counter", "۲")
        rating, wall = office.start("rate", "--counter", "۲"), office.start("supervisor")
        sign_in(first, CLERK)
        sign_in(second, COLLEAGUE)
        sign_in(wall, SUPERVISOR)
        wait_to_read(wall, f"دفتر آزادی · {STAFF[SUPERVISOR][0]}")

        takes_a_ticket(kiosk)
        is_called(first, board)
        is_sent_on(first)
        is_served(second)
        rates(rating)
        wait_to_read(second, "امتیاز ۲ از ۵")
        looks_it_up(kiosk)
        wait_to_read(wall, "ب۰۰۱")

        told = office.run("export", "visits")
        assert told.returncode == 0, told.stderr
        is_in_the_records(told.stdout)


def takes_a_ticket(kiosk: TerminalProgram) -> None:
    wait_to_read(kiosk, "پرداخت قبض", "خط جدید", "کسی در انتظار نیست")
    press_to_read(kiosk, "شماره نوبت شما", "۱")
    kiosk.wait_for_large("ب۰۰۱")
    press_to_read(kiosk, "خدمت خود را انتخاب کنید و نوبت بگیرید.", "enter")


def is_called(desk: TerminalProgram, board: TerminalProgram) -> None:
    wait_to_read(desk, "برای فراخواندن ب۰۰۱ کلید n را بزنید.")
    desk.press("د")  # the key of n, on a Persian keyboard
    desk.wait_for_large("ب۰۰۱")
    board.wait_for_large("ب۰۰۱")
    board.wait_for_large("۱")
    desk.press("س")
    wait_to_read(desk, "پای باجه")


def is_sent_on(desk: TerminalProgram) -> None:
    desk.press("ف")
    wait_to_read(
        desk, "نوبت ب۰۰۱ به کدام خدمت یا باجه ارجاع شود؟", "یادداشت، اگر خواستید (کلید Tab)"
    )
    desk.press("tab")
    desk.wait_for_cursor_below("یادداشت، اگر خواستید (کلید Tab)", reads)
    desk.press(NOTE)
    wait_to_read(desk, NOTE)
    desk.press("enter")
    wait_to_read(desk, "نوبت ب۰۰۱ ارجاع شد و جای آن در صف حفظ شد.", "کسی در انتظار نیست.")


def is_served(desk: TerminalProgram) -> None:
    wait_to_read(desk, "برای فراخواندن ب۰۰۱ کلید n را بزنید.")
    desk.press("د")
    desk.wait_for_large("ب۰۰۱")
    wait_to_read(desk, f"یادداشت: {NOTE}")
    desk.press("س")
    wait_to_read(desk, "پای باجه")
    desk.press("ب")
    wait_to_read(desk, "امروز ۱ نفر")


def rates(rating: TerminalProgram) -> None:
    wait_to_read(rating, "نوبت ب۰۰۱", "خیلی بد", "خیلی خوب")
    press_to_read(rating, "متأسفیم. مشکل چه بود؟", "۲")
    press_to_read(rating, "از شما سپاسگزاریم!", "۱")


def looks_it_up(kiosk: TerminalProgram) -> None:
    press_to_read(kiosk, "شماره نوبت شما چند است؟", "۰")
    kiosk.press("ب", "۰", "۰", "۱")
    kiosk.wait_for_large("ب۰۰۱")
    press_to_read(kiosk, "کار شما در این مراجعه تمام شده است", "enter")
    kiosk.wait_for_large("ب۰۰۱")
    assert not reads(kiosk.screen(), "امروز ثبت نشده است")


def is_in_the_records(exported: str) -> None:
    first, second = csv.DictReader(StringIO(exported))
    assert first["ticket"].endswith("ب001")
    assert (first["service"], first["ended_as"], first["counter"]) == ("ب", "transferred", "1")
    assert (second["service"], second["ended_as"], second["counter"]) == ("گ", "served", "2")
    assert NOTE in {first["note"], second["note"]}
    assert (second["rating"], second["rating_reason"]) == ("2", "waited_too_long")
    assert {first["language"], second["language"]} == {"fa"}
