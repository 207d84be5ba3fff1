"""The interface in Korean."""

from .strings import Scaffold, Strings

STRINGS = Strings(
    lang="ko",
    locale="ko_KR",
    site_title="오늘의 논문",
    skip="본문으로 건너뛰기",
    main_navigation="주 메뉴",
    archive="날짜",
    tags="태그",
    kinds="종류",
    notes="노트",
    search="검색",
    home="처음",
    feed="피드",
    path="현재 위치",
    theme="화면 테마",
    theme_names="자동|밝게|어둡게",
    keys="단축키",
    key_next="다음 글",
    key_previous="이전 글",
    key_turn="이전 쪽, 다음 쪽",
    key_search="검색",
    key_theme="화면 테마 바꾸기",
    key_help="단축키 보기",
    close="닫기",
    page_top="맨 위로",
    new="새 글",
    draft="초안",
    last_year="지난 1년",
    titles_only="제목만",
    overview="한눈에 보기",
    rising_tags="요즘 늘어난 태그",
    new_models="최근 모델",
    numerals_form="{month}. {day}.",
    numeral_months=tuple(map(str, range(1, 13))),
    calendar="달력",
    busy_tags="자주 쓰인 태그",
    tag_families="상위 태그와 하위 태그",
    all_days="모든 날짜",
    all_notes="모든 노트",
    nothing_yet="아직 글이 없습니다.",
    contents="차례",
    years="연도",
    months="월별",
    table_of_facts="수치 비교",
    title="제목",
    date_column="날짜",
    per_year="연도별 글 수",
    related_tags="함께 쓰인 태그",
    child_tags="하위 태그",
    aliases="같은 태그",
    other_initial="그 밖",
    pages="쪽",
    newer="더 최근",
    older="더 이전",
    turn_pages="이전과 다음",
    trends="흐름",
    trends_text="무엇을 얼마나 읽고 썼는지, 관심이 어떻게 옮겨 갔는지 보여 주는 도표입니다.",
    first_to_last_form="{first_year}년의 {first}에서 {last_year}년의 {last}까지",
    tags_of_years="해마다 가장 자주 쓴 태그",
    figures="숫자로 보기",
    figure_entries="글",
    figure_days="쓴 날",
    figure_days_text="글이 하나라도 있는 날",
    figure_per_day="쓴 날마다",
    figure_per_day_text="쓴 날 하루의 평균 글 수",
    figure_streak="가장 길게 이어 쓴",
    figure_streak_text="하루도 거르지 않은 날수",
    figure_words="쓴 낱말",
    figure_words_text="논평의 낱말, 띄어쓰기로 셈",
    figure_length="글마다",
    figure_length_text="글 하나의 평균 낱말 수",
    courses="관심은 이렇게 옮겨 갔다",
    courses_by_quarter="분기마다 그 태그가 붙은 글의 비중. 앞뒤 분기를 절반씩 더해 다듬었다. 무게 중심이 이른 태그부터 적었고, 높이는 줄마다 그 태그의 가장 높은 때가 기준이다. 오른쪽 수는 글의 수.",
    courses_by_year="해마다 그 태그가 붙은 글의 비중. 앞뒤 해를 절반씩 더해 다듬었다. 무게 중심이 이른 태그부터 적었고, 높이는 줄마다 그 태그의 가장 높은 때가 기준이다. 오른쪽 수는 글의 수.",
    per_month="달마다 쓴 글",
    most_form="가장 많은 때는 {when}, {count}.",
    every_month="모든 달",
    model_sizes="적어 둔 모델의 크기",
    model_sizes_text="글에서 찾은 파라미터 수, 로그 눈금. 한 글에 나온 여러 크기는 선으로 이었다.",
    sizes_column="크기",
    words_per_month="달마다 쓴 낱말",
    words_per_year="해마다 쓴 낱말",
    word_count=("{n}낱말", "{n}낱말"),
    most_mentioned="가장 자주 다시 말한 글",
    most_mentioned_text="그 글을 언급한 다른 글의 수.",
    as_table="표로 보기",
    period_column="때",
    sum_column="합",
    quarter_form="{year} {number}분기",
    commentary="논평",
    authors="저자",
    abstract="초록",
    facts="수치",
    works="함께 다룬 논문",
    source="원문",
    permalink="고유 주소",
    address="이 글의 주소",
    copy="주소 복사",
    copied="복사했습니다",
    markdown="Markdown 원문",
    mentions="이 글이 언급한 글",
    mentioned_by="이 글을 언급한 글",
    same_work="같은 논문을 다룬 글",
    related="관련 글",
    same_day="같은 날의 글",
    same_folder="같은 폴더의 노트",
    previous="이전",
    next="다음",
    all_authors="저자 모두 보기",
    table="표",
    search_field="제목, 저자, 태그, 본문에서 찾기",
    search_button="찾기",
    search_without_script="검색에는 자바스크립트가 필요합니다. 태그와 날짜로도 글을 찾을 수 있습니다.",
    search_loading="찾는 중…",
    search_results="결과 {n}건",
    search_one_result="결과 1건",
    search_none="맞는 글이 없습니다. 낱말을 줄이거나 다른 말로 찾아보세요.",
    search_more="더 보기",
    search_all="모든 결과 보기",
    search_narrow="좁히기",
    search_wider="함께 찾은 말",
    search_remove="빼기",
    search_damaged="검색 색인을 읽을 수 없습니다. 사이트가 새로 올라오는 중일 수 있으니 잠시 뒤 새로 고쳐 주세요.",
    search_unreachable="검색 색인을 받지 못했습니다. 연결을 확인하고 다시 찾아 주세요.",
    search_hint="#태그, year:2024, 2024-03-19, arXiv 번호, 초성(ㅌㅋㄴㅇㅈ)으로도 찾습니다.",
    not_found="찾는 페이지가 없습니다",
    not_found_text="주소가 바뀌었거나 잘못 적힌 것 같습니다. 날짜나 태그에서 찾아보세요.",
    moved="주소가 바뀐 페이지입니다",
    moved_text="새 주소:",
    removed="삭제된 페이지입니다",
    removed_text="전에는 이곳에 글이 있었습니다. 검색이나 날짜에서 찾아보세요.",
    entry_count=("{n}편", "{n}편"),
    day_count=("{n}일", "{n}일"),
    note_count=("노트 {n}개", "노트 {n}개"),
    author_count=("외 {n}명", "외 {n}명"),
    work_count=("함께 다룬 논문 {n}편", "함께 다룬 논문 {n}편"),
    tag_count=("{n}개", "{n}개"),
    page_of="{total}쪽 중 {number}쪽",
    since="{year}년부터 {count}",
    kind_names={"paper": "논문", "model": "모델", "hardware": "하드웨어", "note": "노트", "page": "페이지"},
    fact_names={
        "parameters": "파라미터",
        "active": "활성 파라미터",
        "experts": "전문가",
        "layers": "레이어",
        "dimension": "차원",
        "vocabulary": "어휘",
        "context": "문맥 길이",
        "tokens": "학습 토큰",
        "precision": "정밀도",
        "licence": "라이선스",
        "memory": "메모리",
        "bandwidth": "대역폭",
        "fp4": "FP4",
        "fp8": "FP8",
        "fp16": "FP16",
        "int8": "INT8",
        "tdp": "TDP",
        "process": "공정",
    },
    months_long=tuple(f"{month}월" for month in range(1, 13)),
    months_short=tuple(f"{month}월" for month in range(1, 13)),
    weekdays=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    weekday_initials=("월", "화", "수", "목", "금", "토", "일"),
    date_form="{year}년 {month} {day}일",
    month_form="{year}년 {month}",
    month_day_form="{month} {day}일",
    year_form="{year}년",
    year_weekday_form="{year}년 {weekday}",
)

