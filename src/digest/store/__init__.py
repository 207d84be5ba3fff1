"""What a build remembers and writes: the cache, the output folder and its manifest, the lock, stamps and hashes."""
