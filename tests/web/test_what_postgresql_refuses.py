"""Letters that SQLite keeps and PostgreSQL does not take: pages answer them in words."""

from collections.abc import Iterator

import pytest

from tests.databases import PIN, PostgresServer
from tests.operations.office import open_office
from tests.web.sites import Site, serving


@pytest.fixture(scope="module")
def site(postgres: PostgresServer) -> Iterator[Site]:
    """The office on PostgreSQL."""
    with postgres.fresh_database() as database:
        office = open_office(database)
        with serving(office) as opened:
            yield opened
        office.store.close()


@pytest.mark.parametrize("code", ["\0", "a\0b"])
def test_a_nul_in_a_form_is_no_letter(site: Site, code: str) -> None:
    answer = site.client.post("/sign-in?lang=en", data={"staff": code, "pin": PIN, "then": "/wall"})
    assert answer.status_code == 403
    assert "The code or the PIN is wrong." in answer.text


@pytest.mark.parametrize("token", ["%00" * 20, "x%00" * 10])
def test_a_nul_in_an_address_leads_nowhere(site: Site, token: str) -> None:
    assert site.client.get(f"/a/{token}").status_code == 404
    assert site.client.get(f"/t/{token}").status_code == 404
    assert site.client.get(f"/j/{token}").status_code == 403
