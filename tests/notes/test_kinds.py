"""The evidence for each kind, piece by piece, and what looks like evidence and is none."""

import pytest

from digest.notes import NoteRules
from digest.notes.kinds import Evidence, decide_kind

TERN = "Tern"
"""A short name that says nothing of a model by itself."""


def kind(
    title: str = "어느 글",
    *,
    authors: tuple[str, ...] = (),
    abstract: str = "",
    text: str = "",
    link: str | None = None,
    tags: tuple[str, ...] = (),
) -> str:
    return decide_kind(Evidence(title, authors, abstract, text, link, tags), NoteRules())


def test_authors_and_an_abstract_are_a_paper_and_one_of_them_is_none() -> None:
    assert kind(authors=("Some Lab",), abstract="We do things.") == "paper"
    assert kind(authors=("Some Lab",)) == "note"
    assert kind(abstract="We do things.") == "note"


def test_two_authors_are_a_paper_and_an_organisation_is_none() -> None:
    assert kind(authors=("Some Lab", "Other Lab")) == "paper"
    assert kind(authors=("Ada Kim",)) == "paper"
    assert kind(authors=("Hazy Research",)) == "note"


@pytest.mark.parametrize("person", ["Ada Kim", "Ada-Lee Kim", "Ada B. Kim", "Ada B. C. Kim", "Ana Kovač-Horvat"])
def test_a_person_is_spelled_as_such(person: str) -> None:
    assert kind(authors=(person,)) == "paper"


@pytest.mark.parametrize("other", ["OpenAI", "Ada", "ada kim", "Ada Kim Lee", "01.AI", "Ada K", "김성현"])
def test_another_lone_author_is_no_person(other: str) -> None:
    assert kind(authors=(other,)) == "note"


@pytest.mark.parametrize(
    "word",
    ["Team", "Teams", "Research", "Labs", "Laboratory", "Laboratories", "Institute", "University", "Universities", "Group",
     "Inc", "Project", "Foundation", "Collective", "Company", "Technology", "Technologies", "Intelligence", "Google", "Meta",
     "Microsoft", "Nvidia", "Apple", "Amazon", "Alibaba", "Tencent", "Baidu", "Huawei", "Naver", "Kakao", "Samsung",
     "Upstage", "Hugging", "Cohere", "Mistral", "Salesforce", "Anthropic"],
)  # fmt: skip
def test_a_name_with_the_word_of_an_organisation_is_no_person(word: str) -> None:
    assert kind(authors=(f"Some {word}",)) == "note"


@pytest.mark.parametrize(
    "address",
    ["openreview.net/forum?id=x", "aclanthology.org/2024.acl-long.1", "www.aclweb.org/anthology/P19-1", "proceedings.mlr.press/v1",
     "papers.nips.cc/paper/1", "proceedings.neurips.cc/paper/1", "openaccess.thecvf.com/content/x", "ojs.aaai.org/x",
     "jmlr.org/papers/v1", "doi.org/10.1000/1", "dl.acm.org/doi/10.1", "ieeexplore.ieee.org/document/1",
     "usenix.org/conference/x", "isca-speech.org/archive/x", "isca-archive.org/x", "ecva.net/papers/x",
     "www.biorxiv.org/content/10.1"],
)  # fmt: skip
def test_the_address_of_a_conference_or_a_journal_is_a_paper(address: str) -> None:
    assert kind(link=f"https://{address}") == "paper"
    assert kind(link=f"http://{address}") == "paper"
    assert kind(link=f"https://example.org/?to=https://{address}") == "note"
    assert kind(text=f"https://{address}") == "note"


@pytest.mark.parametrize("tag", ["hardware", "하드웨어", "gpu", "tpu", "npu", "accelerator", "가속기"])
def test_a_tag_of_hardware_is_hardware(tag: str) -> None:
    assert kind(tags=("news", tag)) == "hardware"
    assert kind(tags=("news",)) == "note"


@pytest.mark.parametrize("tag", ["llm", "lm", "language-model", "foundation-model", "언어모델", "언어-모델"])
def test_a_name_with_a_version_and_the_tag_of_models_is_a_model(tag: str) -> None:
    assert kind("Tern-2", tags=(tag,)) == "model"
    assert kind("Tern-2", tags=("news",)) == "note"
    assert kind("어느 글 2", tags=(tag,)) == "note"


@pytest.mark.parametrize(
    "tag", ["dataset", "benchmark", "challenge", "evaluation", "review", "데이터셋", "벤치마크", "평가"]
)
def test_a_dataset_or_a_benchmark_with_the_name_of_a_release_is_no_model(tag: str) -> None:
    assert kind("Tern-2", text="70B 파라미터로 공개됐습니다.", tags=(tag,)) == "note"
    assert kind("Tern-2", text="70B 파라미터로 공개됐습니다.", tags=(tag, "llm")) == "model"


def test_an_address_below_datasets_is_no_model() -> None:
    facts = "70B 파라미터로 공개됐습니다."
    assert kind("Tern-2", text=facts, link="https://hub.example/models/tern") == "model"
    assert kind("Tern-2", text=facts, link="https://hub.example/datasets/tern") == "note"
    assert kind("Tern-2", text=facts, link="https://hub.example/mydatasets") == "model"
    assert kind("Tern-2", text=facts, link="https://hub.example/datasets/tern", tags=("llm",)) == "model"
    assert kind(TERN, text="모델을 공개했습니다. 70B입니다.", link="https://hub.example/datasets/tern") == "note"
    assert kind(TERN, authors=("Tern Lab",), text="공개했습니다.", link="https://hub.example/datasets/tern") == "note"


