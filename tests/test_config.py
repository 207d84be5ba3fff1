"""`digest.yaml`: the settings, and the report of each mistake."""

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.config import CardSettings, Config, KindSettings, SearchSettings, override, parse_config
from digest.languages import LANGUAGES

CHOICES = " or ".join(f"`{code}`" for code in LANGUAGES)


def mistakes(text: str | bytes) -> list[str]:
    """Return the mistakes in a file, as `line:column message (hint)`."""
    _, found = parse_config(text.encode() if isinstance(text, str) else text)
    assert all((d.path, d.code) == ("digest.yaml", "config") for d in found)
    return [f"{d.line}:{d.column} {d.message}" + (f" ({d.hint})" if d.hint else "") for d in found]


def settings(text: str) -> Config:
    config, found = parse_config(text.encode())
    assert found == ()
    return config


def test_every_setting_has_a_default() -> None:
    assert settings("") == settings("# nothing\n") == Config()


@pytest.mark.parametrize(
    ("text", "pages", "public"),
    [
        ("", "pages", "public"),
        ("notes: .", "", "public"),
        ("notes: pages", "", "public"),
        ("notes: public", "pages", ""),
        ("output: public", "pages", ""),
        ("notes: .\npages: pages", "pages", "public"),
        ("pages: notes/own", "notes/own", "public"),
    ],
)
def test_usual_folders_count_unless_they_serve_something_else(text: str, pages: str, public: str) -> None:
    config = settings(text)
    assert (config.pages_folder, config.public_folder) == (pages, public)


@pytest.mark.parametrize(
    "text",
    ["pages: ../x", "public: /x", "pages: .", "pages: notes", "notes: a/b\npages: a", "public: site", "public: templates/x",
     "pages: x\npublic: x/y"],
)  # fmt: skip
def test_folders_that_hold_one_another_are_a_mistake(text: str) -> None:
    assert len(mistakes(text)) == 1


def test_settings_are_read_from_yaml() -> None:
    config = settings(
        """\
title: 오늘의 논문
author: 김다이
language: en
base_url: https://user.github.io/repo
utc_offset: "-05:30"
exclude: [README.md, drafts/*]
aliases:
  nmt: [mt, machine-translation]
kinds:
  talk:
    tags: [발표]
    label: Talk
home_days: 3
search:
  enabled: no
  glossary: {양자화: quantization, 증류: [distillation, kd]}
"""
    )
    assert config == Config(
        title="오늘의 논문",
        author="김다이",
        language="en",
        base_url="https://user.github.io/repo/",
        utc_offset="-05:30",
        exclude=("README.md", "drafts/*"),
        aliases={"nmt": ("mt", "machine-translation")},
        kinds={"talk": KindSettings(tags=("발표",), label="Talk")},
        home_days=3,
        search=SearchSettings(enabled=False, glossary={"양자화": "quantization", "증류": ("distillation", "kd")}),
    )
    assert config.root == "/repo/"


def test_scalars_are_taken_as_the_author_typed_them() -> None:
    assert settings("title: 2024\nauthor: no\ndescription: 1.10").title == "2024"
    assert settings("author: no").author == "no"
    assert settings("description: 1.10").description == "1.10"


def test_the_language_of_the_notes_defaults_to_that_of_the_interface() -> None:
    assert settings("language: en").language_of_notes == "en"
    config = settings("language: en\nnotes_language: zh-Hant")
    assert (config.language, config.language_of_notes) == ("en", "zh-Hant")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_of_the_table_can_be_set(code: str) -> None:
    assert settings(f"language: {code}").language == code


def test_yaml_tags_run_no_code() -> None:
    assert settings("title: !!python/object/apply:os.system ls").title == "ls"


