"""A local site for the author, which follows every change of a project.

- `preview`: a project's site in memory, whose pages are made on request
- `search_files`: the search index of a preview
- `watching`: a signal for every change in the project's folder
- `elsewhere`: the places outside the source folders from which a site takes something
- `live`: the preview in a thread of its own, and the pages that wait for its changes
- `app`: answers to a browser, with live reload
- `guard`, `conditions`, `opened`, `kept`: the names of the server, conditional requests, files on disk, files that were just rendered
- `connection`: a browser's connection, within limits of time and number
- `server`: the port, the watcher and the application, until a stop is requested
- `stopping`: SIGINT and SIGTERM as a request to stop
"""
