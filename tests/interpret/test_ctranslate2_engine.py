"""The engine for CTranslate2 with stand-ins for its two libraries, which are not installed for the tests.

What is tested is what is asked of them and what becomes of their answers, not a model's translation.
"""

import sys
from pathlib import Path
from threading import Event
from types import ModuleType, SimpleNamespace

import pytest

from interpret.ctranslate2_engine import CTranslate2Engine, CTranslate2Settings
from interpret.engine import Request
from interpret.errors import EngineError
from lang.errors import NotFoundError, SettingsError, UnsupportedError

REQUEST = Request(0, "退稅", "zh", (), ())
MADE = ["▁Tax", "▁re", "fund", "s", ".", "</s>"]


class Processor:
    """A SentencePiece model that knows characters, and joins pieces as the real one does."""

    def __init__(self, model_file: str) -> None:
        assert Path(model_file).is_file()

    def encode(self, text: str, out_type: type) -> list[str]:
        assert out_type is str
        return ["▁", *text]

    def decode(self, pieces: list[str]) -> str:
        return "".join(pieces).replace("▁", " ").lstrip()


class Translator:
    asked: list[tuple[list[str], list[str] | None]]

    def __init__(self, folder: str, device: str, inter_threads: int, intra_threads: int) -> None:
        if device == "cuda":
            raise RuntimeError("CUDA driver version is insufficient")
        self.asked = []
        Translator.last = self

    def translate_batch(self, batch, beam_size, target_prefix=None):
        assert beam_size == 2
        self.asked.append((batch[0], target_prefix and target_prefix[0]))
        return [SimpleNamespace(hypotheses=[[*(target_prefix[0] if target_prefix else []), *MADE]])]

    def generate_tokens(self, tokens, target_prefix=None):
        self.asked.append((tokens, target_prefix))
        yield from (SimpleNamespace(token=token) for token in MADE)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, members in (("ctranslate2", {"Translator": Translator}), ("sentencepiece", {"SentencePieceProcessor": Processor})):
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("model.bin", "source.spm", "target.spm"):
        (tmp_path / name).touch()
    return tmp_path


def engine(folder: Path, **options: str) -> CTranslate2Engine:
    return CTranslate2Engine(CTranslate2Settings.from_options({"model": str(folder), **options}))


def test_segment_is_translated_in_one_piece(folder):
    assert list(engine(folder).translate(REQUEST, Event())) == ["Tax refunds."]
    assert Translator.last.asked == [(["▁", "退", "稅", "</s>"], None)]


def test_following_one_way_gives_words_as_they_are_made(folder):
    made = list(engine(folder, beam="1").translate(REQUEST, Event()))
    assert made == ["Tax", " refunds."]


@pytest.mark.parametrize("beam", ["1", "2"])
def test_model_for_many_languages_is_told_both(folder, beam):
    made = engine(folder, beam=beam, source_token="zho_Hant", target_token="eng_Latn")
    assert "".join(made.translate(REQUEST, Event())) == "Tax refunds."
    assert Translator.last.asked == [(["zho_Hant", "▁", "退", "稅", "</s>"], ["eng_Latn"])]


def test_cancelling_stops_between_words(folder):
    cancelled = Event()
    pieces = []
    for piece in engine(folder, beam="1").translate(REQUEST, cancelled):
        pieces.append(piece)
        cancelled.set()
    assert pieces == ["Tax"]


def test_missing_library_says_how_to_install_it(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(UnsupportedError, match=r'pip install "yuqiao\[ctranslate2\]"'):
        engine(folder)


def test_folder_that_is_no_model_is_named(folder):
    (folder / "source.spm").unlink()
    with pytest.raises(NotFoundError, match="no SentencePiece model"):
        engine(folder)
    (folder / "model.bin").unlink()
    with pytest.raises(NotFoundError, match=r"no model\.bin"):
        engine(folder)


def test_model_that_cannot_be_loaded_says_why(folder):
    with pytest.raises(EngineError, match="CUDA driver"):
        engine(folder, device="cuda")


@pytest.mark.parametrize("options", [{}, {"model": "x", "beam": "many"}, {"model": "x", "url": "y"}])
def test_bad_options_are_named(options):
    with pytest.raises(SettingsError):
        CTranslate2Settings.from_options(options)
