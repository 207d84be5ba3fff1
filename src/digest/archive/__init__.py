"""Entries -> what is known of them together."""
