"""The stages of a build. This is the only package that knows their order.

- `build`: runs all stages in their order and repeats only the work whose input changed
- `job`: the input and the result of one update of a site
- `read`: note files to cards, reading only files that changed
- `prepare`: one note file to its entries with rendered text
- `arrange`: cards to the archive, the pages, and the problems that concern several notes
- `locate`: broken wikilinks to diagnostics with line and column
- `public`: the files to copy, and those whose place the site needs itself
- `index`: records to the files of the search index
- `publish`: pages and other files to the site, making only the stale ones
- `render`: pages to bytes, as a task for workers
- `check`: the problems of a project, without writing anything
"""
