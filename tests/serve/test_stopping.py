"""`digest serve` ends in order when a signal asks it to, whenever that comes."""

import signal
import socket
import sys
import time

import pytest

from digest.serve import server
from digest.serve.stopping import Stop, listening_for_stop

from .conftest import Serve

IGNORING = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("seconds", [0, 0.01, 0.05, 0.2])
def test_a_signal_at_any_moment_after_the_address_is_printed_ends_the_server(
    serve: Serve, by: signal.Signals, seconds: float
) -> None:
    served = serve()
    time.sleep(seconds)
    assert served.stop(by) == 0
    assert served.stderr.read() == ""


def test_a_server_that_was_started_with_interrupts_ignored_ends_by_one(serve: Serve) -> None:
    """A shell that has no job control ignores SIGINT in what it starts in the background."""
    assert serve(before=IGNORING).stop(signal.SIGINT) == 0


def test_only_a_second_signal_interrupts_a_server_that_ends_in_order() -> None:
    former = signal.getsignal(signal.SIGTERM)
    with listening_for_stop() as stop:
        stop.expect()
        signal.raise_signal(signal.SIGTERM)
        assert stop.requested
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) is former


def test_a_signal_before_the_server_is_ready_interrupts_at_once() -> None:
    stop = Stop()
    with pytest.raises(KeyboardInterrupt):
        stop.take(signal.SIGTERM, None)
    assert stop.requested


def test_a_port_is_shared_on_no_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows SO_REUSEADDR would let two servers share one."""
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", -5, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert server._address_option() == -5
    monkeypatch.setattr(sys, "platform", "darwin")
    assert server._address_option() == socket.SO_REUSEADDR
