"""The term base's tables, as migrations of sqlite-utils: each function runs once on a database, in this order."""

from typing import Final

from sqlite_utils import Database, Migrations

from glossary.keys import KEYS_VERSION

migrations: Final = Migrations("glossary")


@migrations()
def create_term_base(database: Database) -> None:
    """Concepts, terms, their keys, and the history of changes."""
    database.execute(
        """CREATE TABLE concept (
            id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, domain TEXT NOT NULL, definition TEXT NOT NULL,
            note TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL)"""
    )
    database.execute("CREATE INDEX concept_domain ON concept (domain)")
    database.execute(
        """CREATE TABLE term (
            id INTEGER PRIMARY KEY, concept_id INTEGER NOT NULL REFERENCES concept (id), position INTEGER NOT NULL,
            text TEXT NOT NULL, lang TEXT NOT NULL, status TEXT NOT NULL, part_of_speech TEXT NOT NULL,
            pinyin TEXT NOT NULL, note TEXT NOT NULL)"""
    )
    database.execute("CREATE INDEX term_concept ON term (concept_id, position)")
    database.execute(
        """CREATE TABLE term_key (kind INTEGER, key TEXT, term_id INTEGER, PRIMARY KEY (kind, key, term_id)) WITHOUT ROWID"""
    )
    # Tokens are blank-separated already; the ascii tokenizer keeps every character beyond ASCII as part of a token.
    database.execute("CREATE VIRTUAL TABLE term_text USING fts5 (tokens, forms, tokenize = 'ascii')")
    database.execute("CREATE VIRTUAL TABLE term_word USING fts5vocab ('term_text', 'row')")
    database.execute(
        """CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
            summary TEXT NOT NULL, concepts INTEGER NOT NULL DEFAULT 0,
            undoes INTEGER REFERENCES change (id), undone_by INTEGER REFERENCES change (id))"""
    )
    database.execute(
        """CREATE TABLE change_concept (
            change_id INTEGER REFERENCES change (id), concept_id INTEGER, action TEXT NOT NULL, before TEXT,
            PRIMARY KEY (concept_id, change_id)) WITHOUT ROWID"""
    )
    database.execute("CREATE INDEX change_concept_change ON change_concept (change_id)")
    database.table("glossary_setting").create({"name": str, "value": int}, pk="name")
    database.table("glossary_setting").insert({"name": "keys_version", "value": KEYS_VERSION})


@migrations()
def add_properties(database: Database) -> None:
    """What files say beyond the fields there are, as JSON: a term's context, source and properties, a concept's properties."""
    database.execute("ALTER TABLE concept ADD COLUMN extra TEXT NOT NULL DEFAULT ''")
    database.execute("ALTER TABLE term ADD COLUMN extra TEXT NOT NULL DEFAULT ''")


@migrations()
def add_review(database: Database) -> None:
    """Why a change was made, what deleted concepts were merged into, and findings that were marked as explained."""
    database.execute("ALTER TABLE change ADD COLUMN reason TEXT NOT NULL DEFAULT ''")
    database.execute("ALTER TABLE change_concept ADD COLUMN merged_into INTEGER")
    database.execute("CREATE INDEX change_concept_merged ON change_concept (merged_into) WHERE merged_into IS NOT NULL")
    database.execute(
        """CREATE TABLE finding_ruling (
            change_id INTEGER REFERENCES change (id), finding TEXT NOT NULL, reason TEXT NOT NULL, explained INTEGER NOT NULL,
            PRIMARY KEY (finding, change_id)) WITHOUT ROWID"""
    )
    database.execute("CREATE INDEX finding_ruling_change ON finding_ruling (change_id)")
