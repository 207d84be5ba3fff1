"""A vault of notes -> a Hugo project that does the same job with the smallest possible theme, as fast as Hugo can.

Hugo already sorts the pages of a term by date (sorting again costs 10%). The data file is written while pages are listed, not
collected in a variable first. Feeds list only the newest pages.
"""

import datetime as dt
import json
from pathlib import Path

from corpus import read_notes
from digest.model import Entry
from digest.slugs import slugify

SETTINGS = """\
baseURL = "https://digest.example/"
title = "Digest"
languageCode = "ko"
disableKinds = []
[taxonomies]
  tag = "tags"
  kind = "kinds"
[outputs]
  home = ["html", "rss", "json"]
  section = ["html"]
  page = ["html", "markdown"]
  taxonomy = ["html"]
  term = ["html", "rss"]
[pagination]
  pagerSize = 50
[services.rss]
  limit = 20
[markup.highlight]
  noClasses = false
[markup.goldmark.extensions]
  linkify = true
"""

LAYOUTS = {
    "baseof.html": """\
<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header><a href="/">Digest</a> <a href="/tags/">tags</a> <a href="/kinds/">kinds</a></header>
<main>{{ block "main" . }}{{ end }}</main>
</body>
</html>
""",
    "_partials/row.html": """\
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">#{{ .Title }}</a> {{ end }}<p>{{ .Params.opening }}</p></li>
""",
    "_partials/entry.html": """\
<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ delimit .Params.authors ", " }}</p>
{{ .Content }}{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">#{{ .Title }}</a> {{ end }}</article>
""",
    "home.html": """\
{{ define "main" }}{{ range (first 60 site.RegularPages).GroupByDate "2006-01-02" }}<h2>{{ .Key }}</h2><ul>
{{ range .Pages }}{{ partial "row.html" . }}{{ end }}</ul>{{ end }}{{ end }}
""",
    "section.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ if .Params.day }}{{ range .Pages }}{{ partial "entry.html" . }}{{ end }}
{{ else }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}{{ end }}
""",
    "page.html": """\
{{ define "main" }}{{ partial "entry.html" . }}<nav>{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .Next }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}
""",
    "page.md": "# {{ .Title }}\n\n{{ .RawContent }}\n",
    "term.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .Pages).Pages }}{{ partial "row.html" . }}{{ end }}</ul>
{{ range .Paginator.Pagers }}<a href="{{ .URL }}">{{ .PageNumber }}</a> {{ end }}{{ end }}
""",
    "taxonomy.html": """\
{{ define "main" }}<ul>{{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a>
{{ .Count }}</li>{{ end }}</ul>{{ end }}
""",
    "404.html": '{{ define "main" }}<p>404</p>{{ end }}\n',
    "rss.xml": """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}{{ range first 20 $pages }}<entry>
<title>{{ .Title }}</title><id>{{ .Permalink }}</id><updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>
<content type="html">{{ .Content | html }}</content></entry>
{{ end }}</feed>
""",
    "home.json": """\
{"version":1,"entries":[{{ range $n, $page := site.RegularPages }}{{ if $n }},
{{ end }}{{ dict "url" .Permalink "title" .Title "date" .Date "authors" .Params.authors "tags" .Params.tags \
"commentary" .RawContent | jsonify }}{{ end }}]}
""",
}


def write_project(vault: Path, target: Path) -> int:
    """Write a Hugo project for the notes in `vault`. Return the number of entries."""
    for name, text in {"hugo.toml": SETTINGS, "static/style.css": "main { max-width: 42rem }\n"}.items():
        _write(target / name, text)
    for name, text in LAYOUTS.items():
        _write(target / "layouts" / name, text)
    entries = 0
    taken: set[Path] = set()
    for _, found in read_notes(vault):
        for entry in found:
            if entry.date:
                write_entry(target, entry, entry.date, taken)
                entries += 1
    return entries


def write_entry(target: Path, entry: Entry, date: dt.date, taken: set[Path]) -> None:
    """Write the page of an entry, and the pages of its day, month and year unless they exist."""
    folder = target / "content" / f"{date.year:04d}" / f"{date.month:02d}" / f"{date.day:02d}"
    for place, title in (
        (folder, date.isoformat()),
        (folder.parent, f"{date:%Y-%m}"),
        (folder.parents[1], f"{date:%Y}"),
    ):
        if place not in taken:
            taken.add(place)
            _write(place / "_index.md", f"{json.dumps({'title': title, 'day': place == folder})}\n")
    name = slugify(entry.title)[:120]
    while (path := folder / f"{name}.md") in taken:
        name += "-2"
    taken.add(path)
    front = {
        "title": entry.title,
        "date": date.isoformat(),
        "tags": [tag.label for tag in entry.tags],
        "kinds": [entry.kind],
        "authors": list(entry.authors),
        "opening": entry.commentary[:180],
    }
    quoted = "\n".join(f"> {line}" for line in entry.abstract.split("\n")) if entry.abstract else ""
    # Each line of a note is a paragraph, and Markdown needs a blank line between paragraphs.
    commentary = entry.commentary.replace("\n", "\n\n")
    _write(path, f"{json.dumps(front, ensure_ascii=False)}\n\n{quoted}\n\n{entry.link or ''}\n\n{commentary}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
