"""Engines by name, found by entry point."""

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import cast

from interpret.engine import ENTRY_POINTS, Engine, EngineFactory
from lang.errors import UnsupportedError
from workspace.workspace import Workspace


def engine_names() -> list[str]:
    """The names of the engines that are installed."""
    return sorted(entry_points(group=ENTRY_POINTS).names)


def open_engine(name: str, options: Mapping[str, str], workspace: Workspace) -> Engine:
    """An engine, ready to be asked; UnsupportedError where none has this name or what it needs is not installed."""
    for entry in entry_points(group=ENTRY_POINTS, name=name):
        try:
            factory = cast(EngineFactory, entry.load())
        except ImportError as error:
            raise UnsupportedError(f"The engine {name} cannot be loaded ({error}).", f"Install it: yuqiao[{name}].") from error
        return factory(options, workspace)
    raise UnsupportedError(f"There is no engine {name!r}.", f"Choose one of: {', '.join(engine_names()) or 'none is installed'}.")
