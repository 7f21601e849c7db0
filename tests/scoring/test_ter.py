"""TER has sacreBLEU's figures, segment by segment."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.lib_ter import BeamEditDistance, translation_edit_rate
from sacrebleu.metrics.ter import TER

from scoring.ter import ter_score, ter_statistics
from scoring.ter_search import count_edits

# Few words make many places to shift to, and many shifts that save the same.
orders = st.integers(1, 5).flatmap(lambda words: st.lists(st.sampled_from("abcde"[:words]), max_size=14))

ENGLISH = [
    ("the cat sat on the mat", "on the mat sat the cat"),
    ("The low-altitude economy, the new engine", "A new engine: the low-altitude economy"),
    ("", "nothing was translated"),
    ("something out of nothing", ""),
    ("", ""),
    ("word", "word"),
    ("word", "another"),
    ("word", "the word is in a long sentence that goes on and on"),
    ("no no no no no", "no yes no yes no yes"),
    ("  blanks   around\tand  between \n", "blanks around and between"),
]
CHINESE = [
    ("香港是國際金融中心，具有獨特優勢。", "作為國際金融中心，香港優勢獨特。"),
    ("GDP增長3.5%，逾2,236.6億元", "增長了3.5%的GDP超過2,236.6億元"),
    ("低空經濟", "低空經濟"),
    ("", "離境退稅"),
    (",,1", ",,1"),
]


def sacrebleu_statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], **options: bool) -> np.ndarray:
    return np.array(TER(**options)._extract_corpus_statistics(hypotheses, references))


def shuffled(words: list[str], blocks: int, generator: random.Random) -> list[str]:
    """The words with so many runs of one to twelve of them moved elsewhere."""
    words = list(words)
    for _ in range(blocks):
        start = generator.randrange(len(words))
        run = words[start : start + generator.randint(1, 12)]
        del words[start : start + len(run)]
        goal = generator.randint(0, len(words))
        words[goal:goal] = run
    return words


class TestEditsAreSacrebleus:
    @settings(max_examples=150, derandomize=True, database=None)
    @given(orders, orders)
    @example(list("ab"), list("ba"))
    @example(list("aab"), list("baa"))
    @example(list("abcabc"), list("cbacba"))
    def test_few_words_in_any_order(self, hypothesis: list[str], reference: list[str]) -> None:
        assert count_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]

    @pytest.mark.parametrize("seed", range(4))
    def test_long_segments_with_words_moved(self, seed: int) -> None:
        generator = random.Random(seed)
        reference = [f"word{generator.randrange(40)}" for _ in range(50)]
        hypothesis = shuffled(reference, 5, generator)
        assert count_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]

    @pytest.mark.slow
    def test_same_words_far_outside_the_beam(self) -> None:
        only_reference, both, only_hypothesis = ([f"{place}{number}" for number in range(32)] for place in "rbh")
        hypothesis, reference = both + only_hypothesis[:28], only_reference[:28] + both
        assert Levenshtein.distance(hypothesis, reference) < BeamEditDistance(reference)(hypothesis)[0]
        assert count_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]

    @pytest.mark.parametrize(("hypothesis_length", "reference_length"), [(3, 90), (20, 70), (70, 30), (90, 3), (1, 120)])
    def test_very_different_lengths(self, hypothesis_length: int, reference_length: int) -> None:
        generator = random.Random(hypothesis_length)
        hypothesis = [generator.choice("abcdefghijklmnopqrst") for _ in range(hypothesis_length)]
        reference = [generator.choice("abcdefghijklmnopqrst") for _ in range(reference_length)]
        assert count_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]

    def test_more_shifts_than_are_tried(self) -> None:
        reference = list("abcd" * 9)
        hypothesis = list("dacb" * 9)
        assert count_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]

    def test_more_different_words_than_a_byte_holds(self) -> None:
        reference = [str(number) for number in range(300)]
        hypothesis = [*reference[:260], *reference[290:295], *reference[260:290], *reference[295:]]
        assert count_edits(hypothesis, reference) == 1


class TestStatistics:
    @pytest.mark.parametrize("options", [{}, {"normalized": True}, {"no_punct": True}, {"case_sensitive": True}])
    def test_english_is_sacrebleus(self, options: dict[str, bool]) -> None:
        hypotheses, references = zip(*ENGLISH, strict=True)
        ours = ter_statistics(hypotheses, [references], **{"normalized": False, "asian_support": False, **options})
        assert np.array_equal(ours, sacrebleu_statistics(hypotheses, [references], **options))

    @pytest.mark.parametrize("no_punct", [False, True])
    def test_chinese_is_sacrebleus(self, no_punct: bool) -> None:
        hypotheses, references = zip(*CHINESE, strict=True)
        options = {"normalized": True, "asian_support": True, "no_punct": no_punct}
        ours = ter_statistics(hypotheses, [references], **options)
        assert np.array_equal(ours, sacrebleu_statistics(hypotheses, [references], **options))

    def test_the_best_of_several_references_counts_with_their_average_length(self) -> None:
        hypotheses = ["the cat sat", "", "a b c d", "x"]
        references = [["the cat sat down there", "", "d c b a", ""], ["the dog sat", "word", "c d a b", "y z"]]
        ours = ter_statistics(hypotheses, references, normalized=False, asian_support=False)
        assert ours.tolist() == [[1, 4], [0, 0.5], [1, 4], [1, 1]]
        assert np.array_equal(ours, sacrebleu_statistics(hypotheses, references))

    @pytest.mark.slow
    def test_real_translations_are_sacrebleus(self, shared_data: Callable[[str], Path]) -> None:
        folder = shared_data("wmt22-enzh")
        system, first, second = (
            (folder / f"generaltest2022.en-zh.{name}.zh").read_text(encoding="utf-8").split("\n")[:2000:100]
            for name in ("hyp.Online-G", "ref.A", "ref.B")
        )
        options = {"normalized": True, "asian_support": True}
        ours = ter_statistics(system, [first, second], **options)
        assert np.array_equal(ours, sacrebleu_statistics(system, [first, second], **options))

    def test_lengths_must_agree(self) -> None:
        with pytest.raises(ValueError, match="shorter"):
            ter_statistics(["a", "b"], [["a"]], normalized=False, asian_support=False)
        with pytest.raises(ValueError, match="reference"):
            ter_statistics(["a", "b"], [], normalized=False, asian_support=False)

    def test_no_segments_have_no_statistics(self) -> None:
        assert ter_statistics([], [[]], normalized=False, asian_support=False).shape == (0, 2)


class TestScore:
    @pytest.mark.parametrize("pairs", [ENGLISH, [("", "")], [("words for nothing", "")], [("", "words")]])
    def test_corpus_is_sacrebleus(self, pairs: list[tuple[str, str]]) -> None:
        hypotheses, references = zip(*pairs, strict=True)
        statistics = ter_statistics(hypotheses, [references], normalized=False, asian_support=False)
        assert ter_score(*statistics.sum(axis=0)) == TER().corpus_score(hypotheses, [references]).score


class TestProcesses:
    def test_several_bring_what_one_brings_and_tell_how_far_they_are(self) -> None:
        hypotheses, references = zip(*(ENGLISH * 10), strict=True)
        told: list[int] = []
        alone = ter_statistics(hypotheses, [references], normalized=False, asian_support=False, workers=1)
        together = ter_statistics(
            hypotheses, [references], normalized=False, asian_support=False, workers=2, progress=told.append
        )
        assert np.array_equal(alone, together)
        assert told == sorted(set(told))
        assert told[-1] == 100
        assert len(told) > 1

    def test_long_work_goes_over_to_processes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("scoring.ter.TRIAL_SECONDS", 0.0)
        monkeypatch.setattr("scoring.ter.SECONDS_WORTH_PROCESSES", 0.0)
        monkeypatch.setattr("scoring.ter._processors", lambda: 2)
        hypotheses, references = zip(*(ENGLISH * 10), strict=True)
        alone = ter_statistics(hypotheses, [references], normalized=False, asian_support=False, workers=1)
        assert np.array_equal(alone, ter_statistics(hypotheses, [references], normalized=False, asian_support=False))

    def test_where_processes_are_forbidden_the_work_is_done_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr("scoring.ter.ProcessPoolExecutor", forbidden)
        statistics = ter_statistics(["b a"], [["a b"]], normalized=False, asian_support=False, workers=2)
        assert statistics.tolist() == [[1, 2]]

    @pytest.mark.slow
    def test_ctrl_c_ends_all_processes_at_once(self, tmp_path: Path) -> None:
        script = tmp_path / "long_work.py"
        script.write_text(
            "import random\n"
            "from scoring.ter import ter_statistics\n"
            "if __name__ == '__main__':\n"
            "    letters = random.Random(1).choices('abcdefghijklmnopqrstuvwxyz', k=20_000 * 80)\n"
            "    lines = [' '.join(letters[start : start + 80]) for start in range(0, len(letters), 80)]\n"
            "    tell = lambda done: print(done, flush=True)\n"
            "    ter_statistics(lines, [lines[::-1]], normalized=False, asian_support=False, workers=2, progress=tell)\n"
        )
        # A session of its own: the signal goes to all its processes, as a terminal's would; started in the background of a
        # shell, tests ignore it, and so would what they start.
        heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        with subprocess.Popen(
            [sys.executable, script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=heed,
        ) as work:
            assert work.stdout
            assert work.stdout.readline().strip() == "32"
            os.killpg(work.pid, signal.SIGINT)
            # Its output ends when the last process that may write to it does.
            try:
                _, errors = work.communicate(timeout=60)
            finally:
                work.kill()
        assert work.returncode != 0
        assert errors.count("KeyboardInterrupt") == 1
