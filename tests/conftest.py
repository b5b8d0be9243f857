"""What tests share: the site built once, a server for it, a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Visit, build_site, chromium, copy_project, served
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Everyday runs try the same examples each time, so that a red run is about the change; `make fuzz` looks for new ones.
# No deadline: the machine may be busy with other things.
settings.register_profile("everyday", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", parent=settings.get_profile("everyday"), derandomize=False, max_examples=2000)
settings.load_profile("everyday")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this repository's site, built once from a copy of its sources; the log lies beside it."""
    project = copy_project(tmp_path_factory.mktemp("project"))
    return build_site(project, project / "site", strict=False)


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    """Where a local server serves `built_site`; ends with a slash."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window, started when the first test asks for it."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """`visit(address="", width=1280)`: a new window on a site, this repository's if no address is given."""
    contexts = []

    def open_window(address: str = "", width: int = 1280) -> Visit:
        home = address or request.getfixturevalue("site_address")
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        contexts.append(context)
        return Visit(context.new_page(), home)

    yield open_window
    for context in contexts:
        context.close()
