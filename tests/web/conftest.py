"""The site that the tests of this folder ask."""

from collections.abc import Iterator

import pytest

from .site import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running
