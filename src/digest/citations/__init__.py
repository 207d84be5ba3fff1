"""Entries -> the works that they are about, as reference managers and bibliographies know them.

Pure functions: the names of authors, what an address tells of a work, citation keys, and the formats of bibliographies.
"""
