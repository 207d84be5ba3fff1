"""`digest serve`: the site on this machine, rebuilt on every change."""

import time
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from .console import (
    Option,
    base_url_option,
    drafts_option,
    find_place,
    in_language,
    language,
    print_diagnostics,
    refuse,
    refuse_option,
    remark,
    require_notes,
    say,
)
from .usage import Command

if TYPE_CHECKING:
    from .diagnostics import Diagnostic


@click.command(cls=Command, help="Serve the site on this machine and rebuild it on every change.")
@click.option(
    "--port",
    cls=Option,
    type=click.IntRange(1, 65535),
    envvar="DIGEST_PORT",
    help="Port to listen on. Default: the first free port from 8000.",
)
@click.option(
    "--host",
    cls=Option,
    metavar="ADDRESS",
    envvar="DIGEST_HOST",
    help="Address to listen on, such as 0.0.0.0 for other machines in the network. Default: 127.0.0.1.",
)
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
@drafts_option
@base_url_option
def serve(*, port: int | None, host: str | None, opens: bool, drafts: bool, base_url: str | None) -> None:
    """Run `digest serve`."""
    from .config import OverrideError, load_config
    from .progress import showing_progress
    from .serve.preview import open_preview
    from .serve.server import (
        HostError,
        PortTakenError,
        address_of,
        is_public,
        open_browser,
        open_socket,
        warn_of_public,
    )
    from .serve.server import serve as serve_site
    from .serve.stopping import listening_for_stop
    from .store.lock import LockedError
    from .store.places import PlaceError
    from .wording import counted, figures

    started = time.perf_counter()
    folder, files = find_place()
    require_notes(folder, load_config(folder, files)[0], files.settings)

    def tell(problems: "Iterable[Diagnostic]", *, is_mended: bool = False) -> None:
        print_diagnostics(problems, "text", strict=False)
        if is_mended:
            remark("no problem is left")

    try:
        with listening_for_stop() as stop, open_socket(port, host) as listener, ExitStack() as opened:
            address = address_of(listener)
            with showing_progress() as progress:
                preview = opened.enter_context(
                    open_preview(
                        folder, drafts=drafts, base_url=base_url, address=address, files=files, progress=progress
                    )
                )
            tell(preview.problems)
            stop.expect()
            if is_public(listener):
                say(in_language(warn_of_public(listener, preview.root)), err=True)
            site = address.removesuffix("/") + preview.root
            done = figures(time.perf_counter() - started, counted(preview.entries, "entry"))
            remark(f"{done}, at {site} (Ctrl-C stops)")
            # Another thread says it, which doesn't know the language of this one.
            sorry = in_language("no browser could be opened; open the address yourself")
            begin = partial(open_browser, site, partial(say, sorry, err=True)) if opens else None
            serve_site(folder, preview, listener, tell, stop, host=host, begin=begin, language=language())
    except OverrideError as error:
        refuse_option(error.setting, error.message, error.hint)
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (HostError, LockedError, PlaceError, PortTakenError, ValueError) as error:
        refuse(str(error))
