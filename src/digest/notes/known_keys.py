"""The keys of front matter: keys that digest reads, by any name, and keys of other tools that it passes over."""

MEANINGS: dict[str, tuple[str, ...]] = {
    "date": (
        "date", "created", "published", "pubdate", "publishdate", "published_at", "publish_date", "created_at",
        "createdat", "date created", "date-created", "creation date", "created date",
    ),
    "title": ("title",),
    "kind": ("kind",),
    "authors": ("authors", "author"),
    "tags": ("tags", "tag", "categories", "category", "keywords"),
    "link": ("link", "arxiv_url", "url", "source", "paper_url", "paper"),
    "updated": (
        "updated", "lastmod", "modified", "last_modified_at", "updated_at", "updateddate", "lastupdated", "last_modified",
        "date modified", "date-modified", "updatedat",
    ),
    "excerpt": ("description", "excerpt", "summary"),
    "aliases": ("aliases", "alias", "redirect_from"),
    "issued": ("issued",),
    "doi": ("doi",),
    "arxiv_categories": ("arxiv_categories",),
    "draft": ("draft",),
    "lang": ("lang",),
    "slug": ("slug",),
}  # fmt: skip
"""What each key of digest may be called; an earlier name wins over a later one, and names of tags and of aliases add up.

`published` may also be the date of the work that a note is about: see `front_matter.settle_published`.
"""

KEYS = (
    "date",
    "title",
    "kind",
    "authors",
    "tags",
    "link",
    "lang",
    "slug",
    "draft",
    "aliases",
    "description",
    "updated",
    "issued",
    "doi",
    "arxiv_categories",
)
"""The keys that digest asks for, for hints and documentation."""

OF_PAGES = ("menu", "order", "contents")
"""Keys that only the author's own pages have."""

SHOWING = ("published", "publish", "public", "listed", "dg-publish")
"""Keys that keep a note out if they are false; `published` may be a date as well."""
HIDING = (
    "draft", "private", "hidden", "unlisted", "unpublished", "isdraft", "is_draft", "isprivate", "is_private", "headless",
    "encrypted", "encrypt", "protected", "secret",
)  # fmt: skip
"""Keys that keep a note out if they are true."""
PASSWORDS = ("password", "passwords", "passwd", "pwd", "passphrase")
"""Keys that keep a note out if they have a value: plugins of Hexo, Hugo and Jekyll encrypt the page of such a note."""
STATES = ("status", "state", "visibility", "access")
"""Keys that keep a note out if they name one of the states in which it is hidden."""
HIDDEN_STATES = frozenset({"draft", "private", "hidden", "unpublished", "초안", "비공개", "下書き", "草稿"})
WITHHOLDING = frozenset({*SHOWING, *HIDING, *PASSWORDS})
IN_PROSE = frozenset({*PASSWORDS, "encrypt", "protected", "secret"})
"""Keys that begin lines of prose and titles as well (`Secret: A Story`), so that without front matter the key alone says nothing."""

_OTHER_TOOLS = """
cssclass cssclasses cover image images banner banner_x banner_y icon kanban-plugin excalidraw-plugin position sticker
obsidianuimode obsidianeditingmode permalink up down prev next related same id uuid uid status type dg-home
layout toc toc_sticky toc_label toc_icon math mathjax katex mermaid pin comments comment header sidebar author_profile
read_time share classes sitemap use_math usemathjax tagline excerpt_separator render_with_liquid redirect_to
nav_order nav_exclude parent grand_parent has_children has_toc search_exclude feature featured subtitle thumbnail
teaser img_path media_subpath pinned mathjax_autonumber last_modified comments_id og_image gallery collection
weight cascade resources menus series linktitle iscjklanguage outputs expirydate markup videos featured_image
featuredimage showtoc tocopen params excludesearch breadcrumbs editpost disableshare toc_enabled hidemeta showreadingtime
showbreadcrumbs shownavlinks canonicalurl robotsnoindex build _build url_path translationkey language theme
enabletoc socialimage socialdescription noindex quartz herocolor
heroimage ogimage hideeditpost timezone editurl tableofcontents template hero pagefind pubdatetime moddatetime
filters exclude-from-graph-view collapsed title-prefix heading background-color logseq card-last-score
""".split()  # noqa: SIM905 - a list of words is easier to keep

KNOWN = frozenset(
    {name for names in MEANINGS.values() for name in names}
    | {*OF_PAGES}
    | WITHHOLDING
    | set(_OTHER_TOOLS)
    | set(STATES)
)
"""Every known key in lower case, including the keys of Obsidian, Jekyll, Hugo, Quartz, Astro and Logseq."""
