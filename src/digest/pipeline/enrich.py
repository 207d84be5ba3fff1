"""A project's folder -> papers.yaml: papers are looked up on arXiv, and what is sure is written down.

The file is written after every answer, and what arXiv doesn't have is remembered, so a run that is stopped loses nothing and
the next one goes on where it ended.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from pathlib import Path

from msgspec import Struct, structs

from ..config import CACHE_FOLDER
from ..diagnostics import Diagnostic, DiagnosticError
from ..model import Entry, NoteFile
from ..notes.discover import read_note
from ..papers.atom import Feed, parse_feed
from ..papers.matching import Match, match_paper
from ..papers.parsing import Record, read_record, split_records
from ..papers.questions import BATCH, RESULTS, Plan, Question, phrase_query, plan_questions, words_query
from ..papers.record import FILE_NAME, Paper
from ..papers.writing import add_papers
from ..plugins.found import find_plugins
from ..store.lock import project_lock
from ..store.lock_file import write_lock_file
from ..web.arxiv import PAUSE, Arxiv, GarbledError, RefusedError, StoppedError
from ..web.unfound import Unfound, UnfoundPapers, open_unfound, read_unfound
from ..wording import counted
from .build import Project
from .job import Progress
from .papers import decode_papers, parse_content, read_papers
from .prepare import parse_with
from .read import note_rules, scan_notes

MEMORY_FOLDER = f"{CACHE_FOLDER}/papers"
ACTIVITY = "another `digest enrich` is at work here"
AGAIN = "run `digest enrich` again to go on"
GARBLED = 3
"""After so many questions in a row without a readable answer, something else than arXiv is answering."""

Tell = Callable[[str], None]


class CannotEnrichError(DiagnosticError):
    """papers.yaml cannot be relied on, so nothing is added to it."""


class Choice(Struct, frozen=True):
    """What to look up: with `every`, also papers that lack nothing visible; with `again`, also what arXiv did not have."""

    every: bool = False
    again: bool = False


class Outlook(Struct, frozen=True):
    """What a run would ask: the `plan` without what is `known` not to be on arXiv, the mistakes in papers.yaml, and remarks."""

    plan: Plan
    known: int
    mistakes: tuple[Diagnostic, ...]
    remarks: tuple[str, ...]

    def describe(self) -> Iterator[str]:
        """Yield a line for each question."""
        for question in (*self.plan.ids, *self.plan.titles):
            yield f"{_place(question)}: {_named(question)}"

    @property
    def summary(self) -> str:
        """One line that says how much there is to ask, and how long it takes at least."""
        ids, titles = len(self.plan.ids), len(self.plan.titles)
        requests = -(-ids // BATCH) + titles
        minutes = requests * PAUSE / 60
        time = f"{minutes:,.0f} minutes" if minutes >= 2 else f"{requests * PAUSE:,.0f} seconds"
        questions = f"{counted(ids, 'id')} and {counted(titles, 'title')}"
        return f"{questions} to look up, in {counted(requests, 'request')} and at least {time}"


class Outcome(Struct, frozen=True):
    """What a run did: how many papers it `found`, how many arXiv does not have, and how many are `left` to ask for.

    `stopped` says why it ended early, or is empty.
    """

    found: int
    unfound: int
    left: int
    requests: int
    stopped: str = ""

    @property
    def summary(self) -> str:
        """One line of counts."""
        left = f", {self.left:,} left to ask for" if self.left else ""
        found = f"{counted(self.found, 'paper')} found, {self.unfound:,} not found"
        return f"{found}{left}; {counted(self.requests, 'request')}"


def look_ahead(project: Project, choice: Choice) -> Outlook:
    """Return what a run would ask; asks and writes nothing. Raises CannotEnrichError, OSError and PluginError."""
    outlook = _survey(project, choice)
    unfound = {each.question for each in read_unfound(project.folder, MEMORY_FOLDER)}
    return outlook if choice.again else _without(unfound, outlook)


def _survey(project: Project, choice: Choice) -> Outlook:
    """Read papers.yaml and all notes, and return everything that is open."""
    content = read_papers(project.folder)
    parsed = parse_content(content or b"")
    if isinstance(parsed, Diagnostic):
        raise CannotEnrichError(parsed)
    records = _read_records(content)
    plan = plan_questions(_read_entries(project), records, every=choice.every)
    remarks = (f"{FILE_NAME}:{records[name].chunk.line + 1}: no entry uses the record `{name}`" for name in plan.unused)
    return Outlook(plan, 0, parsed[1], tuple(remarks))


def _without(unfound: Set[str], outlook: Outlook) -> Outlook:
    """Return an outlook without the questions that had no answer before."""
    plan = outlook.plan
    ids = tuple(question for question in plan.ids if question.key not in unfound)
    titles = tuple(question for question in plan.titles if question.key not in unfound)
    known = len(plan.ids) + len(plan.titles) - len(ids) - len(titles)
    return structs.replace(outlook, plan=structs.replace(plan, ids=ids, titles=titles), known=known)


def _read_records(content: bytes | None) -> dict[str, Record]:
    """Return the first record of each id."""
    text = (content or b"").decode("utf-8-sig").replace("\r\n", "\n")
    records = [read_record(chunk) for chunk in split_records(text)]
    return {record.paper.id: record for record in reversed(records) if record.paper}


def _read_entries(project: Project) -> Iterator[Entry]:
    """Yield the entries of all notes as their authors wrote them."""
    plugins = find_plugins(project.folder, project.config.plugins)
    rules = note_rules(project.config)
    for path in sorted(scan_notes(project.folder, project.config)):
        note = read_note(project.folder, path)
        if isinstance(note, NoteFile):  # a build reports files that cannot be read
            yield from parse_with(plugins, note, rules).entries


def enrich(
    project: Project, choice: Choice, arxiv: Arxiv, today: str, progress: Progress, tell: Tell
) -> tuple[Outlook, Outcome]:
    """Look up all papers that are still open and write papers.yaml. `tell` is called with a line for each result.

    Raises CannotEnrichError, LockedError if another run is at work, PlaceError, PluginError and OSError. Ctrl-C may end it at any
    moment.
    """
    with project_lock(project.folder, MEMORY_FOLDER, ACTIVITY):
        outlook = _survey(project, choice)
        open_questions = (question.key for question in (*outlook.plan.ids, *outlook.plan.titles))
        with open_unfound(project.folder, MEMORY_FOLDER, open_questions) as unfound:
            if not choice.again:
                outlook = _without(unfound.questions(), outlook)
            return outlook, _Run(project.folder, arxiv, unfound, today, progress, tell).ask(outlook.plan)


class _Run:
    """One run: asks, writes and tells."""

    def __init__(
        self, folder: Path, arxiv: Arxiv, unfound: UnfoundPapers, today: str, progress: Progress, tell: Tell
    ) -> None:
        self._folder = folder
        self._arxiv = arxiv
        self._unfound = unfound
        self._today = today
        self._progress = progress
        self._tell = tell
        self._total = self._found = self._missing = self._garbled = self._passed_over = 0

    def ask(self, plan: Plan) -> Outcome:
        """Ask all questions of a plan, unless arXiv stops answering."""
        self._total, stopped = len(plan.ids) + len(plan.titles), ""
        self._count()
        try:
            for start in range(0, len(plan.ids), BATCH):
                self._ask_for_ids(plan.ids[start : start + BATCH])
            for question in plan.titles:
                self._ask_for_title(question)
        except StoppedError as error:
            stopped = f"{error}; {AGAIN}"
        left = self._total - self._found - self._missing
        return Outcome(self._found, self._missing, left, self._arxiv.requests, stopped)

    def _ask_for_ids(self, questions: Sequence[Question]) -> None:
        """Look up papers by their ids. If a list has no answer, look up its halves, to find the id that is the cause."""
        names = [question.id for question in questions]
        try:
            feed = self._ask({"id_list": ",".join(names), "max_results": len(names)})
        except (RefusedError, GarbledError) as error:
            if len(questions) == 1:
                self._give_up(questions[0], error)
                return
            middle = len(questions) // 2
            self._ask_for_ids(questions[:middle])
            self._ask_for_ids(questions[middle:])
            return
        papers = {paper.id: paper for paper in feed.papers}
        self._write([_kept(papers[question.id], question) for question in questions if question.id in papers])
        for question in questions:
            if question.id in papers:
                self._tell_found(question, papers[question.id])
            else:
                self._keep_unfound(question, "arXiv does not know this id")

    def _ask_for_title(self, question: Question) -> None:
        """Look up a paper by its title as a phrase and, if that is not enough, by its author and single words."""
        match, papers = Match(None, "its title has no words to ask for"), list[Paper]()
        for query in (phrase_query(question.title), words_query(question.title, question.authors)):
            if not query:
                continue
            try:
                papers += self._ask({"search_query": query, "start": 0, "max_results": RESULTS}).papers
            except (RefusedError, GarbledError) as error:
                self._give_up(question, error)
                return
            match = match_paper(question.title, question.authors, papers)
            if match.paper or match.is_doubtful:
                break
        if match.paper:
            self._write([_kept(match.paper, question)])
            self._tell_found(question, match.paper)
        else:
            self._keep_unfound(question, match.reason)

    def _give_up(self, question: Question, error: RefusedError | GarbledError) -> None:
        """Count a question without an answer. One that arXiv refuses is not asked again; the next run asks any other."""
        if isinstance(error, RefusedError):
            self._keep_unfound(question, f"arXiv refuses the question: {error}")
        else:
            self._passed_over += 1
            self._tell(f"{_place(question)}: not looked up: {_named(question)} ({error})")
            self._count()

    def _ask(self, question: dict[str, str | int]) -> Feed:
        try:
            feed = self._arxiv.ask(question, partial(_read_feed, today=self._today))
        except GarbledError as error:
            self._garbled += 1
            if self._garbled == GARBLED:
                raise StoppedError(f"arXiv gives no answer that can be read: {error}") from error
            raise
        self._garbled = 0
        if feed.refusal:
            raise RefusedError(feed.refusal)
        return feed

    def _write(self, papers: Sequence[Paper]) -> None:
        """Add papers to papers.yaml as it is now: its author may have edited it while arXiv was asked."""
        if not papers:
            return
        text = decode_papers(read_papers(self._folder) or b"")
        if isinstance(text, Diagnostic):
            raise CannotEnrichError(text)
        write_lock_file(self._folder, FILE_NAME, add_papers(text, papers).encode())

    def _tell_found(self, question: Question, paper: Paper) -> None:
        self._found += 1
        if question.abstract and not paper.abstract:
            self._unfound.keep(Unfound(question.key, "arXiv has no abstract of it", self._today))
        self._tell(f'{_place(question)}: arXiv:{paper.id} "{paper.title}"')
        self._count()

    def _keep_unfound(self, question: Question, reason: str) -> None:
        self._missing += 1
        self._unfound.keep(Unfound(question.key, reason, self._today))
        self._tell(f"{_place(question)}: not found: {_named(question)} ({reason})")
        self._count()

    def _count(self) -> None:
        self._progress("look up", self._found + self._missing + self._passed_over, self._total)


def _read_feed(content: bytes, today: str) -> Feed:
    feed = parse_feed(content, today)
    if feed.total and not feed.papers and not feed.refusal:
        raise ValueError("it is empty, but counts results")  # arXiv does so when it is busy
    return feed


def _kept(paper: Paper, question: Question) -> Paper:
    """Return what papers.yaml keeps of a paper: the abstract only if the entry has no text of its own."""
    return paper if question.abstract else structs.replace(paper, abstract="")


def _place(question: Question) -> str:
    return f"{question.source.path}:{question.source.first_line}"


def _named(question: Question) -> str:
    return f"arXiv:{question.id}" if question.id else f'"{question.title}"'
