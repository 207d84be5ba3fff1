"""A project's folder -> the redirects of its old addresses, without building its site."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ..diagnostics import Diagnostic
from ..parallel.workers import Workers
from ..plugins.found import PluginError, find_plugins
from ..site.host_redirects import HostRedirect, list_redirects
from ..store.cache import Cache
from .arrange import Surroundings, arrange
from .build import Project
from .files import NamedFiles
from .memory import read_memory
from .read import Notebook


def find_redirects(project: Project) -> tuple[tuple[HostRedirect, ...], tuple[Diagnostic, ...]]:
    """Read all notes and return the redirects of old addresses, and the problems without which there may be more of them."""
    folder, config = project.folder, project.config
    with TemporaryDirectory() as place, Cache.open(Path(place), "") as cache:
        try:
            plugins = find_plugins(folder, config.plugins)
            notebook = Notebook(folder, cache, plugins)
            sources = notebook.read(config, Workers())
            if not sources.complete:
                return (), project.files.name_all(sources.diagnostics)
            memory = read_memory(folder, project.files.lock)
            if isinstance(memory, Diagnostic):
                return (), project.files.name_all([memory])
            cards = [card for card in notebook.cards() if not card.draft]
            around = Surroundings(NamedFiles(folder, config, cache), tuple, settings=project.files.settings)
            arranged = arrange(folder, config, cards, around, plugins, memory.lock)
        except PluginError as error:
            return (), project.files.name_all([error.diagnostic])
        problems = [problem for problem in arranged.by_hand.problems if problem.code == "old-address"]
        return list_redirects(arranged.old_addresses, arranged.site.root), project.files.name_all(problems)
