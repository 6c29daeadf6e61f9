"""Draws the documents' pictures of the phone page anew: ``python -m tests.web.draw_pictures``."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.docs.pages import DOCS
from tests.operations.office import Office, open_office
from tests.web.booked import take_appointments
from tests.web.browsing import Phone, chromium, phone
from tests.web.sites import Site, serving
from tests.web.test_in_chromium import take
from tests.web.test_joining import code_now, with_rules
from tests.web.test_ticket_page import estimate

PICTURES = DOCS / "pictures"


def draw() -> None:
    """Every picture, in both languages."""
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        office = open_office(f"sqlite:///{Path(folder) / 'queueapp.db'}")
        office.sign_on()
        with_rules(office)
        for _ in range(4):
            office.issue()
            office.later(seconds=40)
        with serving(office) as site:
            _visit(office, site, browser)
            take_appointments(office)
            site.caught_up()
            _book(site, browser)
        office.store.close()


def _book(site: Site, browser: Browser) -> None:
    with phone(browser) as own:
        own.page.goto(f"{site.url}/book?lang=fa")
        _shoot(own, "phone-book-fa")
        own.page.get_by_role("button").first.click()
        own.page.wait_for_url("**/a/**")
        _shoot(own, "phone-appointment-fa")


def _visit(office: Office, site: Site, browser: Browser) -> None:
    with phone(browser, dark=True) as own, phone(browser) as english:
        own.page.goto(f"{site.url}/j/{code_now(site)}?lang=fa")
        _shoot(own, "phone-join-fa")
        mine = take(site, own)
        office.issue()
        estimate(office, mine, 12 * 60, 25 * 60)
        own.reads("حدود")
        _shoot(own, "phone-waiting-fa")
        english.page.goto(f"{site.url}/t/{mine.token}?lang=en")
        english.reads("about")
        _shoot(english, "phone-waiting-en")
        for _ in range(4):
            office.serve()
            office.later(minutes=2)
            office.finish()
        office.call()
        own.reads("لطفاً به باجه")
        _shoot(own, "phone-called-fa")
        office.start()
        office.finish()
        own.reads("مراجعه‌تان چطور بود؟")
        own.page.get_by_text("بد", exact=True).click()
        _shoot(own, "phone-rating-fa")


def _shoot(own: Phone, name: str) -> None:
    own.page.screenshot(path=PICTURES / f"{name}.png", full_page=True, scale="css")


if __name__ == "__main__":
    draw()
