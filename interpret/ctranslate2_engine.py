"""A translation model in a folder, run by CTranslate2 on this machine: pip install "yuqiao[ctranslate2]".

The folder is what `ct2-transformers-converter` or OPUS-MT's own conversion leaves: model.bin, its vocabulary, and the
SentencePiece models. Such models know no terms or numbers of ours: what they miss is shown, and patched with --enforce.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Final

from interpret.engine import OutputKind, Request
from interpret.errors import EngineError
from lang.errors import NotFoundError, SettingsError, UnsupportedError
from workspace.workspace import Workspace

_SOURCE_MODELS: Final = ("source.spm", "spm.model", "sentencepiece.bpe.model", "sentencepiece.model")
_TARGET_MODELS: Final = ("target.spm", *_SOURCE_MODELS[1:])
_WORD_START: Final = "▁"


@dataclass(frozen=True, slots=True)
class CTranslate2Settings:
    """What `--engine-option` sets: the folder, "cpu" or "cuda", threads (0 leaves it to the library), how many ways are followed.

    `source_token` and `target_token` are the language tags of models for many languages: zho_Hant and eng_Latn for NLLB.
    """

    model: Path
    device: str = "cpu"
    threads: int = 0
    beam: int = 2
    source_token: str = ""
    target_token: str = ""

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> "CTranslate2Settings":
        """The settings written as text; SettingsError names one that is unknown, missing or no number."""
        names = ("model", "device", "threads", "beam", "source_token", "target_token")
        for name in options:
            if name not in names:
                raise SettingsError(f"The engine ctranslate2 has no option {name!r}.", f"It has {', '.join(names)}.")
        if not options.get("model"):
            raise SettingsError("The engine ctranslate2 needs a model.", "Name its folder: --engine-option model=FOLDER.")
        for name in ("threads", "beam"):
            if not options.get(name, "1").isdecimal():
                raise SettingsError(f"The option {name} of the engine ctranslate2 cannot be {options[name]!r}.", "It is a count.")
        return cls(
            Path(options["model"]).expanduser(),
            options.get("device", "cpu"),
            int(options.get("threads", 0)),
            max(1, int(options.get("beam", 2))),
            options.get("source_token", ""),
            options.get("target_token", ""),
        )


class CTranslate2Engine:
    """Translates segments with a model that is loaded once; the pieces are words as the model makes them."""

    name = "ctranslate2"

    def __init__(self, settings: CTranslate2Settings) -> None:
        self._settings = settings
        try:
            import ctranslate2
            import sentencepiece
        except ImportError as error:
            raise UnsupportedError(
                f"The engine ctranslate2 cannot be loaded: {error}.", 'Install it with: pip install "yuqiao[ctranslate2]"'
            ) from error
        folder = settings.model
        if not (folder / "model.bin").is_file():
            hint = "A folder made by ct2-transformers-converter has one."
            raise NotFoundError(f"{folder} is no folder of a CTranslate2 model: it has no model.bin.", hint)
        self._source = sentencepiece.SentencePieceProcessor(model_file=str(_piece_model(folder, _SOURCE_MODELS)))
        self._target = sentencepiece.SentencePieceProcessor(model_file=str(_piece_model(folder, _TARGET_MODELS)))
        try:
            self._translator = ctranslate2.Translator(
                str(folder), device=settings.device, inter_threads=1, intra_threads=settings.threads
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"The model in {folder} cannot be loaded: {error}.") from error

    def translate(self, request: Request, cancelled: Event) -> Iterator[str]:
        """The translation in words as they are made where one way is followed (beam=1), else in one piece."""
        settings = self._settings
        tokens = [*filter(None, [settings.source_token]), *self._source.encode(request.text, out_type=str), "</s>"]
        prefix = [settings.target_token] if settings.target_token else []
        try:
            if settings.beam == 1:
                yield from self._stream(tokens, prefix, cancelled)
                return
            options: dict[str, Any] = {"target_prefix": [prefix]} if prefix else {}
            made = self._translator.translate_batch([tokens], beam_size=settings.beam, **options)
            text = self._text(made[0].hypotheses[0])
        except RuntimeError as error:
            raise EngineError(f"The model has failed: {error}.") from error
        if text and not cancelled.is_set():
            yield text

    def _stream(self, tokens: Sequence[str], prefix: Sequence[str], cancelled: Event) -> Iterator[str]:
        made: list[str] = []
        given = ""
        for step in self._translator.generate_tokens(list(tokens), target_prefix=list(prefix) or None):
            if cancelled.is_set():
                return
            if step.token.startswith(_WORD_START) and made:
                # The word before is whole now; what follows does not change it.
                text = self._text(made)
                if len(text) > len(given):
                    yield text[len(given) :]
                    given = text
            made.append(step.token)
        if rest := self._text(made)[len(given) :]:
            yield rest

    def _text(self, tokens: Sequence[str]) -> str:
        special = {self._settings.target_token, "</s>", "<s>", "<unk>", "<pad>"}
        return str(self._target.decode([token for token in tokens if token not in special])).strip()

    def kind(self, request: Request) -> OutputKind:  # noqa: ARG002 (the memory's engine has several)
        """Always an engine's answer."""
        return "engine"

    def close(self) -> None:
        """Let go of the model."""
        self._translator = None


def _piece_model(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise NotFoundError(f"{folder} has no SentencePiece model.", f"It is called {' or '.join(names)}.")


def ctranslate2_engine(options: Mapping[str, str], workspace: Workspace) -> CTranslate2Engine:  # noqa: ARG001 (a factory)
    """The engine as the entry point makes it."""
    return CTranslate2Engine(CTranslate2Settings.from_options(options))
