"""A server on this machine that answers as the arXiv API does, and remembers how it was asked."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from digest.papers.record import Paper

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <id>http://arxiv.org/api/query</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>
{entries}
</feed>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}v{version}</id>
    <updated>2024-03-20T10:00:00Z</updated>
    <published>{published}T10:00:00Z</published>
    <title>{title}</title>
    <summary>  {abstract}
</summary>
{authors}
    {doi}
    <link href="http://arxiv.org/abs/{id}v{version}" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="{primary}"/>
{categories}
  </entry>"""
ERROR = """  <entry>
    <id>http://arxiv.org/api/errors#{name}</id>
    <title>Error</title>
    <summary>{reason}</summary>
  </entry>"""


def entry_of(paper: Paper) -> str:
    doi = f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(paper.doi)}</arxiv:doi>' if paper.doi else ""
    return ENTRY.format(
        id=paper.id,
        version=paper.version or 1,
        published=paper.published or "2024-03-19",
        title=escape(paper.title),
        abstract=escape(paper.abstract),
        authors="\n".join(f"    <author><name>{escape(name)}</name></author>" for name in paper.authors),
        doi=doi,
        primary=next(iter(paper.categories), "cs.CL"),
        categories="\n".join(f'    <category term="{term}"/>' for term in paper.categories or ("cs.CL",)),
    )


def feed_of(papers: Iterable[Paper], total: int | None = None) -> str:
    entries = [entry_of(paper) for paper in papers]
    return FEED.format(total=len(entries) if total is None else total, entries="\n".join(entries))


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


class Api:
    """The papers that the API knows, the questions that it was asked, and the faults of its next answers."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self.papers = {paper.id: paper for paper in papers}
        self.asked: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[Fault] = []
        self.most_at_once = 0
        self.url = ""
        self._titles = [(words_of(paper.title), paper) for paper in self.papers.values()]
        self._now = 0
        self._guard = threading.Lock()

    def begin(self) -> None:
        """Count a request that is under way from now on."""
        with self._guard:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def end(self) -> None:
        """Count a request that is about to be answered, before the client can make the next one."""
        with self._guard:
            self._now -= 1

    def answer(self, question: dict[str, str]) -> str:
        most = int(question.get("max_results", "10"))
        if "id_list" in question:
            names = question["id_list"].split(",")
            if wrong := next((name for name in names if name.startswith("00")), None):
                reason = f"incorrect id format for {wrong}"
                return FEED.format(total=1, entries=ERROR.format(name="incorrect_id", reason=reason))
            return feed_of([self.papers[name] for name in names if name in self.papers][:most])
        found = [paper for words, paper in self._titles if self._fits(words, paper, question["search_query"])]
        return feed_of(found[:most], len(found))

    def _fits(self, words: list[str], paper: Paper, query: str) -> bool:
        if phrase := re.fullmatch(r'ti:"(.*)"', query):
            return f" {' '.join(words_of(phrase[1]))} " in f" {' '.join(words)} "
        families = [name.casefold().split()[-1] for name in paper.authors]
        terms = [term.partition(":") for term in query.split(" AND ")]
        return all(value.casefold() in (families if field == "au" else words) for field, _, value in terms)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: Api

    def do_GET(self) -> None:
        self.api.begin()
        question = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.api.asked.append(question)
        self.api.headers.append(dict(self.headers))
        if not (self.api.faults and self.api.faults.pop(0)(self)):
            self.send(200, self.api.answer(question).encode())

    def end_headers(self) -> None:
        self.api.end()
        super().end_headers()

    def send(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        pass


Fault = Callable[[Handler], bool]
"""What to do in place of an answer; returns False to answer as usual."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        pass  # a client that leaves early is what some tests are about


def answers(status: int, content: str = "", **headers: str) -> Fault:
    """Return the fault of another answer."""

    def fault(handler: Handler) -> bool:
        handler.send(status, content.encode(), **headers)
        return True

    return fault


def fine(_handler: Handler) -> bool:
    """Answer as usual."""
    return False


@contextmanager
def running_api(papers: Iterable[Paper] = ()) -> Iterator[Api]:
    """Run an API that knows some papers on a free port."""
    api = Api(papers)
    with _Server(("127.0.0.1", 0), type("Pages", (Handler,), {"api": api})) as server:
        api.url = f"http://127.0.0.1:{server.server_address[1]}/api/query"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield api
        finally:
            server.shutdown()
            thread.join()


class Clock:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
