"""The fuzz targets by name."""

from importlib import import_module

from .target import Target

NAMES = ("note", "text", "settings", "image", "index", "lock", "papers")


def load_target(name: str) -> Target:
    """Import a target; a coverage-guided run does so when it follows imports."""
    target = import_module(f"{__package__}.{name}").TARGET
    assert isinstance(target, Target)
    return target
