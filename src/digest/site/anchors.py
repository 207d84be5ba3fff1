"""The part of a link after `#` -> the id on an entry's page that it names."""

from collections.abc import Set

from ..model import Reference
from ..text.anchors import find_heading, is_of_frame


def find_anchor(anchors: Set[str], reference: Reference) -> str:
    """Return the id on an entry's page that a reference's part names, or an empty string if the page has none.

    `anchors` are the ids in the entry's text. An address (`/2024/03/19/grok-1/#abstract`) names an id as it is, also one of the
    page around the text. Any other reference names a heading or a block.
    """
    part = reference.part
    is_address = reference.target.startswith("/") or reference.kind == "address"
    if is_address and part in anchors:
        return part
    if anchor := find_heading(anchors, part):
        return anchor
    return part if is_address and is_of_frame(part) else ""
