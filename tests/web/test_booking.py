"""Booking an appointment on the page: choose, get a code, give it up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image

from queueapp.domain.appointment import (
    Appointment,
    AppointmentState,
    Source,
    read_code,
    spoken_code,
)
from queueapp.domain.phone import PhoneRules
from queueapp.operations.appointment_commands import CheckIn
from queueapp.operations.commands import ApplyBranch
from queueapp.web.context import WebLimits
from tests.devices.scanning import scanned
from tests.operations.office import Office, open_office
from tests.web.booked import PUBLIC, RULES, slot, take_appointments
from tests.web.sites import Site, serving

WEIGHT = 50_000
"""Bytes of a page with everything it brings."""


@pytest.fixture(scope="module")
def booked_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The branch, which takes appointments for new lines; each story books times of its own."""
    office = open_office(f"sqlite:///{tmp_path_factory.mktemp('office') / 'queueapp.db'}")
    take_appointments(office)
    with serving(office) as site:
        yield site
    office.store.close()


def times(page: str) -> list[str]:
    return re.findall(r'name="at" value="([^"]+)"', page)


def kept(site: Site, address: str) -> Appointment:
    """The appointment whose page is at ``address``."""
    token = address.partition("?")[0].rpartition("/")[2]
    store = site.application.office.context.store
    found = store.appointment(site.office.branch.id, token)
    assert found is not None
    return found


def book(site: Site, at: str, **form: str) -> str:
    """Where booking leads."""
    answer = site.client.post("/book?lang=en", data={"service": "B", "at": at, **form})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_the_page_shows_the_days_and_the_free_times_of_one(booked_site: Site) -> None:
    page = booked_site.client.get("/book?lang=en").text
    assert "Book an appointment · New line" in page
    assert "Tuesday 10 March 2026" in page
    shown = times(page)
    assert shown[0] == slot(booked_site.office, 12, 30).isoformat()
    assert len(shown) == 11
    later = booked_site.client.get("/book?lang=en&service=B&day=2026-03-12").text
    assert times(later)[0].startswith("2026-03-12T08:00")


def test_a_time_is_booked_and_is_free_no_more(booked_site: Site) -> None:
    at = times(booked_site.client.get("/book").text)[0]
    address = book(booked_site, at)
    assert re.fullmatch(r"/a/[2-9a-z]{20}\?lang=en", address)
    own = kept(booked_site, address)
    page = booked_site.client.get(address).text
    assert spoken_code(own.code) in page
    assert at[11:16] in page
    assert "Tuesday 10 March 2026" in page
    assert "You can check in from" in page
    assert 'role="img"' in page
    assert own.source is Source.PAGE
    assert at not in times(booked_site.client.get("/book").text)


def test_the_picture_on_the_page_is_what_the_kiosk_reads(booked_site: Site) -> None:
    address = book(booked_site, times(booked_site.client.get("/book").text)[0])
    page = booked_site.client.get(address).text
    [size] = re.findall(r'viewBox="0 0 (\d+) \1"', page)
    picture = Image.new("1", (int(size), int(size)), 1)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", page):
        picture.putpixel((int(x), int(y)), 0)
    [read] = scanned(picture.resize((int(size) * 6, int(size) * 6)))
    token = kept(booked_site, address).token
    assert read == f"{PUBLIC}/a/{token}"
    assert read_code(read) == token


def test_in_persian_the_day_is_jalali_and_no_english_word_is_left(booked_site: Site) -> None:
    address = book(booked_site, times(booked_site.client.get("/book").text)[0])
    page = booked_site.client.get(address.replace("=en", "=fa")).text
    assert 'dir="rtl"' in page
    assert "سه‌شنبه ۱۹ اسفند ۱۴۰۴" in page
    for text in (page, booked_site.client.get("/book?lang=fa").text):
        body = text.partition("<body")[2]
        words = re.sub(r"<[^>]+>", " ", body.replace("English", ""))
        assert re.findall(r"[A-Za-z]{2,}", words) == []


def test_the_same_tap_twice_books_once(booked_site: Site) -> None:
    at, command = times(booked_site.client.get("/book").text)[0], str(uuid4())
    before = len(booked_site.office.live.appointments)
    assert book(booked_site, at, command=command) == book(booked_site, at, command=command)
    assert len(booked_site.office.live.appointments) == before + 1


def test_who_is_second_is_told_and_shown_what_is_left(booked_site: Site) -> None:
    at = times(booked_site.client.get("/book").text)[0]
    book(booked_site, at)
    second = booked_site.client.post("/book?lang=en", data={"service": "B", "at": at})
    assert second.status_code == 409
    assert "Somebody has just taken this time" in second.text
    assert times(second.text)
    assert at not in times(second.text)


