"""A local site for the author, which follows every change of a project.

- `preview`: a project's site in memory, whose pages are made on request
- `search_files`: the search index of a preview
- `watching`: a signal for every change in the project's folder
- `elsewhere`: the places outside the source folders from which a site takes something
- `app`: answers to a browser, with live reload
- `server`: the port, the watcher and the application, until a stop is requested
- `stopping`: SIGINT and SIGTERM as a request to stop
"""
