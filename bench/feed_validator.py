"""Run the W3C feed validator on every Atom feed of a built site, and count its messages.

    git clone https://github.com/w3c/feedvalidator
    pip install html5lib lxml rdflib        # what it needs
    python bench/feed_validator.py ../feedvalidator site

The validator asks no other site. Exits with 1 if it has any message.
"""

import argparse
import io
import re
import sys
from collections import Counter
from pathlib import Path

SELF = re.compile(rb'<link rel="self"[^>]* href="([^"]+)"')
PLACE = re.compile(r"line \d+, column \d+: | \(\d+ occurrences\)")


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the W3C feed validator on every Atom feed of a built site.")
    parser.add_argument("checkout", type=Path, help="a checkout of the validator")
    parser.add_argument("site", type=Path, help="a built site")
    options = parser.parse_args()
    sys.path.insert(0, str(options.checkout / "src"))
    feeds = sorted(options.site.rglob("feed.xml"))
    messages: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for feed in feeds:
        for message in validate(feed.read_bytes()):
            kind = PLACE.sub("", message)
            messages[kind] += 1
            examples.setdefault(kind, f"{feed.relative_to(options.site).as_posix()}: {message}")
    print(f"{len(feeds)} feeds, {messages.total()} messages")
    for kind, count in messages.most_common():
        print(f"{count:6} {examples[kind]}")
    sys.exit(bool(messages))


def validate(content: bytes) -> list[str]:
    """Return the errors and warnings of the validator for a feed, as its web page shows them, each kind once."""
    import feedvalidator  # type: ignore[import-not-found]
    from feedvalidator.compatibility import AA  # type: ignore[import-not-found]
    from feedvalidator.formatter.text_plain import Formatter  # type: ignore[import-not-found]

    address = SELF.search(content)
    base = address[1].decode() if address else ""
    try:
        events = feedvalidator.validateStream(io.BytesIO(content), firstOccurrenceOnly=1, base=base)["loggedEvents"]
    except feedvalidator.logging.ValidationFailure as failure:
        events = [failure.event]
    return list(Formatter(AA(events)))


if __name__ == "__main__":
    main()
