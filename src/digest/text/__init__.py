"""An entry's text -> HTML and plain text. Knows nothing of the archive: internal references stay symbolic."""
