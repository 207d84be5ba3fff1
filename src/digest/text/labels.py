"""The few words that rendered text has of its own, in the language of the text."""

from ..languages import nearest_language, strings_for

_KOREAN = {
    "footnotes": "각주",
    "back": "본문으로",
    "note": "노트",
    "info": "정보",
    "todo": "할 일",
    "abstract": "초록",
    "summary": "요약",
    "tldr": "요약",
    "tip": "팁",
    "hint": "힌트",
    "success": "성공",
    "check": "확인",
    "done": "완료",
    "example": "예시",
    "important": "중요",
    "question": "질문",
    "help": "도움말",
    "faq": "자주 묻는 질문",
    "warning": "경고",
    "caution": "주의",
    "attention": "주의",
    "danger": "위험",
    "error": "오류",
    "bug": "버그",
    "failure": "실패",
    "fail": "실패",
    "missing": "누락",
    "quote": "인용",
    "cite": "인용",
}
_ENGLISH = {"back": "Back to the text", "tldr": "TL;DR", "faq": "FAQ"}


def table_label(lang: str) -> str:
    """Return the label of the region that a table scrolls in."""
    return strings_for(nearest_language(lang)).table


def label(name: str, lang: str) -> str:
    """Return the label of a name, such as a type of callout; a name that is unknown labels itself."""
    words = _KOREAN if nearest_language(lang) == "ko" else _ENGLISH
    return words.get(name) or name[:1].upper() + name[1:]
