"""digest: raw daily research notes in, a structured, searchable static site out."""

__version__ = "0.1.0"
