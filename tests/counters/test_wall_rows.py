"""The lines of the wall stay few and quick, however long the day was."""

from datetime import timedelta

from counters.wall_rows import RATINGS_LISTED, Picture, rating_rows
from tests.domain.samples import NOON, a_live_branch, a_rating, a_served_ticket
from tests.tui.fakes import language_of


def test_the_list_ends_with_the_last_ratings_but_its_title_counts_them_all() -> None:
    served = [
        a_served_ticket(number, ended_at=NOON + timedelta(seconds=number))
        for number in range(1, RATINGS_LISTED + 51)
    ]
    live = a_live_branch(*served, ratings=[a_rating(ticket) for ticket in served])
    rows = rating_rows(Picture(live=live, now=NOON, language=language_of("en")))
    assert str(RATINGS_LISTED + 50) in rows.title
    assert len(rows.rows) == RATINGS_LISTED
    assert rows.rows[0].key == (served[-1].id, 1)
