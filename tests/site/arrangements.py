"""Arrangements of invented archives."""

from digest.archive.archive import Archive
from digest.config import Config, SearchSettings
from digest.pipeline.arrange import describe_site
from digest.site.arrangement import Arrangement, Limits


def make_arrangement(
    archive: Archive, limits: Limits | None = None, *, search: bool = True, base_url: str = "https://digest.example/"
) -> Arrangement:
    """Arrange an archive for a site with default settings."""
    config = Config(base_url=base_url, search=SearchSettings(enabled=search))
    return Arrangement(describe_site(config), archive, limits or Limits())
