"""Tags that look alike: nearly certain pairs, guesses, and pairs that must never be one tag."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.search.glossary import shipped_glossary
from digest.vocabulary.alike import find_alike


def pairs(*tags: str | tuple[str, int], certain: bool) -> set[tuple[str, str]]:
    """Return the pairs that look alike among tags, each with its number of entries or with ten."""
    counts = dict(tag if isinstance(tag, tuple) else (tag, 10) for tag in tags)
    return {(pair.one, pair.other) for pair in find_alike(counts, shipped_glossary()) if pair.certain or not certain}


ONE_TAG = [
    ("language-model", "lm"),
    ("mixture-of-experts", "moe"),
    ("vision-transformer", "vit"),
    ("neural-radiance-fields", "nerf"),
    ("low-rank-adaptation", "lora"),
    ("retrieval-augmented-generation", "rag"),
    ("image-to-video", "i2v"),
    ("automatic-bird-counting", "abc"),
    ("llm", "llms"),
    ("language-model", "language-models"),
    ("study", "studies"),
    ("multi-modal", "multimodal"),
    ("gpt-4", "gpt4"),
    ("text-to-image", "text2img"),
    ("text-gen", "text-generation"),
    ("tokenisation", "tokenization"),
    ("contrastive", "contrastive-learning"),
    ("self-supervised", "self-supervision"),
    ("distillation", "증류"),
    ("hallucination", "할루시네이션"),
    ("machine-learning", "머신러닝"),
    ("강화-학습", "강화학습"),
    ("reinforcement-learning", "강화학습"),
    ("rl", "강화학습"),
]


@pytest.mark.parametrize(("one", "other"), ONE_TAG)
def test_two_spellings_of_a_tag_are_found(one: str, other: str) -> None:
    assert pairs(one, other, certain=True) == {(min(one, other), max(one, other))}


SLIPS = ["classificiation", "clasification", "classifcation", "classificaiton", "classificetion", "image-clasification"]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_rare_slip_of_spelling_is_found(slip: str) -> None:
    right = "image-classification" if "-" in slip else "classification"
    assert pairs((slip, 1), (right, 20), certain=True) == {(min(slip, right), max(slip, right))}
    assert pairs((slip, 8), (right, 20), certain=False) == set()


TWO_TAGS = [
    ("vae", "vqvae"), ("vae", "vq-vae"), ("gpt", "gpu"), ("bart", "bert"), ("llama", "llava"), ("lm", "llm"), ("mlm", "mlp"),
    ("mistral", "mixtral"), ("efficientdet", "efficientnet"), ("llama2", "llama3"), ("gpt-3-5", "gpt-35"), ("v1-0", "v10"),
    ("gan", "graph-attention-network"), ("dpo", "preference-optimization"), ("gp", "gps"), ("new", "news"), ("len", "lens"),
    ("video-generation", "image-generation"), ("image-to-text", "text-to-image"), ("optimization", "optimizer"),
    ("pretraining", "training"), ("pretraining", "retraining"), ("decoder", "encoder"), ("normalization", "regularization"),
    ("supervised", "unsupervised"), ("semi-supervised", "self-supervised"), ("local-attention", "linear-attention"),
    ("conformer", "performer"), ("in-context", "long-context"), ("learning", "training"), ("inference", "reasoning"),
    ("asr", "tts"), ("nas", "nms"), ("machine-translation", "neural-machine-translation"), ("rlaif", "rlhf"),
    ("rlhf", "사람-피드백"), ("loss", "목적-함수"), ("adversarial-examples", "적대적-공격"), ("추론", "추천"), ("generation", "generative"), ("pose", "pose-estimation"), ("noising", "noizing"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TWO_TAGS)
@pytest.mark.parametrize("counts", [(10, 10), (1, 90), (90, 1)])
def test_two_tags_are_not_taken_for_one(one: str, other: str, counts: tuple[int, int]) -> None:
    assert pairs((one, counts[0]), (other, counts[1]), certain=True) == set()


def test_names_that_differ_in_a_letter_are_no_guesses_either() -> None:
    names = ("vae", "vqvae", "gpt", "gpu", "bert", "bart", "llama", "llava", "mlm", "mlp", "asr", "nas")
    assert pairs(*((name, 1 + 9 * place) for place, name in enumerate(names)), certain=False) == set()


def test_initials_of_two_letters_or_of_two_tags_are_guesses() -> None:
    assert pairs("cv", "cross-validation", certain=True) == set()
    assert pairs("cv", "cross-validation", certain=False) == {("cross-validation", "cv")}
    assert pairs("abc", "a-big-cat", "automatic-bird-counting", certain=True) == set()


def test_forms_of_one_word_and_last_parts_are_guesses() -> None:
    assert pairs("instruct", "instruction", certain=True) == set()
    assert pairs("instruct", "instruction", certain=False) == {("instruct", "instruction")}
    assert pairs("nlp/parsers", "parsers", certain=False) == {("nlp/parsers", "parsers")}


def test_the_glossary_of_the_settings_counts_too() -> None:
    found = find_alike({"owl": 2, "올빼미": 3}, [(("올빼미",), ("owl",))])
    assert [(pair.one, pair.other, pair.certain) for pair in found] == [("owl", "올빼미", True)]


@settings(max_examples=40)  # each looks through the whole glossary
@given(st.dictionaries(st.text(st.sampled_from("abst2-/가"), min_size=1, max_size=9), st.integers(1, 50), max_size=12))
def test_any_tags_give_pairs_of_them_in_order(counts: dict[str, int]) -> None:
    found = find_alike(counts, shipped_glossary())
    assert list(found) == sorted(found)
    assert len({(pair.one, pair.other) for pair in found}) == len(found)
    assert all(pair.one < pair.other and {pair.one, pair.other} <= counts.keys() for pair in found)


def test_thousands_of_tags_are_compared_in_no_time() -> None:
    """If every tag were compared with every other one, this would take minutes."""
    counts = {f"subject-{n % 97}-{chr(97 + n % 26) * 3}{n}": 1 + n % 7 for n in range(20_000)}
    assert find_alike(counts, shipped_glossary()) == ()
