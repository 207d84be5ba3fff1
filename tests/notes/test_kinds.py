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
    assert kind(TERN, text=f"새로운 것이 공개됐습니다. 모델 {other} 이야기.") == "note"


@pytest.mark.parametrize(
    "released",
    ["공개", "나왔", "나온", "등장", "출시", "발표", "릴리즈", "릴리스", "내놓", "released", "announces", "launch", "introducing",
     "open source", "open-weight", "openweight"],
)  # fmt: skip
@pytest.mark.parametrize(
    "model", ["모델", "모형", "체크포인트", "model", "models", "LLM", "LM", "checkpoints", "weights"]
)
def test_a_short_name_is_a_model_if_its_text_tells_of_a_release_of_one_and_of_facts(released: str, model: str) -> None:
    assert kind(TERN, text=f"어느 {model} 이야기. 어제 {released}. 70B.") == "model"
    assert kind(TERN, text=f"어느 {model} 이야기. 어제 {released}.") == "note"
    assert kind(TERN, text=f"{released}. 70B.") == "note"
    assert kind(TERN, text=f"어느 {model} 이야기. 70B.") == "note"


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


def test_only_a_name_is_a_model_if_the_text_begins_with_several_figures_of_a_model() -> None:
    assert kind("tern-oss", text="좁고 깊은 모델. 20B와 120B의 차이는 레이어의 수.") == "model"
    assert kind("tern-oss", text="어느 모델보다 좁다. 20B의 레이어. 20B!") == "note"
    assert kind("tern-oss", text="좁고 깊은 강. 20B와 120B의 차이.") == "note"
    assert kind("어느 글", text="좁고 깊은 모델. 20B와 120B의 차이.") == "note"


@pytest.mark.parametrize(
    "name", ["Tern", "tern-oss", "Tern and Owl Code", "Tern, Owl Code", "TeΣrn와 Owl", "Tern & Owl"]
)
def test_only_a_name_is_a_model_if_the_text_names_it_as_released_and_tells_what_models_do(name: str) -> None:
    first = name.split()[0].rstrip(",").removesuffix("와")
    assert kind(name, text=f"어느 연구소가 {first}의 새 버전을 공개했습니다. 벤치마크 점수가 높네요.") == "model"
    assert kind(name, text=f"{first} is released today. It is good at reasoning.") == "model"
    assert kind(name, text=f"{first}의 테크니컬 리포트가 나왔네요.") == "model"
    assert kind(name, text=f"어느 연구소가 {first}의 새 버전을 공개했습니다. 축하할 일이네요.") == "note"
    assert kind(name, text="어느 연구소가 무언가를 공개했습니다. 벤치마크 점수가 높네요.") == "note"
    assert kind(name, text=f"{first}을 다시 읽었습니다. 벤치마크 점수가 높네요.") == "note"


@pytest.mark.parametrize(
    "said",
    ["음성 모델을 만들었군요.", "번역 LLM을 냈네요.", "Owl을 SQL에 튜닝한 모델이군요.", "작은 모델이 나왔습니다."],
)
def test_only_a_name_is_a_model_if_the_text_begins_with_the_making_of_one(said: str) -> None:
    assert kind(TERN, text=said) == "model"
    assert kind(TERN, text=f"https://tern.example/report.pdf\n{said}") == "model"
    assert kind(TERN, text=f"하나. 둘. {said}") == "note"
    assert kind("Tern, Owl", text=said) == "note"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("TernKernels", "공개됐습니다. 70B 모델에 씁니다."),
        ("TernGEMM", "어느 연구소가 공개했습니다. 70B 모델에 씁니다."),
        ("Tern Attention 2", "나왔군요. 70B 모델에서 두 배 빠릅니다."),
        ("Tern", "FP8 GEMM 커널이 공개됐네요. 70B 모델에 씁니다."),
        ("Tern", "분산 파일 시스템이 공개됐네요. 70B 모델의 체크포인트를 씁니다."),
        ("Tern", "An inference framework was released. It serves a 70B model."),
        ("Tern", "통신 라이브러리가 나왔습니다. 70B LLM에 씁니다."),
        ("Tern-2", "Released. A compiler for models with 70B parameters."),
    ],
)
def test_a_kernel_or_a_library_is_no_model(name: str, said: str) -> None:
    assert kind(name, text=said) == "note"
    assert kind(name, text=said, authors=("Tern Lab",)) == "note"


def test_a_model_that_comes_with_code_is_a_model() -> None:
    assert kind(TERN, text="70B 모델을 공개했습니다. 추론 프레임워크도 같이 나왔네요.") == "model"
    assert kind("Tern Attention 2", text="나왔군요. 70B입니다.", tags=("llm",)) == "model"


@pytest.mark.parametrize("name", ["06-13-Daily", "2024-06", "Tern Worksheet 1", "Tern Lecture 2", "Tern Leaderboard"])
def test_a_date_and_the_title_of_a_list_or_a_lecture_are_no_names_of_models(name: str) -> None:
    assert kind(name, text="70B 모델이 공개됐습니다.") == "note"


def test_headings_and_variables_are_no_figures() -> None:
    assert kind("Tern2", text="### 1b.\n$x^{2t}$") == "note"
    assert kind(TERN, text="## Introduction\nThe model has many parameters.") == "note"


