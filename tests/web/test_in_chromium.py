"""The phone page in a real browser: live, in Persian, called, rated, without faults."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from queueapp.operations.commands import Recall
from queueapp.operations.ports import Receipt
from tests.domain.samples import FIRST, SARA
from tests.operations.office import Office
from tests.web.browsing import Phone, chromium, phone
from tests.web.sites import Site, serving, until
from tests.web.test_joining import code_now, with_rules
from tests.web.test_ticket_page import estimate


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def one_after(office: Office) -> None:
    """Serve the next customer."""
    office.serve()
    office.finish()


def take(site: Site, own: Phone) -> Receipt:
    """Take a ticket for bills in Persian; what it is."""
    own.page.goto(f"{site.url}/j/{code_now(site)}?lang=fa")
    own.page.get_by_role("button", name="پرداخت قبض").click()
    own.page.wait_for_url("**/t/**")
    ticket = max(site.office.live.tickets.values(), key=lambda ticket: ticket.id)
    return Receipt(
        revision=site.office.live.revision,
        at=ticket.arrived_at,
        ticket=ticket.id,
        label=ticket.label,
        token=ticket.token,
    )


def test_a_visit_on_the_phone_in_persian(office: Office, browser: Browser) -> None:
    with_rules(office)
    for _ in range(3):
        office.issue()
    with serving(office) as site, phone(browser) as own:
        mine = take(site, own)
        own.reads("A۰۰۴")
        own.reads("۳ نفر پیش از شماست")
        assert own.page.evaluate("document.documentElement.dir") == "rtl"
        own.page.get_by_role("button", name="وقتی صدایم کردند زنگ بزن").click()
        own.reads("تلفن شما زنگ خواهد زد")
        estimate(office, mine, 12 * 60, 25 * 60)
        own.reads("حدود ۱۲:۱۲ تا ۱۲:۲۵")
        assert own.accessibility_faults() == []
        for left in ("۲", "۱"):
            one_after(office)
            own.reads(f"{left} نفر پیش از شماست")
        own.page.evaluate(
            "() => { window.rung = 0; navigator.vibrate = () => Boolean(window.rung += 1); }"
        )
        one_after(office)
        own.reads("نفر بعدی شما هستید")
        office.call()
        own.reads("لطفاً به باجه ۱ بروید")
        assert own.accessibility_faults() == []
        until(lambda: bool(own.page.evaluate("window.rung === 1")))
        office.do(Recall(counter=FIRST, staff=SARA))
        until(lambda: bool(own.page.evaluate("window.rung === 2")))
        office.start()
        office.finish()
        own.reads("مراجعه‌تان چطور بود؟")
        own.page.get_by_text("بد", exact=True).click()
        own.page.get_by_text("پاسخ نامشخص").click()
        own.page.get_by_label("حرف دیگری هم دارید؟").fill("خیلی طول کشید")
        own.page.get_by_text("لطفاً با من تماس بگیرید").click()
        own.page.get_by_label("شماره تلفن شما").fill("0912 000 0000")
        assert own.accessibility_faults() == []
        own.page.get_by_role("button", name="فرستادن").click()
        own.reads("سپاسگزاریم")
        [rating] = office.live.ratings.values()
        assert rating.score == 2
        assert own.complaints == []


def test_letting_pass_coming_back_and_leaving(office: Office, browser: Browser) -> None:
    mine = office.issue(language="en")
    for _ in range(3):
        office.later(seconds=30)
        office.issue()
    with serving(office) as site, phone(browser, dark=True) as own:
        site.caught_up()
        own.page.goto(f"{site.url}/t/{mine.token}")
        own.reads("You are next")
        own.page.get_by_text("let others pass").click()
        own.page.get_by_role("combobox").select_option("2")
        assert own.accessibility_faults() == []
        own.page.get_by_role("button", name="Let them pass").click()
        own.reads("2 people before you")
        own.page.get_by_role("button", name="take my place back").click()
        own.reads("You are next")
        own.page.get_by_text("Leave the queue").click()
        own.page.get_by_role("button", name="give my number up").click()
        own.reads("This ticket was given up")
        assert own.complaints == []


def test_it_opens_offline_from_the_phones_own_memory(office: Office, browser: Browser) -> None:
    mine = office.issue(language="en")
    with serving(office) as site, phone(browser) as own:
        site.caught_up()
        own.page.goto(f"{site.url}/t/{mine.token}")
        own.reads("You are next")
        own.page.wait_for_function(
            "caches.match(location.href, {ignoreSearch: true}).then((kept) => kept !== undefined)"
        )
        own.page.context.set_offline(True)
        own.page.reload()
        own.reads("No connection. This is how it stood at")
        assert "A001" in own.words()
        own.page.context.set_offline(False)
        own.page.reload()
        own.page.locator("#away").wait_for(state="hidden")


def test_without_scripts_everything_works_by_forms(office: Office, browser: Browser) -> None:
    with_rules(office)
    office.issue()
    with serving(office) as site, phone(browser, scripts=False) as own:
        take(site, own)
        own.reads("۱ نفر پیش از شماست")
        one_after(office)
        office.serve()
        office.finish()
        site.caught_up()
        own.page.reload()
        own.page.locator("label", has_text="خیلی خوب").click()
        own.page.get_by_role("button", name="فرستادن").click()
        own.reads("سپاسگزاریم")
        assert [rating.score for rating in office.live.ratings.values()] == [5]
        assert own.complaints == []


def test_the_board_shows_a_call_as_it_happens(office: Office, browser: Browser) -> None:
    office.issue()
    with serving(office) as site, phone(browser) as tv:
        tv.page.clock.install()  # its own timers stand still: only the stream can tell it
        tv.page.goto(f"{site.url}/board?lang=en")
        tv.reads("your number will appear here")
        office.call()
        tv.reads("A001")
        assert tv.complaints == []


def test_the_pages_for_joining_have_no_serious_fault(office: Office, browser: Browser) -> None:
    with_rules(office, link=True)
    with serving(office) as site, phone(browser) as own:
        for address in (f"/j/{code_now(site)}", "/join?lang=en", "/wall", "/board?lang=fa"):
            own.page.goto(site.url + address)
            assert own.accessibility_faults() == [], address