def test_a_byte_order_mark_and_crlf_are_accepted() -> None:
    config, found = parse_config("\ufefftitle: 하나\r\nper_page: 5\r\n".encode())
    assert (config.title, config.per_page, found) == ("하나", 5, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel: 하나", "1:1 unknown key `titel` (did you mean `title`?)"),
        ("title: 하나\nper-page: 3", "2:1 unknown key `per-page` (did you mean `per_page`?)"),
        ("search:\n  enable: true", "2:3 unknown key `search.enable` (did you mean `enabled`?)"),
        ("kinds:\n  talk:\n    tag: [발표]", "3:5 unknown key `kinds.talk.tag` (did you mean `tags`?)"),
        ("per_page: many", "1:11 `per_page` expected a number, got text"),
        ("per_page: 0", "1:11 `per_page` expected a number >= 1"),
        ("home_days: 2.5", "1:12 `home_days` expected a number, got text"),
        ("title: [하나, 둘]", "1:8 `title` expected text, got a list"),
        ("exclude: README.md", "1:10 `exclude` expected a list, got text"),
        ("aliases: [mt]", "1:10 `aliases` expected `key: value` lines, got a list"),
        ("aliases:\n  nmt: mt", "2:8 `aliases.nmt` expected a list, got text"),
        ("exclude:\n  - a\n  - {b: c}", "3:5 `exclude[1]` expected text, got `key: value` lines"),
        ("language: xx", f"1:11 `language` cannot be `xx` (it can be {CHOICES})"),
        (
            "notes_language: Korean text",
            "1:17 `notes_language` cannot be `Korean text`: write a language tag such as `ko`",
        ),
        (
            "search: no",
            "1:9 `search` must contain `key: value` lines (to switch it off, write `search: {enabled: false}`)",
        ),
        ("search:\n  enabled: maybe", "2:12 `search.enabled` expected true or false, got text"),
        ("title: a\ntitle: b", "2:1 `title` is set twice (keep one of the two; the first is in line 1)"),
        ("- title", "1:1 `digest.yaml` must contain `key: value` lines"),
        ("just text", "1:1 `digest.yaml` must contain `key: value` lines"),
        ("base_url: digest.example", "1:11 `digest.example` is not the address of a site"),
        ("base_url: https://digest.example/?a=b", "1:11 `https://digest.example/?a=b` is not the address of a site"),
        ("base_url: https://[digest.example/", "1:11 `https://[digest.example/` is not the address of a site"),
        ("base_url: javascript:alert(1)", "1:11 `javascript:alert(1)` is not the address of a site"),
        (
            "base_url: https://digest.example/한글/",
            "1:11 `https://digest.example/한글/` contains characters that an address cannot contain "
            "(write `https://digest.example/%ED%95%9C%EA%B8%80/`)",
        ),
        (
            "base_url: https://기록.example/글/",
            "1:11 `https://기록.example/글/` contains characters that an address cannot contain "
            "(write `https://xn--ok0b06q.example/%EA%B8%80/`)",
        ),
        ("base_url: https://가..example/", "1:11 `https://가..example/` is not the address of a site"),
        (
            "id: 기록.example/글",
            "1:5 `id` cannot be `기록.example/글`: write a host, perhaps with a path, such as `user.github.io/repo` "
            "(in ASCII it is `xn--ok0b06q.example/글`)",
        ),
        ("utc_offset: Seoul", "1:13 `utc_offset` cannot be `Seoul`: write an offset such as `+09:00`"),
        ("kinds:\n  Talk: {}", "2:3 `kinds.Talk` cannot be `Talk`: write it in lower-case letters, digits and hyphens"),
        (
            "aliases:\n  nmt: [mt]\n  mt: [translation]",
            "2:3 `mt` is an alias of `nmt` and also has aliases (merge the two lists)",
        ),
        (
            "aliases:\n  nmt: [MT]\n  models: [mt]",
            "2:3 `mt` is an alias of both `nmt` and `models` (keep one of the two)",
        ),
        ("tags: [mt]", "1:7 `tags` expected `key: value` lines, got a list"),
        ("tags:\n  mt: translation", "2:7 `tags.mt` must contain `key: value` lines"),
        ("tags:\n  mt:\n    name: MT", "3:5 unknown key `tags.mt.name` (known keys: description, label, parent)"),
        ("tags:\n  mt: {label: '#MT'}", "2:15 the label `#MT` begins with `#` (leave the `#` out)"),
        ("tags:\n  mt: {}\n  MT: {}", "3:3 `MT` and `mt` are one tag (keep one of the two)"),
        (
            "aliases:\n  nmt: [mt]\ntags:\n  MT:\n    description: Translation",
            "4:3 `MT` is an alias of `nmt` (move these settings to `nmt`)",
        ),
        (
            "tags:\n  a:\n    label: Birds\n  b:\n    label: birds",
            "5:12 `b` and `a` have the same label (change one of the labels, or make one tag an alias of the other",
        ),
        (
            "tags:\n  birds/owls:\n    parent: animals",
            "3:13 `birds/owls` lies below `birds` by its name (leave its `parent` out)",
        ),
        (
            "tags:\n  a: {parent: b}\n  b: {parent: C}\n  c:\n    parent: a",
            "2:15 the parents lead in a loop, from `a` to `b` to `c` to `a` (take one of the parents out)",
        ),
        ("tags:\n  a: {parent: A}", "2:15 the parents lead in a loop, from `a` to `a` (take one of the parents out)"),
        ("tags:\n  a: {parent: a/b}", "2:15 the parents lead in a loop, from `a` to `a/b` to `a`"),
        (
            "aliases: {a: [x]}\ntags:\n  a: {parent: b}\n  b: {parent: x}",
            "3:15 the parents lead in a loop, from `a` to `b` to `a`",
        ),
        (
            "tags:\n" + "".join(f"  t{n}: {{parent: t{n + 1}}}\n" for n in range(12)),
            "2:16 `t0` lies below 12 other tags; at most 11 are allowed (give it or one of them a higher parent)",
        ),
        ("notes: ../elsewhere", "1:8 `../elsewhere` leads out of the project"),
        ("output: /var/www", "1:9 `/var/www` leads out of the project"),
        ("output: C:\\www", "1:9 `C:\\www` leads out of the project"),
        ("output: .", "1:9 `.` is the project itself"),
        ("output: notes", "1:9 the output folder `notes` holds or is held by `notes`"),
        ("output: notes/site", "1:9 the output folder `notes/site` holds or is held by `notes`"),
        ("notes: site/notes", "1:1 the output folder `site` holds or is held by `site/notes`"),
        ("output: src", "1:9 the output folder `src` holds sources"),
        ("output: .digest", "1:9 the output folder `.digest` holds sources"),
        ("templates: site", "1:1 the output folder `site` holds or is held by `site`"),
        ("title: [하나", "1:8 the `[` here is never closed, or a comma is missing"),
        ("title: 하나\n\tauthor: 둘", "2:1 the line is indented with a tab"),
    ],
)
def test_a_mistake_is_reported_with_its_place_and_the_nearest_key(text: str, message: str) -> None:
    found = mistakes(text)
    assert len(found) == 1
    assert found[0].startswith(message)


