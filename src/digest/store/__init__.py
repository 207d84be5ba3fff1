"""Everything that a build remembers and writes.

- `lock`: one build of a project at a time
- `cache`: what former builds found out, in SQLite
- `epoch`: hashes of everything that pages depend on beside the notes
- `stamps`: file status as a hint that a file is unchanged
- `folders`: the files below a folder of the project
- `staging`: the directory where new files wait beside the site
- `output`: the output folder; publishes staged files and removes those that are no longer part of the site
- `manifest`: the list of the files that builds wrote
"""
