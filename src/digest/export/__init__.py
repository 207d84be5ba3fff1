"""The published entries of a project -> files for other programs: search engines, SQLite and spreadsheets.

Each format is a function from entries to bytes or rows that takes one entry at a time, so no archive is too large. The same entries
give the same bytes.
"""
