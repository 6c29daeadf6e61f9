"""The ticket's page without a browser: what it says, what its forms do, and who may not."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from uuid import uuid4

import pytest

from queueapp.domain.estimate import Estimate, Estimates
from queueapp.domain.rating import RatingReason
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import BranchId, Revision
from queueapp.operations.access_commands import ForgetWords
from queueapp.operations.commands import Recall
from queueapp.operations.ports import Receipt
from queueapp.web.context import WebLimits
from queueapp.web.ticket_state import Places, ticket_state
from queueapp.web.ticket_words import ticket_words
from tests.domain.samples import BILLS, FIRST, LINES, NORMAL, PRIORITY, SARA, at
from tests.operations.office import Office
from tests.tui.fakes import NOW, after_the_last_shift, fake_live, language_of
from tests.web.sites import Site, serving

MARKUP = "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(1)>"
WEIGHT = 50_000
"""Bytes: the page with all that it brings along."""


def page(site: Site, issued: Receipt, **query: str) -> str:
    site.caught_up()
    answer = site.client.get(f"/t/{issued.token}", params=query)
    assert answer.status_code == 200
    return answer.text


def post(site: Site, issued: Receipt, action: str, **form: str) -> int:
    site.caught_up()
    answer = site.client.post(f"/t/{issued.token}/{action}", data=form, follow_redirects=False)
    return answer.status_code


def estimate(office: Office, issued: Receipt, p50: float, p80: float) -> None:
    """Publish a wait for one ticket."""
    assert issued.ticket is not None
    told = Estimate(p10=p50, p50=p50, p80=p80, p90=p80)
    branch = office.branch.id
    assert office.store.take_lease(branch, "test", timedelta(seconds=30))
    office.store.publish(
        branch,
        "test",
        Estimates(
            made_at=office.clock(),
            revision=office.live.revision,
            waiting={issued.ticket: told},
            arriving={(BILLS, NORMAL): told},
        ),
    )


def test_the_page_says_number_place_range_and_clock(office: Office) -> None:
    office.issue()
    issued = office.issue(language="en")
    estimate(office, issued, 12 * 60, 25 * 60)
    with serving(office) as site:
        text = page(site, issued)
    for words in ("A002", "Bill payment", "1 person before you", "Your wait: 12–25 min"):
        assert words in text
    assert "about 12:12–12:25" in text  # noon in Tehran
    assert 'lang="en" dir="ltr"' in text


def test_after_the_last_shift_nobody_is_sent_outside_to_wait() -> None:
    live = after_the_last_shift(fake_live())
    ticket = live.waiting[0]
    state = ticket_state(live, ticket, NOW, Places(live, NOW))
    words = ticket_words(state, live.branch, language_of("en"), NOW)
    assert (words.headline, words.wait, words.clock) == ("Opens tomorrow at 08:00", "", "")
    assert words.advice.endswith("this number is good for today only.")


def test_in_persian_it_is_written_from_the_right(site: Site) -> None:
    issued = site.office.issue(language="fa")
    text = page(site, issued)
    assert 'lang="fa" dir="rtl"' in text
    assert "A۰۰۱" in text
    assert "پرداخت قبض" in text
    assert 'lang="en" dir="ltr"' in page(site, issued, lang="en")


def test_nothing_personal_is_in_it(site: Site) -> None:
    issued = site.office.issue(category=PRIORITY, category_reason="Pregnant")
    site.office.call()
    text = page(site, issued, lang="en")
    for secret in ("Pregnant", "priority", "Sara", "sara"):
        assert secret not in text


def test_when_called_it_says_where_to_go(site: Site) -> None:
    issued = site.office.issue()
    site.office.call()
    assert "Please go to counter 1 now" in page(site, issued, lang="en")
    site.office.start()
    assert "You are being served at counter 1" in page(site, issued, lang="en")
    site.office.finish()
    assert "How was your visit?" in page(site, issued, lang="en")


def test_who_goes_back_to_an_old_page_may_still_do_something_else_there(site: Site) -> None:
    issued = site.office.issue(language="en")
    site.office.issue()
    own_ids = dict(
        re.findall(
            r'action="/t/[^/]+/([\w-]+)\?.*?name="command" value="([^"]+)"',
            page(site, issued),
            re.DOTALL,
        )
    )
    assert post(site, issued, "let-pass", command=own_ids["let-pass"], count="1") == 303
    assert post(site, issued, "leave", command=own_ids["leave"]) == 303
    assert site.office.leg(issued).outcome is Outcome.CANCELLED


def test_a_guessed_or_altered_token_opens_nothing(site: Site) -> None:
    issued = site.office.issue()
    site.caught_up()
    for token in (issued.token[:-1] + "!", issued.token.swapcase(), "x", issued.token + "x", "%00"):
        answer = site.client.get(f"/t/{token}")
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert issued.label not in answer.text
        for action in ("leave", "let-pass", "come-back", "rate"):
            assert site.client.post(f"/t/{token}/{action}").status_code == 404
        assert site.client.get(f"/t/{token}/events").status_code == 404
    assert site.office.leg(issued).state is LegState.WAITING


def test_a_ticket_that_was_issued_a_moment_ago_opens_before_the_feed_has_told_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queueapp.store.feed.LOOK_S", 0.5)  # it looks seldom
    with serving(office) as site:
        for _ in range(3):
            issued = office.issue()
            assert site.client.get(f"/t/{issued.token}").status_code == 200


def test_for_what_cannot_be_a_token_the_database_is_not_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    store = site.application.office.context.store
    real = store.revision_of

    def noted(branch: BranchId, token: str) -> Revision | None:
        asked.append(token)
        return real(branch, token)

    monkeypatch.setattr(store, "revision_of", noted)
    for token in ("x", "x" * 17, "x" * 15 + "!", "%00", "x" * 16):
        assert site.client.get(f"/t/{token}").status_code == 404
    assert asked == ["x" * 16]


def test_a_customer_leaves_once(site: Site) -> None:
    issued = site.office.issue()
    command = str(uuid4())
    assert post(site, issued, "leave", command=command) == 303
    assert post(site, issued, "leave", command=command) == 303  # the same tap again
    assert site.office.leg(issued).outcome is Outcome.CANCELLED
    assert post(site, issued, "leave") == 409


def test_letting_two_pass_and_taking_the_place_back(site: Site) -> None:
    first = site.office.issue()
    for _ in range(3):
        site.office.later(seconds=30)
        site.office.issue()
    assert post(site, first, "let-pass", count="2") == 303
    assert "2 people before you" in page(site, first, lang="en")
    assert "take my place back" in page(site, first, lang="en")
    assert post(site, first, "come-back") == 303
    assert "You are next" in page(site, first, lang="en")
    assert post(site, first, "come-back") == 409


@pytest.mark.parametrize("count", ["0", "21", "-1", "many", "", "٣"])
def test_letting_nobody_or_everybody_pass_is_refused(site: Site, count: str) -> None:
    first = site.office.issue()
    site.office.issue()
    assert post(site, first, "let-pass", count=count) == 409


def test_the_last_in_line_has_nobody_to_let_pass(site: Site) -> None:
    issued = site.office.issue()
    site.caught_up()
    text = site.client.post(f"/t/{issued.token}/let-pass?lang=en", data={"count": "1"}).text
    assert "there is nobody to let pass" in text


def served(site: Site) -> Receipt:
    issued = site.office.issue()
    site.office.serve()
    site.office.finish()
    return issued


def words(site: Site) -> list[tuple[str, str]]:
    store = site.application.office.context.store
    return [(each.word, each.contact) for each in store.words_since(site.office.branch.id, at(-99))]


def test_a_rating_with_reason_word_and_number(site: Site) -> None:
    issued = served(site)
    form = {"score": "1", "reason": "unclear_answer", "word": "  بد بود  ", "contact": "0912 345"}
    assert post(site, issued, "rate", **form) == 303
    [rating] = site.office.live.ratings.values()
    assert (rating.score, rating.reason) == (1, RatingReason.UNCLEAR_ANSWER)
    assert words(site) == [("بد بود", "0912 345")]
    assert "Thank you for your rating." in page(site, issued, lang="en")


def test_what_was_typed_is_in_no_event_and_is_deleted_in_time(site: Site) -> None:
    issued = served(site)
    post(site, issued, "rate", score="2", word="a secret word", contact="0912 000")
    events = str(site.office.rows()["event"])
    assert "secret word" not in events
    assert "0912 000" not in events
    site.office.do(ForgetWords(before=site.office.clock()))
    assert words(site) == [("a secret word", "0912 000")]
    site.office.later(seconds=1)
    site.office.do(ForgetWords(before=site.office.clock()))
    assert words(site) == []
    assert len(site.office.live.ratings) == 1


def test_a_new_day_forgets_what_is_old(site: Site) -> None:
    issued = served(site)
    post(site, issued, "rate", score="2", word="old")
    site.office.later(days=29)
    site.office.issue()
    assert words(site) == [("old", "")]
    site.office.later(days=2)
    site.office.issue()
    assert words(site) == []


@pytest.mark.parametrize("score", ["", "0", "6", "x", "1e1"])
def test_no_rating_without_a_face(site: Site, score: str) -> None:
    issued = served(site)
    assert post(site, issued, "rate", score=score) in {409, 422}
    assert site.office.live.ratings == {}


def test_a_word_that_is_too_long_is_refused(site: Site) -> None:
    issued = served(site)
    assert post(site, issued, "rate", score="5", word="x" * 501) == 409
    assert site.office.live.ratings == {}


@pytest.mark.parametrize("field", ["command", "score", "reason", "word", "contact", "count"])
def test_markup_in_any_field_stays_text(site: Site, field: str) -> None:
    issued = served(site)
    form = {"score": "2", "reason": "other", field: MARKUP}
    for action in ("rate", "let-pass", "leave", "come-back"):
        answer = site.client.post(f"/t/{issued.token}/{action}", data=form)
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
    query = site.client.get(f"/t/{issued.token}", params={"lang": MARKUP})
    assert "alert" not in query.text
    nowhere = site.client.get(f"/t/{MARKUP}/<script>")
    assert "<script>" not in nowhere.text


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(site: Site) -> None:
    issued = site.office.issue()
    text = page(site, issued)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\s(style|on\w+)=", text)
    assert re.findall(r'(?:src|href)="(?!/)', text) == []


def test_the_page_weighs_less_than_fifty_kilobytes(site: Site) -> None:
    issued = site.office.issue(language="fa")
    text = page(site, issued)
    addresses = {*re.findall(r'(?:src|href)="(/static/[^"]+)"', text), "/worker.js"}
    assert len(addresses) == 4
    files = [site.client.get(address) for address in addresses]
    assert all(file.status_code == 200 for file in files)
    assert len(text.encode()) + sum(len(file.content) for file in files) < WEIGHT
    assert "immutable" in site.client.get(min(addresses)).headers["cache-control"]


def test_without_scripts_it_refreshes_itself_until_the_visit_is_over(site: Site) -> None:
    waiting = site.office.issue()
    refresh = '<noscript><meta http-equiv="refresh" content="15"></noscript>'
    assert refresh in page(site, waiting)
    post(site, waiting, "leave")
    assert refresh not in page(site, waiting)


def told(lines: Iterator[str]) -> dict[str, object]:
    """The next state that a stream tells."""
    for line in lines:
        if line.startswith("data: "):
            found: dict[str, object] = json.loads(line[6:])
            return found
    raise AssertionError("the stream ended")


def test_a_phone_is_told_what_concerns_its_ticket_and_nothing_else(site: Site) -> None:
    first, second = site.office.issue(), site.office.issue()
    site.caught_up()
    with site.client.stream("GET", f"/t/{second.token}/events?lang=en") as stream:
        lines = stream.iter_lines()
        assert told(lines)["headline"] == "1 person before you"
        site.office.issue(LINES)  # another line: nothing is said of it
        site.office.call()
        now = told(lines)
        assert (now["headline"], now["label"]) == ("You are next", "A002")
        site.office.start()  # of somebody else
        site.office.finish()
        site.office.call()
        now = told(lines)
        assert (now["state"], now["counter"], now["calls"]) == ("called", "Counter 1", 1)
        site.office.do(Recall(counter=FIRST, staff=SARA))
        assert told(lines)["calls"] == 2
    assert first.token != second.token


def test_one_ticket_has_only_so_many_followers(office: Office) -> None:
    issued = office.issue()
    with serving(office, limits=WebLimits(streams_of_one_ticket=2)) as site, ExitStack() as open_:
        streams = [
            open_.enter_context(site.client.stream("GET", f"/t/{issued.token}/events"))
            for _ in range(2)
        ]
        followed = [stream.iter_lines() for stream in streams]
        assert [told(lines)["label"] for lines in followed] == ["A۰۰۱", "A۰۰۱"]
        refused = site.client.get(f"/t/{issued.token}/events")
        assert refused.status_code == 503
        assert "retry-after" in refused.headers
