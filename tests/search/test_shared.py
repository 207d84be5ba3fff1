"""What Python and the browser's modules share: the generated module, and rules that give the same on both sides."""

import importlib.util
import itertools
import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from digest.model import tag_key
from digest.search.leaves import key_of
from digest.search.tokens import tokenize

from .notes import HERE, STATIC, run_node

GENERATOR = Path(__file__).parents[2] / "docs" / "generate_scripts.py"

# What folding, composition and the Greek final sigma make of a character depends on its neighbours.
DIFFICULT = "aΣσςßẞſǰŉİıIͅΐᾳᾼάιꭰᏸ_- \t\x1c\x85\ufeff\u3000－＿ﬁ̣́̌ㄱ가ᄀ"


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_scripts", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shared_module_is_up_to_date() -> None:
    assert (STATIC / "search-shared.js").read_text("utf-8") == load_generator().generate_shared(), "run `make docs`"


def differences(
    modules: Path, folder: Path, module: str, names: tuple[Callable[[str], object], str], texts: list[str]
) -> list[tuple[str, object, object]]:
    """Run a rule on texts in Python and in Node, and list (text, Python's result, Node's result) that differ."""
    rule, name = names
    path = folder / "texts.json"
    path.write_text(json.dumps(texts), "utf-8")
    found = json.loads(run_node(HERE / "unicode.mjs", modules, module, name, path))
    expected = map(rule, texts)
    return [each for each in zip(texts, expected, found, strict=True) if each[1] != each[2]]


def assigned_texts() -> list[str]:
    """Make a text of each character; those that Unicode gave a meaning later are unknown to one side or the other."""
    unknown = ("Cn", "Cs", "Co")
    return [f"a{char}b" for char in map(chr, range(1, 0x110000)) if unicodedata.category(char) not in unknown]


def shuffled_texts(count: int) -> list[str]:
    """Make texts of difficult characters, the same ones every time."""
    dice = random.Random(20)
    pairs = map("".join, itertools.product(DIFFICULT, repeat=2))
    return [*pairs, *("".join(dice.choices(DIFFICULT, k=dice.randint(3, 8))) for _ in range(count))]


def test_every_character_gives_the_same_tag_key_in_python_and_in_the_browser(modules: Path, tmp_path: Path) -> None:
    texts = assigned_texts() + shuffled_texts(4000)
    assert differences(modules, tmp_path, "search-query.js", (tag_key, "tagKey"), texts) == []


def test_every_character_gives_the_same_tokens_in_python_and_in_the_browser(modules: Path, tmp_path: Path) -> None:
    texts = assigned_texts() + shuffled_texts(4000)
    assert differences(modules, tmp_path, "search-tokens.js", (tokenize, "tokenize"), texts) == []


def test_rare_terms_are_in_the_same_file_for_python_and_the_browser(modules: Path, tmp_path: Path) -> None:
    terms = [
        "apple",
        "0day",
        "벡터",
        "字",
        "αβ",
        "@2304.01234",
        "~ivo lund",
        "~이 보람",
        "~字 b",
        "+차원벡터",
        "^warm up",
        "ㅋㅋ",
    ]
    assert differences(modules, tmp_path, "search-store.js", (key_of, "termKey"), terms) == []