def test_a_time_that_is_no_slot_is_refused(booked_site: Site) -> None:
    before = booked_site.office.live.appointments
    for at in (
        "",
        "soon",
        "2026-03-10T12:30:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-03-10T12:31:00+03:30",
        "2026-03-20T12:30:00+03:30",
        "<script>",
        "\x00",
    ):
        answer = booked_site.client.post("/book?lang=en", data={"service": "B", "at": at})
        assert answer.status_code == 409, at
        assert "please choose another one" in answer.text
        assert "<script>" not in answer.text
    assert booked_site.office.live.appointments == before


def test_whatever_the_address_says_there_is_a_page(booked_site: Site) -> None:
    for query in ("service=Z", "service=A", "day=x", "service=B&day=9999-99-99"):
        assert booked_site.client.get(f"/book?{query}").status_code == 200


def test_a_service_that_takes_none_is_refused(booked_site: Site) -> None:
    at = times(booked_site.client.get("/book").text)[0]
    answer = booked_site.client.post("/book?lang=en", data={"service": "A", "at": at})
    assert answer.status_code == 409
    assert "takes no appointments" in answer.text


def test_an_appointment_is_given_up_on_its_page(booked_site: Site) -> None:
    address = book(booked_site, times(booked_site.client.get("/book").text)[0])
    path = address.partition("?")[0]
    given_up = booked_site.client.post(f"{path}/cancel?lang=en", follow_redirects=True)
    assert "This appointment was cancelled." in given_up.text
    assert "cancel?" not in given_up.text
    again = booked_site.client.post(f"{path}/cancel?lang=en")
    assert again.status_code == 409
    assert kept(booked_site, address).state is AppointmentState.CANCELLED


def test_after_checking_in_the_page_leads_to_the_ticket(booked_site: Site) -> None:
    address = book(booked_site, times(booked_site.client.get("/book").text)[0])
    own = kept(booked_site, address)
    booked_site.office.clock.moment = own.starts_at - RULES.early
    issued = booked_site.office.do(CheckIn(code=own.code, language="en"))
    booked_site.caught_up()
    page = booked_site.client.get(address).text
    assert f'href="/t/{issued.token}"' in page
    assert f"Your number: {issued.label}" in re.sub("[\u2066-\u2069]", "", page)


def test_an_appointment_that_was_missed_says_so(booked_site: Site) -> None:
    address = book(booked_site, times(booked_site.client.get("/book").text)[0])
    booked_site.office.clock.moment = kept(booked_site, address).starts_at + timedelta(hours=1)
    assert "This appointment is over." in booked_site.client.get(address).text


def test_only_the_address_opens_the_page_not_the_code(booked_site: Site) -> None:
    own = kept(booked_site, book(booked_site, times(booked_site.client.get("/book").text)[0]))
    for wrong in (own.code, own.token[:-1], own.token[::-1], "x" * 20, "%00" * 20):
        assert booked_site.client.get(f"/a/{wrong}").status_code == 404
        assert booked_site.client.post(f"/a/{wrong}/cancel").status_code == 404


def test_one_network_books_only_so_many(office: Office) -> None:
    take_appointments(office)
    limits = WebLimits(requests_per_second=10_000, tickets_per_hour=2)
    with serving(office, limits=limits) as site:
        free = times(site.client.get("/book").text)
        answers = [site.client.post("/book", data={"service": "B", "at": at}) for at in free[:4]]
    assert [answer.status_code for answer in answers] == [303, 303, 429, 429]


def test_a_branch_without_appointments_says_so(office: Office) -> None:
    with serving(office) as site:
        assert site.client.get("/book?lang=en").status_code == 403
    take_appointments(office, replace(RULES, on_page=False))
    with serving(office) as site:
        refused = site.client.get("/book?lang=en")
    assert "gives no appointments by phone" in refused.text


def test_who_takes_a_number_by_phone_is_shown_the_way_here(office: Office) -> None:
    take_appointments(office)
    booked = office.live.branch
    office.do(ApplyBranch(branch=replace(booked, phone=PhoneRules(link=True))))
    with serving(office) as site:
        assert 'href="/book?lang=en"' in site.client.get("/join?lang=en").text


def test_the_pages_weigh_little_and_bring_no_script(booked_site: Site) -> None:
    address = book(booked_site, times(booked_site.client.get("/book").text)[0])
    for page in ("/book", address):
        answer = booked_site.client.get(page)
        brought = re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text)
        weight = len(answer.content) + sum(len(booked_site.client.get(f).content) for f in brought)
        assert weight < WEIGHT
        assert "<script" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