@pytest.mark.parametrize(
    "link",
    ["https://tern.example/blog/on-owls", "https://blog.tern.example/on-owls", "https://tern.example/blog?id=1",
     "https://tern.example/2024/posts/owls/", "https://medium.com/@ada/owls", "https://ada.substack.com/p/owls",
     "https://discuss.tern.example/t/owls", "https://ada.github.io/2024/03/owls"],
)  # fmt: skip
def test_a_post_on_a_blog_is_no_paper_whoever_wrote_it(link: str) -> None:
    assert kind(authors=("Ada Kim",), link=link) == "note"
    assert kind(authors=("Ada Kim", "Ben Lee"), link=link) == "note"
    assert kind(authors=("Ada Kim", "Ben Lee"), abstract="We do things.", link=link) == "paper"


@pytest.mark.parametrize(
    "link", ["https://ada.github.io/owls", "https://tern.example/owls.pdf", "https://tern.example/blogging"]
)
def test_another_page_with_authors_is_a_paper(link: str) -> None:
    assert kind(authors=("Ada Kim", "Ben Lee"), link=link) == "paper"


def test_the_repository_of_a_program_is_no_paper_and_that_of_a_paper_is_one() -> None:
    authors, link = ("Ada Kim", "Ben Lee"), "https://github.com/tern/owl"
    assert kind("TernGEMM", authors=authors, link=link) == "note"
    assert kind("어느 글", authors=authors, link=link, text="통신 라이브러리군요.") == "note"
    assert kind("어느 글", authors=authors, link=link, text="재미있는 결과.") == "paper"
    assert kind("TernGEMM", authors=authors, link=f"{link}/blob/main/report.pdf") == "paper"
    assert kind("TernGEMM", authors=authors) == "paper"


PAPER, OTHER = "https://arxiv.org/abs/2401.01234", "https://arxiv.org/abs/2401.05678"


def test_a_text_about_several_papers_is_no_paper() -> None:
    assert kind(link=PAPER) == "paper"
    assert kind(link=PAPER, text=f"둘째 논문은 {OTHER} 입니다.") == "paper"
    assert kind(link=PAPER, text=f"{OTHER}\n한 편 더.") == "paper"
    assert kind(link=PAPER, text=f"{OTHER}\n{OTHER}v2\n한 번에 몇 편.") == "note"
    assert kind(link=PAPER, text=f"{OTHER}\n{OTHER}", authors=("Ada Kim", "Ben Lee")) == "paper"
    assert kind("Notes on recent papers", link=PAPER) == "note"
    assert kind("이번 주의 논문", link="https://openreview.net/forum?id=x") == "note"
    assert kind("Whitepapers", link=PAPER) == "paper"


def test_a_text_that_begins_with_the_address_of_one_paper_is_a_paper() -> None:
    assert kind(text=f"{PAPER} 재미있는 결과.") == "paper"
    assert kind("Tern", text=f"Tern: On Owls ({PAPER})") == "paper"
    assert kind("Tern", text=f"Tern: On Owls ({PAPER})\n재미있는 결과.") == "paper"
    assert kind("Tern", text=f"Tern ({PAPER}) 를 구현해봤다.") == "note"
    assert kind("Tern", text=f"Owl: On Terns ({PAPER})") == "note"
    assert kind(text=f"{PAPER} 재미있는 결과. {OTHER} 도.") == "note"
    assert kind(text=f"어제 {PAPER} 를 읽었다.") == "note"


def test_the_first_rule_that_holds_decides() -> None:
    assert kind("Tern-2", authors=("Ada Kim",), text="70B 공개.", tags=("gpu", "llm")) == "paper"
    assert kind("Tern-2", authors=("Tern Lab",), text="70B 공개.", tags=("gpu", "llm")) == "hardware"


FIGURES = "새가 새 모델을 내놓았습니다. 파라미터는 7B이고 128K 컨텍스트를 지원합니다."
ANNOUNCED = (
    "Tern-7B 공개",
    "Tern-7B를 공개",
    "Tern 7B 정식 출시",
    "Tern 5 발표",
    "Tern 등장!",
    "제비의 Tern-7B",
    "바다 연구소의 Tern 5",
    "Gull Labs의 Tern 5 공개",
    "제비, Tern-7B 공개",
)


@pytest.mark.parametrize("title", ANNOUNCED)
def test_a_name_with_its_maker_or_the_news_is_a_model_if_the_text_has_figures(title: str) -> None:
    assert kind(title, text=FIGURES) == "model"
    assert kind(title, text="새 모델은 320억 개의 매개변수로 이루어집니다.") == "model"
    assert kind(title, text="오늘은 이 소식만 들었습니다. 파라미터는 공개하지 않았습니다.") == "note"
    assert kind(title, text=FIGURES, tags=("데이터셋",)) == "note"


@pytest.mark.parametrize(
    "title",
    ["학회 발표", "모델 공개", "제비의 하루", "제비의 새 모델", "제비, 둥지를 짓다", "Tern 사용기", "제비의 Tern 사용기",
     "Bird Meeting 2024 발표", "TernTorch 3.0 출시", "어제의 발표", "Tern-7B 공개 연기", "Tern-7B 비공개"],
)  # fmt: skip
def test_the_news_of_something_else_is_no_model(title: str) -> None:
    assert kind(title, text=FIGURES) == "note"