SCAFFOLD = Scaffold(
    date_line="{year}년 {month}월 {day}일",
    first_note="""\
{date}
digest를 시작하며
날짜를 첫 줄에 쓰고, 제목을 쓰고, 생각을 씁니다. 한 줄이 한 문단입니다.
논문이라면 제목 다음 줄에 저자를 괄호로 묶어 쓰고 영어 초록을 붙여 넣은 다음 생각을 씁니다. (https://arxiv.org/abs/1706.03762)
마지막 줄에 태그를 쓰면 글이 끝납니다. 다음 줄은 다음 글의 제목입니다.
#digest
""",
    settings="""\
title: 오늘의 논문
description: 하드웨어, 모델, 논문에 대한 매일의 기록
author: ""
language: ko
# 사이트의 주소. 피드와 사이트맵의 링크가 여기서 시작합니다.
# base_url: https://user.github.io/repo/
# 노트의 언어가 화면의 언어와 다를 때
# notes_language: en

# 그 밖의 설정은 이대로 두어도 됩니다. 바꾸려면 앞의 #을 지우세요.
# utc_offset: "+09:00"
# home_days: 7
# per_page: 50
# feed_entries: 20
# 노트가 아닌 파일
# exclude: [README.md]
# 같은 뜻으로 쓰는 태그
# aliases:
#   nmt: [mt, 기계번역]
# 태그로 정하는 글의 종류
# kinds:
#   hardware:
#     tags: [datacenter]
# 검색에서 같은 뜻으로 볼 말
# search:
#   glossary:
#     증류: [distillation]
""",
    comments={
        "notes": "노트가 있는 폴더",
        "notes_language": "대부분의 노트가 쓰인 언어",
        "output": "사이트를 쓸 폴더. 보통 쓰는 이름은 다른 폴더가 쓰고 있습니다",
        "templates": "직접 만든 템플릿의 폴더. 보통 쓰는 이름은 다른 폴더가 쓰고 있습니다",
        "public": "사이트에 그대로 복사할 파일",
        "dates": "노트에 날짜가 없어서 첫 커밋의 날짜를 씁니다",
        "dates?": "날짜가 없는 노트는 /notes/에 모입니다. 이 줄은 첫 커밋의 날짜를 쓰게 합니다",
        "aliases": "주소가 같아지는 태그라서 하나로 봅니다",
        "exclude": "노트가 없는 폴더",
        "unread": "초안인지 읽을 수 없어서 빠진 노트. 고친 뒤 이 목록에서 지우세요",
    },
)
