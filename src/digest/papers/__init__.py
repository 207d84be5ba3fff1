"""papers.yaml, which holds what arXiv says of papers -> what it fills in entries.

Pure functions: reading and extending the file, reading arXiv's answers, comparing titles and authors, and filling entries.
"""
