"""Files that are not what they should be: score and check say so in words, whatever the damage."""

import contextlib
import io
import json
import random
from pathlib import Path

import click
import pytest

from cli.main import main
from lang.errors import YuqiaoError

CHINESE = [f"第{number}句：推動低空經濟發展，投資{number}.5億元。" for number in range(12)]
ENGLISH = [f"Sentence {number}: promote the low-altitude economy with {number * 100 + 50} million yuan." for number in range(12)]


def run(*arguments: object) -> str:
    """What the command prints, or its message; any exception but a message is a fault."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main.main([str(argument) for argument in arguments], prog_name="yuqiao", standalone_mode=False)
        except (YuqiaoError, click.ClickException) as error:
            return f"refused: {error}"
        except SystemExit as end:
            status = end.code
        else:
            status = 0
    assert status in (0, 1)
    return out.getvalue()


def damaged(lines: list[str], rng: random.Random) -> bytes:
    """A file of these lines with something wrong."""
    kind = rng.randrange(9)
    if kind == 0:
        return "\n".join(lines[: rng.randrange(len(lines))]).encode()
    if kind == 1:
        return "\n".join(lines).encode(rng.choice(["gb18030", "big5", "utf-16", "utf-16-le", "utf-32", "utf-7"]), "replace")
    if kind == 2:
        return rng.randbytes(rng.randrange(400))
    if kind == 3:
        whole = bytearray("\n".join(lines).encode())
        for _ in range(rng.randrange(1, 9)):
            at = rng.randrange(len(whole))
            whole[at : at + rng.randrange(4)] = rng.randbytes(rng.randrange(4))
        return bytes(whole)
    if kind == 4:
        return b"\0".join(line.encode() for line in lines)
    if kind == 5:
        return ("\n" * rng.randrange(30) + "\r".join(lines)).encode()
    if kind == 6:
        return json.dumps(lines).encode()[: rng.randrange(200)]
    if kind == 7:
        return ("\n".join(lines) + "\ufeff\u2028\x0c\x1c\ud800" * rng.randrange(1, 4)).encode("utf-8", "surrogatepass")
    return ("x" * rng.randrange(100_000) + "\n").encode() * rng.randrange(3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, seeded_database: Path) -> Path:
    place: Path = tmp_path_factory.mktemp("malformed")
    (place / "whole.zh").write_text("\n".join(CHINESE) + "\n", encoding="utf-8")
    (place / "whole.en").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("count", [60, pytest.param(2000, marks=pytest.mark.slow)])
def test_damaged_files_get_a_message_or_a_score(folder: Path, seeded_database: Path, count: int) -> None:
    rng = random.Random(count)
    refused = 0
    for number in range(count):
        path = folder / f"bad{rng.choice(['.txt', '.tsv', '.jsonl', '.csv', '.xliff', '.tmx', '.gz', '.xz', '.po', '.xlsx'])}"
        path.write_bytes(damaged(rng.choice([CHINESE, ENGLISH]), rng))
        part = rng.choice(["", "#mt", "#1", "#99"])
        options = ["--metrics", "bleu,numbers", "--test", "none", "--src", folder / "whole.zh"]
        commands = [
            ["score", "--ref", folder / "whole.en", *options, f"{path}{part}"],
            ["score", "--ref", f"{path}{part}", *options, folder / "whole.en"],
            [
                "score",
                "--ref",
                folder / "whole.en",
                "--terms",
                f"{path}{part}",
                *options,
                "--metrics",
                "terms",
                folder / "whole.en",
            ],
            ["--db", seeded_database, "check", folder / "whole.zh", f"{path}{part}", "--only", "number-wrong"],
            ["--db", seeded_database, "check", path, "--only", "number-wrong"],
        ]
        refused += run(*commands[number % len(commands)]).startswith("refused: ")
    assert refused > count // 2


@pytest.mark.slow
def test_a_line_of_fifty_megabytes(folder: Path) -> None:
    path = folder / "long.en"
    path.write_bytes(b"word " * 10_000_000)
    said = run("score", "--ref", folder / "whole.en", "--metrics", "bleu", "--test", "none", path)
    assert said.startswith("refused: long.en has 1 lines")
