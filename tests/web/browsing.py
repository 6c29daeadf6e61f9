"""The system's Chromium, driven through the pages as a customer's thumb would."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without them it looks for hosts that no test machine reaches."""
PHONE = {"width": 390, "height": 844}
SERIOUS = {"serious", "critical"}
PATIENCE_MS = 60_000


@dataclass
class Phone:
    """One page, and everything that went wrong in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def words(self) -> str:
        """Everything that can be read."""
        return self.page.inner_text("body")

    def reads(self, words: str) -> None:
        """Wait until the page says ``words``."""
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE_MS)

    def accessibility_faults(self) -> list[str]:
        """What axe-core finds serious or worse."""
        found = Axe().run(self.page)
        return [
            f"{fault['id']}: {fault['help']} {[node['html'] for node in fault['nodes']]}"
            for fault in found.response["violations"]
            if fault["impact"] in SERIOUS
        ]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; skips the test where there is none."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip("needs chromium (the Debian package of that name)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def phone(browser: Browser, *, dark: bool = False, scripts: bool = True) -> Iterator[Phone]:
    """A phone of usual size; whatever its console says against a page is kept."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type] # a mapping of its own kind
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    opened = Phone(page)
    page.on("console", lambda said: _note(opened, said.type, said.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("requestfailed", lambda request: _failed(opened, request.url))
    yield opened
    context.close()


def _note(opened: Phone, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        opened.complaints.append(text)


def _failed(opened: Phone, address: str) -> None:
    if not address.endswith("/events") and "/events?" not in address:  # a stream that was left
        opened.complaints.append(f"could not load {address}")
