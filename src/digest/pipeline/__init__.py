"""The stages of a build, and the only package that knows their order.

- `build`: all stages in their order, doing again only what changed
- `job`: what one update of a site works with
- `read`: note files to cards, reading only the files that changed
- `prepare`: one note file to its entries with their text rendered
- `arrange`: cards to the archive, the pages and the problems beyond single notes
- `locate`: broken wikilinks to diagnostics with line and column
- `public`: the files to copy, and those whose place the site needs itself
- `index`: records to the files of the search index
- `publish`: pages and other files to the site, making only the stale ones
- `render`: pages to bytes, as a task for workers
- `check`: a project's problems, writing nothing
"""
