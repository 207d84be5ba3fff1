"""`digest enrich` on small projects, with a server on this machine in the place of arXiv."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.config import load_config
from digest.papers.parsing import parse_papers
from digest.papers.record import Paper
from digest.pipeline.build import Project
from digest.pipeline.enrich import CannotEnrichError, Choice, Outcome, Outlook, enrich
from digest.store.lock import LockedError, project_lock
from digest.web.arxiv import ATTEMPTS, Arxiv

from ..papers.api import FEED, Api, Clock, Handler, answers, fine, running_api
from ..program import PATIENCE_SECONDS, Piped
from ..project import read_tree, run, write_project

KESTRELS = Paper(
    "2401.00001",
    "Kestrels of Old Towns",
    published="2024-01-02",
    categories=("cs.CL", "q-bio"),
    authors=("Ada Kim", "Ben Cho"),
    doi="10.1000/birds",
    abstract="They nest.",
    version=2,
)
OWLS = Paper("2401.00002", "Owls at Night", authors=("Cara Lee", "Dan Oh"), abstract="They hunt.")
HERONS = Paper("2401.00003", "Herons-1: a Long-Legged Study", authors=("Eva Park",), abstract="They wait.")
OTHERS = Paper("2401.00004", "Swifts over the Bay", authors=("Gil Bae",))
TWINS = tuple(Paper(f"2401.0001{number}", "Twin Wrens of the Hill", authors=("Hana Do",)) for number in range(2))
KNOWN = (KESTRELS, OWLS, HERONS, OTHERS, *TWINS)
NOTES = """\
2024년 3월 19일
KESTRELS OF OLD TOWNS
(Ada Kim, Benjamin Cho)
새집 이야기.
#birds
https://arxiv.org/abs/2401.00002
#birds
Herons-1: a Long-Legged Study
(Eva Park, Finn Ahn)
왜가리.
#birds
Swifts over the Bay
(Ian Jo, Jin Ko)
칼새.
#birds
Twin Wrens of the Hill
(Hana Do, Ian Jo)
굴뚝새.
#birds
No Such Birds Anywhere
(Ian Jo, Jin Ko)
없는 새.
#birds
"""


@pytest.fixture
def api() -> Iterator[Api]:
    with running_api(KNOWN) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path, {"notes/2024-03-19.txt": NOTES, "digest.yaml": "title: 새\n"})


class Ran:
    """A run of the command on a project, with a clock that costs no time."""

    def __init__(
        self, folder: Path, api: Api, *, today: str = "2026-11-26", every: bool = False, again: bool = False
    ) -> None:
        clock = Clock()
        self.lines: list[str] = []
        self.progress: list[tuple[int, int]] = []
        self.outlook: Outlook
        self.outcome: Outcome
        self.outlook, self.outcome = enrich(
            Project(folder, load_config(folder)[0]),
            Choice(every=every, again=again),
            Arxiv("digest/test", api.url, clock=clock, sleep=clock.sleep),
            today,
            lambda _stage, done, total: self.progress.append((done, total)),
            self.lines.append,
        )
        self.seconds = clock.now - 1000


def papers_of(folder: Path) -> tuple[Paper, ...]:
    papers, mistakes = parse_papers((folder / "papers.yaml").read_text("utf-8"))
    assert mistakes == ()
    return papers


def test_what_is_sure_is_written_and_what_is_not_is_refused_with_the_reason(project: Path, api: Api) -> None:
    ran = Ran(project, api)
    assert ran.lines == [
        'notes/2024-03-19.txt:6: arXiv:2401.00002 "Owls at Night"',
        'notes/2024-03-19.txt:2: arXiv:2401.00001 "Kestrels of Old Towns"',
        'notes/2024-03-19.txt:8: arXiv:2401.00003 "Herons-1: a Long-Legged Study"',
        'notes/2024-03-19.txt:12: not found: "Swifts over the Bay" (2401.00004 has this title, but other authors)',
        'notes/2024-03-19.txt:16: not found: "Twin Wrens of the Hill" (several papers fit: 2401.00010, 2401.00011)',
        'notes/2024-03-19.txt:20: not found: "No Such Birds Anywhere" (no paper has this title)',
    ]
    assert ran.outcome == Outcome(found=3, unfound=3, left=0, requests=8)
    assert ran.progress == [(done, 6) for done in range(7)]
    assert [paper.id for paper in papers_of(project)] == ["2401.00001", "2401.00002", "2401.00003"]


def test_a_record_holds_what_arxiv_says_and_the_abstract_only_where_the_author_wrote_nothing(
    project: Path, api: Api
) -> None:
    Ran(project, api)
    assert (project / "papers.yaml").read_text("utf-8").split("\n")[3:16] == [
        '"2401.00001v2":',
        '  title: "Kestrels of Old Towns"',
        "  published: 2024-01-02",
        "  categories: [cs.CL, q-bio]",
        "  found: 2026-11-26",
        '  authors: ["Ada Kim", "Ben Cho"]',
        '  doi: "10.1000/birds"',
        '"2401.00002v1":',
        '  title: "Owls at Night"',
        "  published: 2024-03-19",
        "  categories: [cs.CL]",
        "  found: 2026-11-26",
        '  authors: ["Cara Lee", "Dan Oh"]',
    ]
    assert [paper.abstract for paper in papers_of(project)] == ["", "They hunt.", ""]


def test_requests_are_three_seconds_apart(project: Path, api: Api) -> None:
    ran = Ran(project, api)
    assert ran.seconds == 3.0 * (ran.outcome.requests - 1)
    assert len(api.asked) == ran.outcome.requests


def test_a_second_run_asks_nothing_and_writes_nothing(project: Path, api: Api) -> None:
    Ran(project, api)
    before = (project / "papers.yaml").read_bytes(), (project / "papers.yaml").stat().st_mtime_ns
    asked = len(api.asked)
    again = Ran(project, api, today="2027-01-01")
    assert (again.outcome, again.outlook.known) == (Outcome(found=0, unfound=0, left=0, requests=0), 3)
    assert len(api.asked) == asked
    assert ((project / "papers.yaml").read_bytes(), (project / "papers.yaml").stat().st_mtime_ns) == before


def test_two_runs_from_nothing_write_the_same_bytes(project: Path, api: Api) -> None:
    Ran(project, api)
    first = (project / "papers.yaml").read_bytes()
    (project / "papers.yaml").unlink()
    Ran(project, api, again=True)
    assert (project / "papers.yaml").read_bytes() == first


def test_what_was_not_found_is_asked_for_again_on_request(project: Path, api: Api) -> None:
    Ran(project, api)
    late = Paper("2401.00009", "No Such Birds Anywhere", authors=("Ian Jo",))
    with running_api([*KNOWN, late]) as later:
        assert Ran(project, later).lines == []
        assert Ran(project, later, again=True).outcome.found == 1
    assert "2401.00009" in {paper.id for paper in papers_of(project)}


def test_what_was_not_found_is_asked_for_again_once_its_author_changed_it(project: Path, api: Api) -> None:
    Ran(project, api)
    write_project(project, {"notes/2024-03-19.txt": NOTES.replace("Ian Jo, Jin Ko", "Gil Bae, Jin Ko")})
    assert 'notes/2024-03-19.txt:12: arXiv:2401.00004 "Swifts over the Bay"' in Ran(project, api).lines


def test_on_request_papers_that_lack_nothing_are_looked_up_too(project: Path, api: Api) -> None:
    write_project(
        project, {"notes/240320 Swifts.md": "https://arxiv.org/abs/2401.00004\n*Swifts* (Gil Bae)\n\n칼새.\n"}
    )
    Ran(project, api)
    assert "2401.00004" not in {paper.id for paper in papers_of(project)}
    Ran(project, api, every=True)
    assert "2401.00004" in {paper.id for paper in papers_of(project)}


def test_ids_are_asked_for_a_hundred_at_a_time(tmp_path: Path) -> None:
    papers = [Paper(f"2402.{number:05d}", f"Birds {number}", authors=("Ada Kim",)) for number in range(173)]
    links = "".join(f"https://arxiv.org/abs/{paper.id}\n#birds\n" for paper in papers)
    project = write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\n{links}"})
    with running_api(papers) as api:
        assert Ran(project, api).outcome == Outcome(found=173, unfound=0, left=0, requests=2)
        assert [question["id_list"].count(",") + 1 for question in api.asked] == [100, 73]


def test_an_id_that_arxiv_refuses_costs_no_other_one(tmp_path: Path) -> None:
    ids = ["2401.00001", "0001.00001", "2401.00002", "2401.09999"]
    links = "".join(f"https://arxiv.org/abs/{name}\n#birds\n" for name in ids)
    project = write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\n{links}"})
    with running_api(KNOWN) as api:
        ran = Ran(project, api)
    assert (ran.outcome.found, ran.outcome.unfound) == (2, 2)
    assert ran.lines[1] == (
        "notes/2024-03-19.txt:4: not found: arXiv:0001.00001 (arXiv refuses the question: incorrect id format for 0001.00001)"
    )
    assert ran.lines[3] == "notes/2024-03-19.txt:8: not found: arXiv:2401.09999 (arXiv does not know this id)"


def test_a_run_that_arXiv_ends_keeps_what_was_found_and_the_next_one_goes_on(project: Path, api: Api) -> None:  # noqa: N802
    api.faults = [fine, fine, *[answers(503)] * ATTEMPTS]
    ran = Ran(project, api)
    assert (ran.outcome.found, ran.outcome.left) == (2, 4)
    assert ran.outcome.stopped == "arXiv answers 503, also after 5 requests; run `digest enrich` again to go on"
    assert [paper.id for paper in papers_of(project)] == ["2401.00001", "2401.00002"]
    again = Ran(project, api)
    assert (again.outcome.found, again.outcome.unfound, again.outcome.left) == (1, 3, 0)
    assert not any("id_list" in question for question in api.asked[2 + ATTEMPTS :])


def test_an_answer_that_cannot_be_read_costs_one_paper_and_is_not_remembered(project: Path, api: Api) -> None:
    api.faults = [fine, *[answers(200, "<feed>")] * ATTEMPTS]
    ran = Ran(project, api)
    assert (ran.outcome.found, ran.outcome.unfound, ran.outcome.left, ran.outcome.stopped) == (2, 3, 1, "")
    assert Ran(project, api).lines == ['notes/2024-03-19.txt:2: arXiv:2401.00001 "Kestrels of Old Towns"']


def test_something_else_that_answers_in_the_place_of_arxiv_ends_the_run(project: Path, api: Api) -> None:
    api.faults = [answers(200, "<html>Sign in</html>")] * 100
    ran = Ran(project, api)
    assert (ran.outcome.found, ran.outcome.unfound, ran.outcome.left) == (0, 0, 6)
    assert ran.outcome.stopped.startswith(
        "arXiv gives no answer that can be read: its answer cannot be read: it is no Atom"
    )
    assert len(api.asked) == 3 * ATTEMPTS


def test_an_empty_feed_that_counts_results_is_asked_for_again(project: Path, api: Api) -> None:
    api.faults = [answers(200, FEED.format(total=1, entries=""))]
    assert Ran(project, api).outcome.found == 3


class Interrupted(Clock):
    """A clock whose owner presses Ctrl-C in the third pause."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if len(self.slept) == 3:
            raise KeyboardInterrupt


