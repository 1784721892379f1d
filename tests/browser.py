"""A headless Chromium without a network, for the tests of the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

__all__ = ["CHROMIUM", "Visit", "browser"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium from Debian's package, started once."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS)
        yield opened
        opened.close()


class Visit:
    """One page opened from disk, the network blocked; what it says and asks for is kept.

    Parameters
    ----------
    browser : Browser
    path : Path
    width, height : int
        Pixels of the window.
    ready : str
        Selector of what is there once the page is ready.
    """

    def __init__(
        self,
        browser: Any,
        path: Path,
        *,
        width: int = 1400,
        height: int = 900,
        ready: str = "html[data-ready=true]",
    ) -> None:
        size = {"width": width, "height": height}
        self._context = browser.new_context(viewport=size, reduced_motion="reduce")
        self._context.set_default_timeout(10_000)
        self._path = path
        self._ready = ready
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page = self._context.new_page()

    def __enter__(self) -> Self:
        self.page.route("**/*", self._route)
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: self.messages.append(f"dialog {dialog.message}"))
        self.page.goto(self._path.as_uri())
        self.page.wait_for_selector(self._ready, state="attached")
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()

    def _route(self, route: Any) -> None:
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            route.abort()

    def _note(self, url: str) -> None:
        if url != self._path.as_uri() and not url.startswith("data:image/"):
            self.requests.append(url)

    def assert_quiet(self) -> None:
        """Fail if the page asked for anything or had anything to complain about."""
        assert self.requests == []
        assert self.messages == []