def test_all_mistakes_are_reported_at_once_and_other_settings_are_used() -> None:
    text = b"titel: a\nper_page: x\nauthor: b\noutput: notes\n"
    config, found = parse_config(text)
    assert [d.line for d in found] == [1, 2, 4]
    assert config.author == "b"
    assert config.per_page == Config().per_page


def test_for_an_unknown_key_without_a_similar_one_all_keys_are_listed() -> None:
    assert "known keys: aliases, author, base_url" in mistakes("zzz: 1")[0]


def test_settings_that_are_not_utf_8_are_reported_with_the_command_that_converts_them() -> None:
    assert mistakes("title: 하나".encode("cp949")) == [
        "1:8 the file is CP949, not UTF-8: byte 7 is 0xC7 (convert it with: "
        "iconv -f CP949 -t UTF-8 digest.yaml > digest.yaml.utf8 && mv digest.yaml.utf8 digest.yaml)"
    ]


def test_the_command_line_overrides_the_file() -> None:
    config = override(Config(base_url="https://a.example/"), base_url="https://b.example/x", output="public")
    assert (config.base_url, config.output) == ("https://b.example/x/", "public")
    assert override(Config(base_url="https://a.example/"), base_url="").base_url == ""


@pytest.mark.parametrize(("name", "value"), [("output", "notes"), ("output", ".."), ("base_url", "ftp://a.example")])
def test_the_command_line_accepts_no_value_that_the_file_cannot_have(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"^--{name.replace('_', '-')}: "):
        override(Config(), **{name: value})


@given(st.binary(max_size=200))
def test_any_bytes_give_settings_or_mistakes(content: bytes) -> None:
    config, found = parse_config(content)
    assert msgspec.convert(msgspec.to_builtins(config), Config) == config
    assert all(d.code == "config" for d in found)


PLAIN = st.none() | st.booleans() | st.integers() | st.text()
KEYS = st.text() | st.sampled_from(Config.__struct_fields__)


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)))
def test_any_yaml_gives_settings_or_mistakes(value: object) -> None:
    config, _ = parse_config(yaml.safe_dump(value, allow_unicode=True).encode())
    assert msgspec.convert(msgspec.to_builtins(config), Config) == config