def test_ctrl_c_in_a_run_loses_nothing(project: Path, api: Api) -> None:
    clock = Interrupted()
    one = Arxiv("digest/test", api.url, clock=clock, sleep=clock.sleep)
    settings = load_config(project)[0]
    with pytest.raises(KeyboardInterrupt):
        enrich(Project(project, settings), Choice(), one, "2026-11-26", lambda *_: None, lambda _: None)
    assert [paper.id for paper in papers_of(project)] == ["2401.00001", "2401.00002"]
    assert Ran(project, api).outcome.found == 1


def test_what_its_author_edits_during_a_run_is_not_lost(project: Path, api: Api) -> None:
    file = project / "papers.yaml"

    def edit(_handler: Handler) -> bool:
        file.write_text(file.read_text("utf-8").replace('"Owls at Night"', "Owls by Day  # mine"), "utf-8")
        return False

    api.faults = [fine, edit]
    Ran(project, api)
    assert "  title: Owls by Day  # mine\n" in file.read_text("utf-8")
    assert len(papers_of(project)) == 3


def test_drafts_do_not_leave_the_machine(project: Path, api: Api) -> None:
    write_project(
        project, {"notes/240320 Secret.md": "---\ndraft: true\n---\n*Secret Birds of Mine* (Ada Kim, Ben Cho)\n"}
    )
    Ran(project, api, every=True, again=True)
    assert not any("Secret" in str(question) for question in api.asked)


