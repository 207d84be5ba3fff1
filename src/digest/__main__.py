"""Run the command line by `python -m digest`."""

from .cli import run

run()
