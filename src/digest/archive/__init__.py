"""Everything that needs all entries at once: order, addresses, tags, references and related entries."""
