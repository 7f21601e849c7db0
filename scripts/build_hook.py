"""For hatchling: a package is built with a database that a new one is a copy of, so that the first command need not fill one."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PreparedDatabase(BuildHookInterface):
    """Puts the prepared database into the wheel, though no version control has it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Prepare the database; without what that needs (pip's --no-build-isolation) the package does without it."""
        sys.path.insert(0, self.root)
        try:
            from workspace.prepared import prepare

            prepare()
        except ImportError as error:
            self.app.display_warning(f"No database is prepared ({error}): the first command on a new one will take seconds.")
        finally:
            sys.path.remove(self.root)
        build_data["artifacts"].append("/workspace/prepared/*.db")
