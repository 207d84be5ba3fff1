"""The keys of front matter: keys that digest reads, by any name, and keys of other tools that it passes over."""

import re
import unicodedata

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
KOREAN = {
    "date": ("날짜", "일자"),
    "created": ("작성일", "작성일자", "작성날짜", "등록일"),
    "publishdate": ("게시일", "발행일", "공개일"),
    "title": ("제목",),
    "kind": ("종류",),
    "authors": ("저자", "저자들", "지은이"),
    "tags": ("태그",),
    "categories": ("분류", "카테고리"),
    "keywords": ("키워드",),
    "link": ("링크",),
    "url": ("주소", "원문"),
    "source": ("출처",),
    "paper": ("논문",),
    "lang": ("언어",),
    "slug": ("슬러그",),
    "aliases": ("별칭", "별명", "다른이름"),
    "description": ("설명",),
    "summary": ("요약",),
    "updated": ("수정일", "수정일자", "수정날짜", "고친날"),
    "draft": ("초안", "임시", "임시저장", "임시글"),
    "private": ("비공개", "비공개글"),
    "hidden": ("숨김", "숨기기"),
    "unpublished": ("미공개", "미발행"),
    "secret": ("비밀", "비밀글"),
    "published": ("공개", "게시", "발행"),
    "password": ("비밀번호", "암호"),
    "status": ("상태",),
    "visibility": ("공개범위",),
    "menu": ("메뉴",),
    "order": ("순서",),
    "contents": ("차례", "목차"),
}
"""The Korean names of keys, without spaces."""

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
HIDDEN_STATES = frozenset({
    "draft", "private", "hidden", "unpublished", "초안", "비공개", "미공개", "숨김", "임시저장", "임시 저장", "나만 보기", "下書き", "草稿",
})  # fmt: skip
WITHHOLDING = frozenset({*SHOWING, *HIDING, *PASSWORDS})
IN_PROSE = frozenset({*PASSWORDS, "encrypt", "protected", "secret"})
"""Keys that begin lines of prose and titles as well (`Secret: A Story`), so that without front matter the key alone says nothing."""
KOREAN_IN_PROSE = frozenset(KOREAN["published"])
"""The same in Korean: `공개: 3월 19일` says when a model was released."""

TRUE = frozenset({"true", "yes", "on", "참", "예", "네", "응"})
FALSE = frozenset({"false", "no", "off", "거짓", "아니오", "아니요", "아뇨", "아님"})
"""How authors write the values of keys that are true or false, in lower case."""

# Words in keys that nobody knows, such as `초안글` or `공개설정`.
_HIDING_WORDS = re.compile("초안|비공개|미공개|미발행|숨김|숨기|임시|비밀")
_SHOWING_WORDS = re.compile("공개|게시|발행")

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

_ENGLISH = {korean: key for key, names in KOREAN.items() for korean in names}
_JOINTS = re.compile(r"[\s_-]+")


def english_key(written: str) -> str:
    """Return the English name of a key in lower case: `초안`, `초안 여부` and `Draft` are `draft`. An unknown key stays."""
    key = written.strip().lower()
    if key.isascii():
        return key
    key = unicodedata.normalize("NFC", key)
    name = _JOINTS.sub("", key).removesuffix("여부")
    return _ENGLISH.get(name, key)


def hides_in_korean(key: str, value: str) -> bool:
    """Return True if an unknown Korean key with a value may be meant to keep the note out, as `초안글: true` may."""
    if _HIDING_WORDS.search(key):
        return value in TRUE
    return value in FALSE and _SHOWING_WORDS.search(key) is not None
