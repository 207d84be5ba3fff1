"""The part of a link after `#` -> the id on an entry's page that it names."""

from ..archive.archive import Record
from ..model import Reference
from ..text.anchors import anchor_of, is_of_frame


def find_anchor(record: Record, reference: Reference) -> str:
    """Return the id on an entry's page that a reference's part names, or an empty string if the page has none.

    An address (`/2024/03/19/grok-1/#abstract`) names an id as it is, also one of the page around the text. Any other reference
    names a heading or a block.
    """
    part, anchors = reference.part, record.card.anchors
    is_address = reference.target.startswith("/") or reference.kind == "address"
    if is_address and part in anchors:
        return part
    anchor = anchor_of(part)
    if anchor in anchors:
        return anchor
    return part if is_address and is_of_frame(part) else ""
