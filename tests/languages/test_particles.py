"""Korean particles after values of messages."""

import pytest

from digest.languages.particles import PARTICLES, choose_particle


@pytest.mark.parametrize(
    ("before", "particle", "chosen"),
    [
        ("노트", "은(는)", "는"),
        ("글", "은(는)", "은"),
        ("태그", "을(를)", "를"),
        ("제목", "을(를)", "을"),
        ("폴더", "이(가)", "가"),
        ("파일", "이(가)", "이"),
        ("주소", "과(와)", "와"),
        ("설정", "과(와)", "과"),
        ("주소", "(으)로", "로"),
        ("설정", "(으)로", "으로"),
        ("파일", "(으)로", "로"),  # a final ㄹ takes the form for vowels
        ("날짜", "(이)라", "라"),
        ("목록", "이어야", "이어야"),
        ("날짜", "이어야", "여야"),
    ],
)
def test_a_particle_follows_the_last_sound_of_a_korean_word(before: str, particle: str, chosen: str) -> None:
    assert choose_particle(before, particle) == chosen


@pytest.mark.parametrize(
    ("digits", "chosen"),
    [
        ("0", "으로"),
        ("1", "로"),
        ("2", "로"),
        ("3", "으로"),
        ("6", "으로"),
        ("7", "로"),
        ("8", "로"),
        ("1,000", "으로"),
    ],
)
def test_digits_are_read_in_korean(digits: str, chosen: str) -> None:
    assert choose_particle(digits, "(으)로") == chosen


@pytest.mark.parametrize(
    ("word", "chosen"),
    [
        ("tag", "를"),  # 태그
        ("token", "을"),  # 토큰
        ("model", "을"),  # 모델
        ("file", "을"),  # 파일
        ("title", "을"),  # 타이틀
        ("site", "를"),  # 사이트
        ("name", "을"),  # 네임
        ("page", "를"),  # 페이지
        ("git", "을"),  # 깃
        ("web", "을"),  # 웹
        ("draft", "를"),  # 드래프트
        ("text", "를"),  # 텍스트
        ("seed", "를"),  # 시드
        ("training", "을"),  # 트레이닝
        ("block", "을"),  # 블록
        ("LLM", "을"),  # 엘엘엠
        ("GPU", "를"),  # 지피유
        ("URL", "을"),  # 유알엘
        ("digest.yaml", "을"),  # 야믈
        ("notes/2024-03-19.md", "를"),  # 엠디
    ],
)
def test_latin_words_are_read_as_koreans_read_them(word: str, chosen: str) -> None:
    assert choose_particle(word, "을(를)") == chosen


@pytest.mark.parametrize("before", ["`노트`", '"노트"', "노트/", "노트)", "…노트…"])
def test_marks_behind_a_word_have_no_sound(before: str) -> None:
    assert choose_particle(before, "을(를)") == "를"


@pytest.mark.parametrize("before", ["", "…", "論文", "あ", "Ω"])
def test_both_forms_are_shown_if_the_sound_is_unknown(before: str) -> None:
    assert [choose_particle(before, particle) for particle in PARTICLES] == list(PARTICLES)