@pytest.mark.parametrize(
    "name",
    ["Tern-2", "Tern 2.1", "Tern v3", "Tern-4-Turbo-2024-04-09", "xTern-1", "Tern 2a", "Tern-300M", "Tern-2 Chat", "Tern 2-Coder",
     "Tern 2 Preview", "Big Tern-1", "Big Old Tern-1"],
)  # fmt: skip
def test_a_name_with_a_version_that_was_released_is_a_model(name: str) -> None:
    assert kind(name, text="나왔습니다.") == "model"
    assert kind(f"{name}: 새로운 이야기", text="나왔습니다.") == "model"
    assert kind(name, text="다시 읽었습니다.") == "note"
    assert kind(name, authors=("Tern Lab",), text="다시 읽었습니다.") == "model"


@pytest.mark.parametrize("name", ["Tern-9B", "Tern 180B", "Big Tern 8x7B", "Tern-3.1-405B-Instruct", "Tern-1.5T"])
def test_a_name_with_a_size_is_a_model_whatever_is_said_of_it(name: str) -> None:
    assert kind(name, text="다시 읽었습니다.") == "model"
    assert kind(name) == "model"


@pytest.mark.parametrize(
    "name", ["tern-2", "Tern", "Tern-", "The Tern is 2", "Tern, 2", "2", "하나 2", "One Two Three Four-2"]
)
def test_another_name_is_no_release(name: str) -> None:
    assert kind(name, text="나왔습니다.") == "note"


def test_a_glued_name_needs_a_fact() -> None:
    assert kind("Tern2", text="나왔습니다.") == "note"
    assert kind("Tern2", text="70B입니다.") == "model"
    assert kind("Tern2: 70B", text="다시 읽었습니다.") == "model"
    assert kind("Tern2", tags=("llm",)) == "model"
    assert kind("Tern2", authors=("Tern Lab",)) == "note"


@pytest.mark.parametrize(
    "fact",
    ["70B", "1.5 T", "32 레이어", "32개 레이어", "32 layers", "1 layer", "8K context", "8K 컨텍스트", "64K vocab", "2K 토큰",
     "2K의 토큰", "4K tokens", "파라미터", "컨텍스트 길이", "parameters", "context length", "context window"],
)  # fmt: skip
def test_a_release_tells_of_parameters_layers_tokens_or_context(fact: str) -> None:
    assert kind(TERN, text=f"모델을 공개했습니다. {fact} 이야기.") == "model"
    assert kind("Tern2", text=f"{fact} 이야기.") == "model"


@pytest.mark.parametrize("other", ["70개", "70 MB", "70Bit", "32 플레이어", "8K 화면", "context", "매개"])
def test_another_number_is_no_such_fact(other: str) -> None:
    assert kind(TERN, text=f"모델을 공개했습니다. {other} 이야기.") == "note"


@pytest.mark.parametrize(
    "released",
    ["공개", "나왔", "나온", "등장", "출시", "발표", "릴리즈", "릴리스", "내놓", "released", "announces", "launch", "introducing",
     "open source", "open-weight", "openweight"],
)  # fmt: skip
@pytest.mark.parametrize(
    "model", ["모델", "모형", "체크포인트", "model", "models", "LLM", "LM", "checkpoints", "weights"]
)
def test_a_short_name_is_a_model_if_its_text_tells_of_a_release_of_one_and_of_facts(released: str, model: str) -> None:
    assert kind(TERN, text=f"{model} {released}. 70B.") == "model"
    assert kind(TERN, text=f"{model} {released}.") == "note"
    assert kind(TERN, text=f"{released}. 70B.") == "note"
    assert kind(TERN, text=f"{model}. 70B.") == "note"


@pytest.mark.parametrize("word", ["modeling", "supermodel", "film", "weighty", "path/model", "model-based"])
def test_a_word_that_holds_model_is_not_the_word(word: str) -> None:
    assert kind(TERN, text=f"{word} released. 70B.") == "note"


def test_the_release_and_the_model_are_named_within_the_first_three_hundred_characters() -> None:
    said = "모델 공개"
    assert kind(TERN, text=f"70B {'가' * (300 - 4 - len(said))}{said}") == "model"
    assert kind(TERN, text=f"70B {'가' * (301 - 4 - len(said))}{said}") == "note"
    assert kind(TERN, text=f"{said} {'가' * 400} 70B") == "model"


def test_an_organisation_with_something_of_a_short_name_is_a_model() -> None:
    assert kind(TERN, authors=("Tern Lab",), tags=("llm",)) == "model"
    assert kind(TERN, authors=("Tern Lab",), text="70B.") == "model"
    assert kind(TERN, authors=("Tern Lab",), text="출시.") == "model"
    assert kind(TERN, authors=("Tern Lab",), text="다시 읽었습니다.") == "note"
    assert kind(TERN, text="출시.") == "note"
    assert kind("한국어 제목", authors=("Tern Lab",), text="70B 출시.") == "note"
    assert kind("One Two Three Four", authors=("Tern Lab",), text="70B 출시.") == "note"
    assert kind("One Two Three", authors=("Tern Lab",), text="70B 출시.") == "model"
    assert kind(TERN, authors=("Tern Lab",), text="70B 출시.", tags=("dataset",)) == "note"


def test_the_first_rule_that_holds_decides() -> None:
    assert kind("Tern-2", authors=("Ada Kim",), text="70B 공개.", tags=("gpu", "llm")) == "paper"
    assert kind("Tern-2", authors=("Tern Lab",), text="70B 공개.", tags=("gpu", "llm")) == "hardware"
