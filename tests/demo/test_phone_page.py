"""The demo on a phone: the codes on its kiosk open the page."""

import httpx
import pytest

from queueapp.demo.living_branch import living_branch
from queueapp.demo.phone_page import phone_page
from tests.web.sites import until

LOOPBACK = "http://127.0.0.1:"


def answers(address: str) -> bool:
    """Whether somebody serves there."""
    try:
        return httpx.get(address, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


@pytest.mark.usefixtures("without_estimates")
def test_the_code_on_the_demos_kiosk_gives_a_ticket() -> None:
    with living_branch(10, language="en") as branch, phone_page(branch) as code:
        address = branch.opened.plan().public_url
        assert address is not None
        assert address.startswith(LOOPBACK)
        assert branch.has_begun.wait(60)
        until(lambda: answers(f"{address}/healthz"))
        join = f"{address}/j/{code(branch.opened.clock())}?lang=en"
        with httpx.Client(trust_env=False, follow_redirects=True) as phone:
            page = phone.post(join, data={"service": "A"})
        assert "Your number" in page.text
        assert page.url.path.startswith("/t/")
