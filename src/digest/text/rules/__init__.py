"""The rules of these notes for markdown-it-py, one a module."""
