"""The settings: the bytes of `digest.yaml` -> settings and mistakes."""

import msgspec

from digest.config import FILE_NAME, Config, override, parse_config
from digest.diagnostics import CODES

from .target import Target, encode_all

SEED = """\
title: 다이제스트
description: "Notes: 읽은 것"
author: Ada Kim
language: ko
notes_language: en-GB
base_url: https://example.org/notes/
utc_offset: "+09:00"
notes: notes
output: site
templates: templates
pages: pages
public: public
exclude: [drafts/*, "*.tmp"]
dates: git
aliases:
  llm: [language-model, "언어 모델"]
  nlp:
    - 자연어처리
kinds:
  essay:
    tags: [essay]
    label: 수필
home_days: 7
per_page: 50
feed_entries: 20
search:
  enabled: yes
  glossary:
    reward: 보상
    tokenizer: [토크나이저, 어휘]
plugins: [reading_time]
"""
WORDS = (
    *(line.strip() for line in SEED.splitlines()), ": ", "- ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "<<: *a\n", "!!python/object:os.system x",
    "!!binary ", "!!set ", "!!str ", "!x ", "|\n", ">-\n", "'", '"', "#", "%YAML 1.1\n---\n", "---\n", "...\n", "~", "null", "0x10", "1e9", ".inf",
    ".nan", "1:30", "2024-03-19", "\\u0000", "\\ud800", "\ufeff", "\u0085", "\u2028", "\udc80", "../", "/", "\\", "C:", "http://", "[::1", "@", "\t",
)  # fmt: skip


def check(content: bytes) -> None:
    """Check that settings come back whatever the file holds, with each mistake at a place in it."""
    config, mistakes = parse_config(content)
    lines = content.decode(errors="replace").replace("\r\n", "\n").count("\n") + content.count(b"\r") + 1
    more = sum(content.count(end.encode()) for end in ("\u0085", "\u2028", "\u2029"))
    for found in mistakes:
        assert found.path == FILE_NAME
        assert found.code in CODES
        assert 0 <= found.line <= lines + more + 1, f"no such line: {found}"
        assert found.message
    assert not config.base_url or config.base_url.endswith("/")
    assert msgspec.json.decode(msgspec.json.encode(config), type=Config) == config
    if not mistakes:
        assert config.root.startswith("/")
        assert config.output not in (config.pages_folder, config.public_folder)
        assert override(config) == config


def describe(content: bytes) -> str:
    """Return the mistakes in the settings, a line each, and the settings that differ from the defaults."""
    config, mistakes = parse_config(content)
    chosen = {name: value for name, value in msgspec.to_builtins(config).items() if value != _DEFAULTS[name]}
    return "".join(f"{found.line}:{found.column}: {found.message}\n" for found in mistakes) + f"{chosen}\n"


_DEFAULTS = msgspec.to_builtins(Config())
_SEEDS = (SEED.encode(), b"", b"title: x\n", b"kinds: {a: {tags: [b]}}\n")

TARGET = Target(check, describe, _SEEDS, encode_all(*WORDS), ("yaml",))
