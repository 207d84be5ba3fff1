"""Random changes of a small project, each as an author, an editor or an accident might make it."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from ..files.images import jpeg, png
from ..project import write_project

NAMES = ("2024-03-19.txt", "2024-03-20.txt", "240321 Mamba.md", "봄/2024-04-01.txt", "봄/2023-12-31 끝.md", "x.md")
ENTRIES = (
    "Grok-1\nxAI에서 Grok-1의 Weight를 공개했습니다. 314B 모델이네요.\n#llm\n",
    "Mamba: Linear-Time Sequence Modeling\n(Albert Gu, Tri Dao)\n상태 공간 모델. https://arxiv.org/abs/2312.00752\n#ssm\n",
    "다시 읽은 Mamba\nhttps://arxiv.org/abs/2312.00752 이야기입니다. [[240321 Mamba]]\n#SSM #llm/추론\n",
    "그림\n![[a.png|40]] ![다른 것](../그림/b.jpg) [글](c.pdf)\n[[상태 공간#없는 절]]\n#llm\n",
    "Blackwell\n엔비디아의 새 GPU. TDP는 1200W라고 합니다.\n#hardware\n",
    "같은 제목\n한 날에 같은 제목이 둘일 때.\n#llm\n",
)
UNDATED = {
    "상태 공간.md": "---\ntags: [ssm, 사전]\n---\n[[Grok-1]]과 견줍니다.\n",
    "봄/옮긴 글.md": "---\ntitle: 옮긴 글\naliases: [/옛 글/, /About/, /blog/a.txt/, 다른 이름]\n---\n[[다른 이름]]\n",
    "봄/용어.md": "용어를 모읍니다. [[소개]]와 [[상태 공간]].\n\n#사전 #llm\n",
    "봄/reading.md": "# Reading\n\nhttps://arxiv.org/abs/2312.00752 first.\n",
}
PAGES = {
    "about.md": ("---\nmenu: true\n---\n# 소개\n[[용어]]부터 읽으세요.\n", "# 소개\n메뉴에서 뺐습니다.\n"),
    "projects/x.md": ("---\nmenu: footer\norder: 2\n---\n[[소개]]\n", "---\ndraft: true\n---\n숨긴 쪽.\n"),
    "tags.md": ("# 사이트의 주소와 겹치는 쪽\n",),
    "about.txt": ("# 둘째 소개\n",),
}
IMAGES = ("a.png", "봄/a.png", "그림/b.jpg", "봄/c.pdf", "d.PNG")
PUBLIC = (
    "CNAME",
    ".well-known/security.txt",
    "robots.txt",
    "about/index.html",
    "tags",
    "2024/03/19/grok-1",
    "blog",
    "blog/a.txt",
)
SETTINGS = (
    "title: 기록\n",
    "title: 기록\nper_page: 2\nhome_days: 1\n",
    "title: 기록\npages: 쪽\npublic: 파일\n",
    "title: 기록\nredirects:\n  /옛 글/: /2024/03/19/grok-1/#x\n  /blog: /tags/\n  /tags/: /archive/\n  /feed.php: /feed.xml\n",
    "title: 기록\nbase_url: https://digest.example/repo/\nredirects_file: netlify\nredirects:\n  /옛 글/: https://a.example/가\n  /2024/: /tags/\n",
    "title: Log\nlanguage: en\nbase_url: https://digest.example/repo/\n",
    "title: 기록\naliases:\n  llm: [ssm]\n",
    "title: 기록\ntags:\n  llm: {label: 언어 모델, parent: 분야}\n  분야: {description: 모든 것}\n  ssm: {parent: hardware}\n",
    "title: 기록\nkinds:\n  talk:\n    tags: [ssm]\n    label: 발표\nsearch:\n  enabled: false\n",
)
PAPERS = (
    '"2312.00752":\n  title: "Mamba: Linear-Time Sequence Modeling"\n  authors: ["Albert Gu"]\n  published: 2023-12-01\n',
    '"2312.00752":\n  title: Mamba\n"2401.00002":\n  title: 부엉이\n  abstract: "Owls.\\nMore owls."\n  doi: 틀림\n',
    '# 메모\n"2401.00002":\n  title: "Owls"\n  authors: ["Cara Lee"]\n  abstract: "Owls see $x$."\n',
    "- 목록\n",
)
TEMPLATES = {
    "templates/day.html": (
        '{% extends "theme:day.html" %}{% block layout %}mine{% endblock %}',
        "<p>{{ view.date }}</p>",
    ),
    "templates/404.html": ("<p>없습니다</p>", "<p>없네요!</p>"),
    "templates/static/css/mine.css": ("p { color: red }", "@import 'digest.css'; p { color: blue }"),
}

Change = Callable[[Path, random.Random], None]


def write_note(project: Path, chance: random.Random) -> None:
    name = chance.choice(NAMES)
    entries = "\n".join(chance.sample(ENTRIES, chance.randrange(1, 4)))
    write_project(project, {f"notes/{name}": f"2024-03-{chance.randrange(18, 22)}\n{entries}"})


def write_undated_note(project: Path, chance: random.Random) -> None:
    name = chance.choice(sorted(UNDATED))
    write_project(project, {f"notes/{name}": UNDATED[name] + "한 줄 더.\n" * chance.randrange(3)})


def write_papers(project: Path, chance: random.Random) -> None:
    """Write papers.yaml and, now and then, a note that is nothing but a link to a paper."""
    write_project(project, {"papers.yaml": chance.choice(PAPERS)})
    if chance.random() < 0.5:
        write_project(project, {"notes/240322 2401.00002.md": "https://arxiv.org/abs/2401.00002\n\n#llm\n"})


def remove_papers(project: Path, _chance: random.Random) -> None:
    (project / "papers.yaml").unlink(missing_ok=True)


def write_own_page(project: Path, chance: random.Random) -> None:
    name = chance.choice(sorted(PAGES))
    write_project(project, {f"{chance.choice(['pages', 'pages', '쪽'])}/{name}": chance.choice(PAGES[name])})


def remove_own_page(project: Path, chance: random.Random) -> None:
    _some_file(project / "pages", chance).unlink(missing_ok=True)


def write_public_file(project: Path, chance: random.Random) -> None:
    """Write a file where there may be a folder, or the other way round."""
    name = chance.choice(PUBLIC)
    folder = project / chance.choice(["public", "public", "파일"])
    if (folder / name).is_dir():
        shutil.rmtree(folder / name)
    for parent in (folder / name).parents:
        if parent.is_file():
            parent.unlink()
    write_project(folder, {name: chance.choice(["첫째\n", "둘째\n", ""])})


def remove_public_file(project: Path, chance: random.Random) -> None:
    _some_file(project / "public", chance).unlink(missing_ok=True)


def touch_public_file(project: Path, chance: random.Random) -> None:
    file = _some_file(project / "public", chance)
    if file.exists():
        os.utime(file, (chance.randrange(1, 10**9), chance.randrange(1, 10**9)))


def write_image(project: Path, chance: random.Random) -> None:
    side = chance.randrange(1, 4)
    content = chance.choice((png(side, 2), jpeg(side, 2), b"%PDF-1.4"))
    write_project(project, {f"notes/{chance.choice(IMAGES)}": content})


def remove_image(project: Path, chance: random.Random) -> None:
    (project / "notes" / chance.choice(IMAGES)).unlink(missing_ok=True)


def remove_note(project: Path, chance: random.Random) -> None:
    _some_file(project / "notes", chance).unlink(missing_ok=True)


def rename_note(project: Path, chance: random.Random) -> None:
    note = _some_file(project / "notes", chance)
    target = project / "notes" / chance.choice(NAMES)
    if note.exists():
        target.parent.mkdir(exist_ok=True)
        note.replace(target)


def move_between_notes(project: Path, chance: random.Random) -> None:
    """Swap two notes. An image in a note's place would leave the site as it is, which a build from nothing cannot know."""
    one, other = _some_file(project / "notes", chance), _some_file(project / "notes", chance)
    if {one.suffix, other.suffix} <= {".md", ".txt"} and one.exists() and other.exists():
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)