def test_redirects_have_their_mistakes_at_the_address_or_the_target() -> None:
    text = """\
title: x
redirects:
  /a/: /b/
  /b: /a
  /c/: javascript:alert(1)
  "/../x": /y/
  /d: [/y/]
"""
    assert [line.partition(" (")[0] for line in mistakes(text.replace("  /d: [/y/]\n", ""))] == [
        "3:3 the redirects lead in a loop, from `/a/` to `/b/` to `/a/`",
        "5:8 `javascript:alert(1)` begins with neither `/` nor `http://` nor `https://`",
        "6:3 `/../x` leads out of the site",
    ]
    assert parse_config(text.replace("  /d: [/y/]\n", "").encode())[0].redirects == {}
    assert mistakes(text) == ["7:7 `redirects./d` expected text, got a list"]
    assert mistakes("redirects: {/a: /b, /a: /c}") == [
        "1:21 `redirects./a` is set twice (keep one of the two; the first is in line 1)"
    ]
    assert mistakes("redirects: [/a]")[0].startswith("1:12 ")


def test_a_file_of_redirects_is_for_known_hosts() -> None:
    assert settings("redirects_file: netlify").redirects_file == "netlify"
    assert mistakes("redirects_file: apache") == ["1:17 `redirects_file` cannot be `apache` (it can be `netlify`)"]


def test_cards_and_reading_without_a_connection_are_set() -> None:
    config = settings("offline: false\ncards:\n  days: true\n  entries: true\n  fonts: [fonts/kr.otf]\n")
    assert (config.offline, config.cards) == (False, CardSettings(days=True, entries=True, fonts=("fonts/kr.otf",)))
    assert (Config().offline, Config().cards.enabled) == (True, False)
    assert CardSettings(fonts=("fonts/kr.otf",)).enabled is False


@pytest.mark.parametrize("font", ["/usr/share/kr.otf", "../kr.otf", "C:/kr.otf", '""'])
def test_the_font_of_cards_lies_in_the_project(font: str) -> None:
    (mistake,) = mistakes(f"cards:\n  fonts: [{font}]\n")
    assert "leads out of the project (name a font file inside the project)" in mistake
    assert mistake.startswith("2:")


def test_a_misspelt_setting_of_cards_is_a_mistake() -> None:
    assert mistakes("cards: {day: true}\n") == ["1:9 unknown key `cards.day` (did you mean `days`?)"]


def test_a_policy_gets_sources_by_directive() -> None:
    config = settings(
        "csp:\n  script-src: [https://giscus.app]\n  font-src: ['self']\n"
        "  connect-src: [https://*.stats.example.org:8443/api/, \"'self'\"]\n"
    )
    assert config.csp == {
        "script-src": ("https://giscus.app",),
        "font-src": ("self",),
        "connect-src": ("https://*.stats.example.org:8443/api/", "'self'"),
    }


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("giscus.app", "write `https://giscus.app`"),
        ("http://giscus.app", "write `https://giscus.app`"),
        ("https://한글.example", "write `https://xn--bj0bj06e.example`"),
        ("'unsafe-inline'", "put the script or the style into a file under `templates/static/`"),
        ("unsafe-eval", "put the script or the style into a file under `templates/static/`"),
        ("https://*", "`*` can only stand for the first part of a host, as in `https://*.example.org`"),
        ("https://*.org", "`*` can only stand for the first part of a host, as in `https://*.example.org`"),
        ("https://a.*.org", "`*` can only stand for the first part of a host, as in `https://*.example.org`"),
        ("'*'", "`*` can only stand for the first part of a host, as in `https://*.example.org`"),
        ("'data:'", "write `self`, or a host such as `https://stats.example.org` or `https://*.example.org`"),
        ("none", "write `self`, or a host such as `https://stats.example.org` or `https://*.example.org`"),
        ("https://a.org; script-src *", None),
        ("https://a.org https://b.org", None),
        ("'https://a.org\"><script>'", None),
        ("https://user@a.org", None),
        ("https://a.org?x", None),
    ],
)
def test_a_source_that_a_policy_must_not_have_is_a_mistake_at_its_place(source: str, hint: str | None) -> None:
    config, _ = parse_config(f"title: a\ncsp:\n  script-src:\n    - {source}\n".encode())
    assert config.csp == {}
    assert config.title == "a"
    (found,) = mistakes(f"csp:\n  script-src:\n    - {source}\n")
    assert found.startswith("3:7 `csp.script-src` cannot have `")
    assert hint is None or found.endswith(f" ({hint})")


def test_an_unknown_directive_and_a_source_without_a_list_are_mistakes() -> None:
    assert mistakes("csp:\n  script: [self]\n") == ["2:3 unknown key `csp.script` (did you mean `script-src`?)"]
    assert mistakes("csp:\n  img-src: https://a.org\n") == [
        "2:12 `csp.img-src` expected a list, got text (write `img-src: [https://a.org]`)"
    ]