def test_a_record_that_no_entry_uses_is_named(project: Path, api: Api) -> None:
    write_project(project, {"papers.yaml": '# Old.\n"2301.00001":\n  title: "Dodos"\n'})
    assert Ran(project, api).outlook.remarks == ("papers.yaml:2: no entry uses the record `2301.00001`",)


@pytest.mark.parametrize(
    "content", [b"\xff", b'<<<<<<< a\n"2301.00001":\n  title: A\n=======\n"2301.00001":\n  title: B\n>>>>>>> b\n']
)
def test_a_file_that_cannot_be_relied_on_is_not_written_over(project: Path, api: Api, content: bytes) -> None:
    write_project(project, {"papers.yaml": content})
    with pytest.raises(CannotEnrichError):
        Ran(project, api)
    assert (project / "papers.yaml").read_bytes() == content
    assert api.asked == []


def test_a_second_run_at_the_same_time_is_refused(project: Path, api: Api) -> None:
    with project_lock(project, ".digest/papers", "busy"), pytest.raises(LockedError):
        Ran(project, api)


# The command


def test_a_dry_run_lists_the_questions_and_asks_and_writes_nothing(project: Path, api: Api) -> None:
    before = read_tree(project)
    shown = run(project, "enrich", "--dry-run", env={"DIGEST_ARXIV_API": api.url})
    assert shown.exit_code == 0
    assert shown.stdout.split("\n")[:2] == [
        "notes/2024-03-19.txt:6: arXiv:2401.00002",
        'notes/2024-03-19.txt:2: "KESTRELS OF OLD TOWNS"',
    ]
    assert shown.stderr == (
        "1 id and 5 titles to look up, in 6 requests and at least 18 seconds; nothing was asked or written\n"
    )
    assert read_tree(project) == before
    assert api.asked == []


