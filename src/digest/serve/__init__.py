"""A project's folder -> a local site that follows every change, for the author alone."""
