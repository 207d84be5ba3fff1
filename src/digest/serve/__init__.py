"""A local site that follows every change of a project, for its author alone.

- `preview`: a project's site in memory, each page made when it is asked for
- `search_files`: the search index of a preview
- `watching`: a signal for every change in the project's folder
- `app`: answers to a browser, with live reload
- `server`: the port, the watcher and the application until a stop is requested
- `stopping`: SIGINT and SIGTERM as a request to stop
"""
