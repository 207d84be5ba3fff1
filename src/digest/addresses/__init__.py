"""The memory of addresses: entries and their former addresses -> who is who, and where an old address leads."""