def turn_the_clock_back(project: Path, chance: random.Random) -> None:
    """Edit a note without its size or time telling."""
    note = _some_file(project / "notes", chance)
    if note.exists():
        before = note.stat()
        note.write_bytes(note.read_bytes().replace(b"llm", b"mll"))
        os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))


def touch(project: Path, chance: random.Random) -> None:
    note = _some_file(project / "notes", chance)
    if note.exists():
        os.utime(note, (chance.randrange(1, 10**9), chance.randrange(1, 10**9)))


def change_settings(project: Path, chance: random.Random) -> None:
    write_project(project, {"digest.yaml": chance.choice(SETTINGS)})


def change_theme(project: Path, chance: random.Random) -> None:
    name = chance.choice(sorted(TEMPLATES))
    if (project / name).exists() and chance.random() < 0.4:
        (project / name).unlink()
    else:
        write_project(project, {name: chance.choice(TEMPLATES[name])})


def damage_output(project: Path, chance: random.Random) -> None:
    """Change a byte of a file and give it its old time back."""
    file = _some_file(project / "site", chance)
    if file.exists() and not file.name.startswith(".digest-"):
        before, content = file.stat(), file.read_bytes()
        file.write_bytes(content[:-1] + b"?")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def remove_output(project: Path, chance: random.Random) -> None:
    file = _some_file(project / "site", chance)
    if file.exists() and not file.name.startswith(".digest-"):
        file.unlink()


def remove_all_output(project: Path, _chance: random.Random) -> None:
    shutil.rmtree(project / "site", ignore_errors=True)


def remove_cache(project: Path, _chance: random.Random) -> None:
    shutil.rmtree(project / ".digest", ignore_errors=True)


def damage_cache(project: Path, chance: random.Random) -> None:
    """Write over a part of the cache."""
    cache = project / ".digest" / "cache.sqlite"
    if cache.exists():
        content = bytearray(cache.read_bytes())
        start = chance.randrange(len(content))
        content[start : start + 40] = chance.randbytes(40)
        cache.write_bytes(content)


CHANGES: tuple[Change, ...] = (
    write_note,
    write_note,
    write_undated_note,
    write_undated_note,
    write_papers,
    remove_papers,
    write_own_page,
    remove_own_page,
    write_image,
    write_image,
    remove_image,
    write_public_file,
    remove_public_file,
    touch_public_file,
    remove_note,
    rename_note,
    move_between_notes,
    turn_the_clock_back,
    touch,
    change_settings,
    change_theme,
    damage_output,
    remove_output,
    remove_all_output,
    remove_cache,
    damage_cache,
)


def _some_file(folder: Path, chance: random.Random) -> Path:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return chance.choice(files) if files else folder / "nothing"
