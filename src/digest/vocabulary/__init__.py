"""The tags of a project -> tags that are written in several ways, and digest.yaml with one more alias."""
