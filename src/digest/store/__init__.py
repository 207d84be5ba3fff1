"""Everything that a build remembers and writes.

- `lock`: allows one build of a project at a time
- `cache`: the results of earlier builds, in SQLite
- `epoch`: hashes of everything besides the notes that pages depend on
- `places`: the folders that builds write to, and what may be in their place
- `staging`: the directory in the output folder where new files wait
- `output`: the output folder: publishes staged files and removes files that no longer belong to the site
- `journal`: the steps of publishing, and how they are taken back
- `removal`: makes and removes folders, however deep they are
- `manifest`: the list of the files that builds wrote
"""
