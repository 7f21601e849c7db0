"""The memory's tables, as migrations of sqlite-utils: each function runs once on a database, in this order."""

from typing import Final

from sqlite_utils import Database, Migrations

migrations: Final = Migrations("memory")


@migrations()
def create_memory(database: Database) -> None:
    """Aligned units with their folded segments."""
    text = dict.fromkeys(("source", "target", "source_lang", "target_lang", "origin", "domain"), str)
    folded = {"folded_source": str, "folded_target": str}
    database.table("unit").create({"id": int, **text, **folded}, pk="id", not_null={*text, *folded})
