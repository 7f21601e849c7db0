"""yuqiao interpret: prompts and English while a speech is heard."""

import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

import click

from cli.interpret_input import Interruption, heard
from cli.options import engine_options_of, json_option
from cli.output import emit, emit_json, forget_output, note, outlive_readers, styled
from interpret.address import host_and_port
from interpret.log import VERSION, LogWriter, Record
from interpret.sink import Sink
from lang.errors import YuqiaoError
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpret.engine import Engine, Output
    from interpret.hypothesis import Hypothesis
    from interpret.prompt import Prompts
    from interpret.session import Session

# Subcommand -> module; what is none of these is the file that `live` reads.
_MODULES: Final = {
    "live": "cli.interpret",
    "report": "cli.interpret_report",
    "prepare": "cli.interpret_prepare",
    "pack": "cli.interpret_pack",
}


class _LiveGroup(click.Group):
    """`interpret FILE` is `interpret live FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args[:1] != ["--help"] and (not args or args[0] not in _MODULES):
            args = ["live", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _MODULES.get(cmd_name)
        return None if module is None else cast(click.Command, getattr(import_module(module), f"{cmd_name}_command"))


@click.group("interpret", cls=_LiveGroup)
def interpret_command() -> None:
    """Follow a speech: terms, numbers, matches and English as it is heard; `interpret live --help` has the options.

    \b
    Examples:
      recogniser | yuqiao interpret - --log speech.jsonl
      yuqiao interpret speech.zh.txt --pace --speed 20
    """


@click.command("live")
@click.argument("file", type=click.Path(allow_dash=True), default="-")
@click.option("--engine", "engine_name", default="memory", show_default=True, help="What translates; none for prompts alone.")
@click.option("--engine-option", "engine_options", multiple=True, metavar="NAME=VALUE", help="A setting of the engine.")
@click.option("--enforce", is_flag=True, help="Ask the engine once more for terms and numbers it missed, then patch them in.")
@click.option("--from", "source", type=click.Choice(["zh", "en"]), help="The language of the speech, where it is not found out.")
@click.option("--recogniser", help="Whose output it is, where it is not told by the first line.")
@click.option("--follow", is_flag=True, help="Go on reading a file that grows.")
@click.option("--listen", metavar="[HOST:]PORT", help="Read what recognisers send to a WebSocket here.")
@click.option("--pace", is_flag=True, help="Replay a transcript at speaking speed.")
@click.option(
    "--speed", type=click.FloatRange(min=0.01), default=1.0, show_default=True, help="How many times faster than spoken."
)
@click.option("--partials", is_flag=True, help="Show prompts of what is not finished, too (always with --json).")
@click.option("--approved", is_flag=True, help="Leave out terms that are only proposed.")
@click.option("--log", "log_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole session to a log.")
@click.option("--resume", is_flag=True, help="Go on with the session of the log.")
@click.option("--srt", type=click.Path(dir_okay=False, path_type=Path), help="Write subtitles as SRT.")
@click.option("--vtt", type=click.Path(dir_okay=False, path_type=Path), help="Write subtitles as WebVTT.")
@click.option("--audience", metavar="[HOST:]PORT", help="Serve a page with captions for the big screen.")
@click.option("--token", default="", help="What the page's address must have; made up where it is served to others.")
@json_option
@click.pass_obj
def live_command(
    db: str | None,
    file: str,
    engine_name: str,
    engine_options: tuple[str, ...],
    source: Literal["zh", "en"] | None,
    recogniser: str | None,
    listen: str | None,
    speed: float,
    log_path: Path | None,
    srt: Path | None,
    vtt: Path | None,
    audience: str | None,
    token: str,
    *,
    enforce: bool,
    follow: bool,
    pace: bool,
    partials: bool,
    approved: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """Follow a speech: for each segment its terms, numbers, best match, and what the engine makes of it.

    Reads plain lines, or what whisper.cpp, whisper_streaming, SimulStreaming, simulstream, sherpa-onnx or FunASR print; -
    reads standard input as it comes, ws://HOST:PORT/ a server's messages. With --json one record a line, as in the log.
    Ctrl-C ends the speech; what was heard is still translated, and a second Ctrl-C gives that up.

    \b
    Examples:
      recogniser | yuqiao interpret - --log speech.jsonl --srt speech.srt
      yuqiao interpret --listen 9000 --json
    """
    from interpret.engines import open_engine
    from interpret.log import read_past
    from interpret.prompting import Prompter
    from interpret.records import RecordSink
    from interpret.resuming import after, said_again
    from interpret.session import Session

    if resume and log_path is None:
        raise YuqiaoError("--resume goes on with a log, and none is named.", "Name it with --log.")
    if listen is not None and file != "-":
        raise YuqiaoError(f"Both {file} and --listen are named.", "A speech comes from one of them.")
    options = engine_options_of(engine_options)
    # A server or screen that goes away must not take the session with it.
    outlive_readers()
    with ExitStack() as stack:
        workspace = stack.enter_context(Workspace.open(db))
        prompter = Prompter(workspace, source=source, approved=approved)
        engine: Engine | None = None
        if engine_name != "none":
            engine = open_engine(engine_name, options, workspace)
            stack.callback(engine.close)
        past = read_past(log_path) if resume and log_path is not None and log_path.exists() else None
        # A session that is gone on with goes on on its own clock.
        began = time.monotonic_ns() - int((past.at_ms if past else 0) * 1e6)
        screen = RecordSink(_print_record, began) if as_json else _TextSink(partials=partials)
        sinks: list[Sink] = [screen, *_file_sinks(stack, log_path, {"srt": srt, "vtt": vtt}, began, resume=resume)]
        if audience is not None:
            sinks.append(_audience_sink(stack, audience, token))
        session = Session(prompter, engine, sinks, enforce=enforce)
        session.begin(_about(engine_name, source, file, workspace))
        interruption = Interruption()
        hypotheses = heard(
            stack,
            interruption,
            file,
            recogniser=recogniser,
            listen=listen,
            follow=follow,
            speed=speed if pace or speed != 1.0 else None,
            tell=session.tell,
        )
        if past is not None:
            prompter.heard_before(past.concepts, past.segments - 1)
            hypotheses = chain(said_again(past), after(past, hypotheses))
            note(f"{past.segments} segments were heard before; {len(past.open)} of them are translated now.")
        try:
            session.run(_noting(interruption, session, hypotheses))
        except BrokenPipeError:
            session.cancel()
            forget_output()
        except BaseException:
            session.cancel()
            raise
        _say_behind(session)
    if not session.segments:
        note("Nothing was said.")
    sys.exit(0 if session.segments else 1)


def _audience_sink(stack: ExitStack, place: str, token: str) -> "Sink":
    from interpret.audience import Audience
    from interpret.audience_sink import AudienceSink

    host, port = host_and_port(place, "--audience")
    audience = Audience(host, port, token)
    stack.callback(audience.close)
    note(f"Captions: {audience.url}")
    return AudienceSink(audience)


def _about(engine_name: str, source: str | None, file: str, workspace: Workspace) -> dict[str, object]:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "version": VERSION,
        "started": started,
        "engine": engine_name,
        "source": source or "",
        "input": file,
        "database": workspace.path.name,
    }


def _noting(interruption: Interruption, session: "Session", hypotheses: "Iterator[Hypothesis]") -> "Iterator[Hypothesis]":
    yield from hypotheses
    if interruption.over and session.behind:
        note(f"The speech is over; {session.behind} segments are still to be translated. Ctrl-C again gives them up.")


def _say_behind(session: "Session") -> None:
    if session.behind:
        note(f"{session.behind} segments were not translated.")


def _file_sinks(
    stack: ExitStack, log_path: Path | None, subtitles: dict[Literal["srt", "vtt"], Path | None], began: int, *, resume: bool
) -> "list[Sink]":
    from interpret.records import RecordSink, SubtitleSink

    sinks: list[Sink] = []
    try:
        if log_path is not None:
            if log_path.exists() and log_path.stat().st_size and not resume:
                raise YuqiaoError(f"{log_path} exists.", "Go on with it by --resume, or choose another name.")
            sinks.append(RecordSink(stack.enter_context(LogWriter(log_path)).write, began))
        for kind, path in subtitles.items():
            if path is not None:
                subtitle = SubtitleSink(path, kind, began, resume=resume)
                stack.callback(subtitle.close)
                sinks.append(subtitle)
    except OSError as error:
        raise YuqiaoError(f"{error.filename}: cannot be written ({error.strerror}).") from error
    return sinks


def _print_record(record: Record) -> None:
    emit_json(record)
    sys.stdout.flush()


class _TextSink(Sink):
    """Prints prompts to be read; what was shown before is dim."""

    def __init__(self, *, partials: bool) -> None:
        self._partials = partials

    def prompted(self, prompts: "Prompts") -> None:
        if not prompts.final and not self._partials:
            return
        mark = "" if prompts.final else " ..."
        emit(styled(f"{prompts.segment + 1}: {prompts.text}{mark}", "dim"))
        lines = [
            (term.start, f"  {styled(term.text, 'bold') if term.first else term.text} = {'; '.join(term.renderings[:2])}")
            for term in prompts.terms
        ]
        lines += [(number.start, f"  {styled(number.text, 'bold')} = {number.rendering}") for number in prompts.numbers]
        for line in dict.fromkeys(line for _, line in sorted(lines)):
            emit(line)
        if prompts.match:
            warning = " (other numbers)" if prompts.match.numbers_differ else ""
            emit(f"  {prompts.match.score:.2f} {prompts.match.kind}{warning}: {prompts.match.target}")
        sys.stdout.flush()

    def answered(self, output: "Output") -> None:
        if output.text:
            emit(f"{output.segment + 1} {styled('>', 'bold')} {output.text}")
        for missed in (*output.missed_terms, *output.missed_numbers):
            emit(styled(f"{output.segment + 1}   missing: {missed}", "yellow"))
        if output.reason:
            note(f"{output.segment + 1}: {output.reason}")
        sys.stdout.flush()

    def told(self, text: str, at_ns: int) -> None:  # noqa: ARG002 (a sink's)
        note(text)
