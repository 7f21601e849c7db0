"""yuqiao stats, backup, refresh, doctor, completion."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cli.options import dry_run_option, json_option
from cli.output import emit, emit_json, progress, styled
from glossary.concept import Concept
from workspace.workspace import Workspace

_NAMED = 10
_LEFT = {
    "changed": "since you changed it or gave its identifier to another",
    "deleted": "since you deleted it or made it part of another",
    "own": "since you have written the same yourself",
}


@click.command("stats")
@json_option
@click.pass_obj
def stats_command(db: str | None, *, as_json: bool) -> None:
    """Count what the database holds.

    \b
    Examples:
      yuqiao stats
      yuqiao --db project.db stats --json
    """
    with Workspace.open(db) as workspace:
        totals: dict[str, object] = {
            "database": str(workspace.path),
            "bytes": workspace.path.stat().st_size,
            **workspace.term_store.totals(),
            "pairs": workspace.memory.count(),
            "domains": workspace.term_store.domains(),
        }
    if as_json:
        emit_json(totals)
        return
    for name, value in totals.items():
        if isinstance(value, dict):
            emit(f"{name}:")
            for part, count in value.items():
                emit(f"  {part or '(none)'}: {count:,}")
        else:
            emit(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--overwrite", is_flag=True, help="Replace FILE where it exists.")
@json_option
@click.pass_obj
def backup_command(db: str | None, file: Path, *, overwrite: bool, as_json: bool) -> None:
    """Write a whole copy of the database, also while others work on it. To use it: yuqiao --db FILE.

    \b
    Examples:
      yuqiao backup friday.db
      yuqiao backup --overwrite latest.db
    """
    with Workspace.open(db) as workspace:
        size = workspace.backup(file, overwrite=overwrite)
    if as_json:
        emit_json({"file": str(file), "bytes": size})
    else:
        emit(f"{file}: {size:,} bytes")


@click.command("refresh")
@dry_run_option
@json_option
@click.pass_obj
def refresh_command(db: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Bring the curated concepts and pairs of this version into a database that an older one filled.

    What you have changed, deleted or written yourself stays so. yuqiao undo takes the concepts back, yuqiao tm undo the pairs.

    \b
    Examples:
      yuqiao refresh --dry-run
      yuqiao --db project.db refresh
    """
    with Workspace.open(db) as workspace, progress("Written") as report:
        concepts, pairs = workspace.refresh(dry_run=dry_run, progress=report)
    done = {"added": concepts.added, "updated": concepts.updated, "removed": concepts.removed}
    left = {"changed": concepts.changed, "deleted": concepts.deleted, "own": concepts.own}
    if as_json:
        emit_json(
            {
                **{what: [concept.key for concept in found] for what, found in done.items()},
                "kept": {why: [concept.key for concept in found] for why, found in left.items()},
                "pairs": {"added": pairs.added, "moved": pairs.moved, "removed": pairs.removed},
                **({"dry_run": True} if dry_run else {}),
            }
        )
        return
    would = "would be " if dry_run else ""
    for what, found in done.items():
        emit(f"concepts {would}{what}: {len(found):,}{_names(found)}")
    emit(f"pairs {would}added: {pairs.added:,}; moved: {pairs.moved:,}; removed: {pairs.removed:,}")
    for why, found in left.items():
        if found:
            emit(f"left as it is, {_LEFT[why]}: {len(found):,}{_names(found)}")


def _names(concepts: Sequence[Concept]) -> str:
    names = [texts[0] if (texts := concept.texts("zh")) else concept.key for concept in concepts[:_NAMED]]
    return f" ({', '.join(names)}{', ...' if len(concepts) > _NAMED else ''})" if names else ""


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Compute the look-up keys of all terms anew.")
@json_option
@click.pass_obj
def doctor_command(db: str | None, *, repair: bool, as_json: bool) -> None:
    """Check the installation and the database; exit status 1 where something is wrong.

    \b
    Examples:
      yuqiao doctor
      yuqiao --db project.db doctor --json
    """
    from workspace.doctor import examine

    if repair:
        with Workspace.open(db) as workspace:
            workspace.term_store.rebuild_keys()
    checks = list(examine(db))
    ok = all(check.ok for check in checks)
    if as_json:
        emit_json({"ok": ok, "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]})
    else:
        for check in checks:
            emit(f"{styled('ok ', 'green') if check.ok else styled('BAD', 'red')} {check.name}: {check.detail}")
    sys.exit(0 if ok else 1)


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print what makes a shell complete yuqiao's commands and options.

    \b
    Examples:
      eval "$(yuqiao completion bash)"
      yuqiao completion fish > ~/.config/fish/completions/yuqiao.fish
    """
    from click.shell_completion import get_completion_class

    from cli.main import main

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"No completion for {shell}.")
    emit(kind(main, {}, "yuqiao", "_YUQIAO_COMPLETE").source())
