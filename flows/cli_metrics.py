"""`stancewatch metrics`: figures for Prometheus."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(metrics)


def metrics(
    *,
    serve: Annotated[str, typer.Option(metavar="HOST:PORT", help="Serve them there; :PORT is this machine only.")] = "",
    textfile: Annotated[Path | None, typer.Option(metavar="FILE", help="Write them there, at one stroke.")] = None,
) -> None:
    """Print figures for Prometheus.

    On runs, stages, articles, alerts, feeds, files and disk, in its text format.

    They are read from the published file: a scrape never waits for a run, nor a run for a scrape.

    Example: stancewatch metrics --serve 127.0.0.1:9464
    """
    from flows.metrics import render_metrics, serve_metrics, write_metrics
    from flows.settings import locate

    places = locate()
    if serve and textfile:
        sys.stderr.write("stancewatch: --serve and --textfile exclude each other; give one\n")
        raise typer.Exit(2)
    if textfile:
        write_metrics(places, textfile)
    elif serve:
        address, thread = serve_metrics(places, serve)
        sys.stderr.write(f"stancewatch: metrics at {address} until interrupted\n")
        with contextlib.suppress(KeyboardInterrupt):
            thread.join()
    else:
        sys.stdout.write(render_metrics(places))