def test_the_command_writes_the_file_and_says_how_much_it_found(tmp_path: Path, api: Api) -> None:
    project = write_project(
        tmp_path, {"notes/2024-03-19.txt": "2024-03-19\nhttps://arxiv.org/abs/2401.00002\n#birds\n"}
    )
    shown = run(project, "enrich", env={"DIGEST_ARXIV_API": api.url})
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == (
        'notes/2024-03-19.txt:2: arXiv:2401.00002 "Owls at Night"\n1 paper found, 0 not found; 1 request\n'
    )
    assert [paper.id for paper in papers_of(project)] == ["2401.00002"]
    assert run(project, "enrich", env={"DIGEST_ARXIV_API": api.url}).stderr == "nothing to look up\n"
    assert api.headers[0]["User-Agent"].startswith("digest/")


def test_mistakes_in_the_file_are_told_and_the_rest_is_done(project: Path, api: Api) -> None:
    write_project(
        project, {"papers.yaml": '"2401.00009":\n  titel: Birds\n', "notes/2024-03-19.txt": "2024-03-19\nA\nb\n#c\n"}
    )
    shown = run(project, "enrich", env={"DIGEST_ARXIV_API": api.url})
    assert shown.exit_code == 1
    assert shown.stdout.startswith("papers.yaml:2:3: error[papers] `titel` is no field of a paper\n")


def test_without_a_network_the_command_says_so(project: Path) -> None:
    shown = run(project, "enrich", env={"DIGEST_ARXIV_API": "http://127.0.0.1:9/"})
    assert shown.exit_code == 1
    assert "127.0.0.1:9 cannot be reached (Connection refused); is this machine offline?" in shown.stderr
    assert "0 papers found, 0 not found, 6 left to ask for; 1 request\n" in shown.stderr
    assert not (project / "papers.yaml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_command_keeps_what_it_found(project: Path, api: Api, by: signal.Signals) -> None:
    waiting = "from digest.web import arxiv; arxiv.PAUSE = 1e6"  # between the first two questions
    env = {**os.environ, "DIGEST_ARXIV_API": api.url}
    with Piped("-C", str(project), "enrich", before=waiting, env=env) as command:
        assert command.stderr.readline().endswith('arXiv:2401.00002 "Owls at Night"\n')
        command.process.send_signal(by)
        rest = command.stderr.read()
        code = command.process.wait(PATIENCE_SECONDS)
    if by == signal.SIGINT:
        assert code == 130
        assert rest == "stopped; what was found is in papers.yaml: run `digest enrich` again to go on\n"
    assert [paper.id for paper in papers_of(project)] == ["2401.00002"]
    asked = len(api.asked)
    assert Ran(project, api).outcome.found == 2
    assert not any("id_list" in question for question in api.asked[asked:])
