"""Addresses on the web -> whether they answer. `asking` imports urllib3, an optional dependency, so it is imported late."""
