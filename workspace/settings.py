"""What the user likes, kept between runs in a small JSON file. Losing it loses nothing else."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

ENVIRONMENT: Final = "YUQIAO_SETTINGS"


class Settings:
    """Named texts in a file; with no path they are not kept. A file that cannot be read counts as empty."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._values: dict[str, str] = {}
        if path is not None:
            with suppress(OSError, ValueError):
                read = json.loads(path.read_text(encoding="utf-8"))
                if isinstance(read, dict):
                    self._values = {str(name): value for name, value in read.items() if isinstance(value, str)}

    @classmethod
    def of_user(cls) -> Self:
        """Those of YUQIAO_SETTINGS, else of the user's folder for settings."""
        given = os.environ.get(ENVIRONMENT)
        if given:
            return cls(Path(given))
        from platformdirs import user_config_path

        return cls(user_config_path("yuqiao", appauthor=False) / "settings.json")

    def get(self, name: str, otherwise: str) -> str:
        """A value, or another where it is not set."""
        return self._values.get(name, otherwise)

    def keep(self, values: Mapping[str, str]) -> None:
        """Set values and write all down; where that cannot be done they are not kept, which is no reason to stop."""
        changed = {**self._values, **values}
        if self.path is None or changed == self._values:
            return
        self._values = changed
        partial = self.path.with_name(self.path.name + ".partial")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(self._values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            partial.replace(self.path)
