"""Korean, Chinese and Japanese names, which have the family name first and mostly no space."""

import re

from ..scripts import has_hangul

_KOREAN_FAMILIES = frozenset(
    "강 견 경 계 고 곡 공 곽 관 교 구 국 권 금 기 길 김 나 남 남궁 노 뇌 단 당 대 도 독고 동 동방 두 라 려 류 마 망절 매 맹 명 모 목 묘 문 "  # noqa: SIM905
    "미 민 박 반 방 배 백 범 변 복 봉 부 빈 사 사공 서 서문 석 선 선우 설 섭 성 소 손 송 순 승 시 신 심 아 안 양 어 어금 엄 여 연 염 엽 영 "
    "예 오 옥 온 옹 왕 용 우 운 원 위 유 육 윤 은 음 이 인 임 장 장곡 전 점 정 제 제갈 조 종 좌 주 지 진 차 채 천 초 최 추 탁 탄 태 판 팽 "
    "편 평 포 표 풍 피 필 하 한 함 허 현 형 호 홍 황 황보".split()
)
_CHINESE_DOUBLE_FAMILIES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 司徒 司空 长孙 長孫 宇文 夏侯 独孤 獨孤 南宫 南宮 鲜于 鮮于 "  # noqa: SIM905
    "轩辕 軒轅 端木 西门 西門 淳于 百里 呼延 拓跋 赫连 赫連 申屠 太史 闻人 聞人 钟离 鍾離 濮阳 濮陽 万俟 澹台 澹臺".split()
)
_JAPANESE_FAMILIES = frozenset(
    "佐々木 長谷川 五十嵐 佐久間 大久保 小笠原 久保田 長谷部 日比野 波多野 佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 "  # noqa: SIM905
    "山口 松本 井上 木村 斎藤 斉藤 齋藤 齊藤 清水 山崎 阿部 池田 橋本 石川 山下 中島 石井 小川 前田 岡田 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 "
    "太田 西村 藤井 金子 岡本 中野 三浦 藤原 中川 原田 松田 竹内 小野 田村 和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 "
    "谷口 大野 丸山 今井 高田 藤本 武田 村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 岩崎 桜井 野口 松尾 菊地 木下 野村 菅原 佐野 新井 "
    "古川 小島 水野 山内 市川 高野 飯田 荒井 川口 吉川 岩田 本田 服部 川崎 福島 島田 土屋 永井 松村 西田 大西 中西 岡崎 黒田".split()
)
_KOREAN_ORGANISATIONS = frozenset(
    "구글 메타 애플 인텔 엔비디아 네이버 카카오 삼성 삼성전자 현대 현대자동차 쿠팡 라인 토스 업스테이지 딥마인드 앤트로픽 오픈에이아이 마이크로소프트 아마존 "  # noqa: SIM905
    "하이닉스 서울대 연세대 고려대 한양대 이화여대 성균관대 한동대 조선대 전남대 전북대 강원대 경북대 경희대 국민대 동국대 인하대 건국대 부산대 "
    "구글브레인 구글클라우드 지멘스 유니티 우버 테슬라 미스트랄 알리바바 바이두 텐센트 화웨이".split()
)
_CHINESE_ORGANISATIONS = frozenset(
    "百度 腾讯 騰訊 阿里 阿里巴巴 华为 華為 字节跳动 字節跳動 小米 商汤 商湯 旷视 智谱 智譜 月之暗面 网易 京东 美团 快手 清华 北大".split()  # noqa: SIM905
)
_ORGANISATION_END = re.compile(
    r"(?:팀|연구소|연구실|연구원|연구진|연구그룹|그룹|센터|대학|대학교|대학원|학과|학부|학회|협회|위원회|재단|기관|은행|공사|회사|랩|랩스|브레인|클라우드"
    r"|전자|저자들|大学|大學|学院|學院|研究院|研究所|研究室|研究员|公司|会社|集团|集團|团队|團隊|チーム|グループ|实验室|實驗室|中心|协会|協會|委员会"
    r"|AI|Lab|Labs|Team|Research)$"
)
_HANGUL_WORD = re.compile(r"[가-힣]+")
_TITLES = re.compile(r"교수|박사|연구원|선생|님|씨|先生|教授|博士|さん|氏")
_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_WORD = re.compile(f"[{_HAN}]+")
_HAN_OR_HIRAGANA = re.compile(f"[{_HAN}\u3041-\u3096]+")
_HAN_THEN_KANA = re.compile(f"[{_HAN}]+[\u3041-\u3096\u30a1-\u30fa\u30fc]+")

_HAN_KANA_BORDER = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]+$")

EastAsianParts = tuple[str, str, str, str]


def is_east_asian_organisation(name: str) -> bool:
    """Return True if a name in Hangul, Han or kana is an organisation's or a team's."""
    words = name.split()
    if words[0] in _KOREAN_ORGANISATIONS or words[0] in _CHINESE_ORGANISATIONS:
        return True
    if len(words) > 1 and _TITLES.fullmatch(words[-1]):
        return False
    return _ORGANISATION_END.search(name) is not None


def divide_east_asian(name: str) -> EastAsianParts | None:
    """Return the parts of a name in Hangul, Han or kana, or None if it can't be divided."""
    words = name.split()
    title = words.pop() if len(words) > 1 and _TITLES.fullmatch(words[-1]) else ""
    divided = _divide_korean(words) if has_hangul(name) else _divide_han(words)
    return (*divided, "", title) if divided else None


def _divide_korean(words: list[str]) -> tuple[str, str] | None:
    if not all(map(_HANGUL_WORD.fullmatch, words)):
        return None
    if len(words) == 2:
        return _order(words[0], words[1])
    if len(words) != 1:
        return None
    name = words[0]
    for length in (2, 1):
        family, given = name[:length], name[length:]
        if family in _KOREAN_FAMILIES and 1 <= len(given) <= 3:
            return family, given
    return None


def _order(first: str, second: str) -> tuple[str, str] | None:
    """Return the family and the given name of `김 성현` or `성현 김`; foreign names such as `샘 알트만` are not divided."""
    if first in _KOREAN_FAMILIES and len(second) <= 2:
        return first, second
    if second in _KOREAN_FAMILIES and len(first) == 2:
        return second, first
    return None


def _divide_han(words: list[str]) -> tuple[str, str] | None:
    if len(words) == 2 and all(map(_HAN_OR_HIRAGANA.fullmatch, words)):
        return words[0], words[1]
    if len(words) != 1 or words[0] in _JAPANESE_FAMILIES:
        return None
    name = words[0]
    length = _family_length(name)
    return (name[:length], name[length:]) if length else None


def _family_length(name: str) -> int:
    """Return the number of characters of the family name in a name without spaces, or 0 if there is no telling."""
    for length in (3, 2):
        if len(name) > length and name[:length] in _JAPANESE_FAMILIES:
            return length
    if _HAN_THEN_KANA.fullmatch(name):
        return len(_HAN_KANA_BORDER.sub("", name))
    if not _HAN_WORD.fullmatch(name) or not 2 <= len(name) <= 4:
        return 0
    if name[:2] in _CHINESE_DOUBLE_FAMILIES:
        return 2 if len(name) > 2 else 0
    # Japanese names mostly have two characters for each part; Chinese given names have at most two.
    return 2 if len(name) == 4 else 1
