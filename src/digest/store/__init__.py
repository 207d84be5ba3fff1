"""Everything that a build remembers and writes.

- `lock`: allows one build of a project at a time
- `cache`: the results of earlier builds, in SQLite
- `epoch`: hashes of everything besides the notes that pages depend on
- `stamps`: file status as a hint that a file is unchanged
- `folders`: the files below a folder of the project
- `staging`: the directory beside the site where new files wait
- `output`: the output folder: publishes staged files and removes files that no longer belong to the site
- `manifest`: the list of the files that builds wrote
"""
