#!/usr/bin/env python3
"""Measure scoring against sacreBLEU in the same run: time, memory, equality, resampling.

    python scripts/bench_scoring.py TEST_SET_FOLDER [--segments 20000]

TEST_SET_FOLDER holds a test set of WMT: *.src.en, *.ref.A.zh and *.hyp.SYSTEM.zh. It is repeated, each segment with a number
of its own, until there are so many segments. Each side is timed in a process of its own, which tells its peak memory.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_OURS = """
import resource, sys, time
start = time.perf_counter()
from scoring.material import Material
from scoring.registry import metric_class
read = lambda path: open(path, encoding="utf-8").read().split("\\n")[:-1]
material = Material({"a": read(sys.argv[1])}, [read(sys.argv[2])], None, sys.argv[3])
scores = []
for name in sys.argv[4].split(","):
    metric = metric_class(name)(material)
    scores.append(metric.score(metric.statistics(lambda done: None)["a"]))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, *map(repr, scores))
"""
_THEIRS = """
import resource, sys, time
start = time.perf_counter()
from sacrebleu.metrics import BLEU, CHRF
read = lambda path: open(path, encoding="utf-8").read().split("\\n")[:-1]
hypothesis, reference, target = read(sys.argv[1]), read(sys.argv[2]), sys.argv[3]
metrics = {"bleu": BLEU(tokenize="zh" if target == "zh" else "13a"), "chrf": CHRF(), "chrf++": CHRF(word_order=2)}
scores = [metrics[name].corpus_score(hypothesis, [reference]).score for name in sys.argv[4].split(",")]
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, *map(repr, scores))
"""
# A process that is started counts its parent's memory as its own until it becomes the command: so a small one starts it.
_STARTER = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, *sys.argv[1:]]).returncode)"


def row(what: str, figure: str, bar: str = "") -> None:
    """Print one measurement."""
    print(f"{what:<66} {figure:>30}   {bar}", flush=True)


def _silent(_: int) -> None:
    """Progress that nobody looks at."""


def repeated(path: Path, count: int) -> list[str]:
    """The lines of a file over and over, each repetition marked with its number."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [f"{lines[at % len(lines)]} {at // len(lines)}" if at >= len(lines) else lines[at] for at in range(count)]


def run(program: str, *arguments: str) -> tuple[float, float, list[str]]:
    """Seconds, peak megabytes, and the scores of a process."""
    command = [sys.executable, "-c", _STARTER, "-c", program, *arguments]
    seconds, megabytes, *scores = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(megabytes), scores


def bench_figures(folder: Path, target: str) -> None:
    """BLEU and chrF of one system, ours and sacreBLEU's."""
    files = [str(folder / f"a.{target}"), str(folder / f"ref.{target}"), target, "bleu,chrf"]
    times = []
    for _ in range(3):
        ours, theirs = run(_OURS, *files), run(_THEIRS, *files)
        times.append(ours[0] / theirs[0])
        same = "the same" if ours[2] == theirs[2] else f"DIFFERENT: {ours[2]} {theirs[2]}"
    row(f"BLEU + chrF, target {target}: seconds, sacreBLEU's", f"{ours[0]:.1f} s, {theirs[0]:.1f} s")
    row("  ours / sacreBLEU's, median of 3; figures", f"{sorted(times)[1]:.2f}, {same}", "<= 1.15, the same")
    row("  peak memory, sacreBLEU's", f"{ours[1]:.0f} MB, {theirs[1]:.0f} MB", "<= 250 MB")


def bench_resampling(folder: Path, source: Path, target: str) -> None:
    """A paired bootstrap of two systems over four metrics, after the statistics."""
    import numpy as np

    from scoring.evaluation import Resampling, evaluate
    from scoring.material import Material
    from scoring.registry import metric_class
    from scoring.resampling import Sample, bootstrap_difference, bootstrap_scores

    def read(path: Path) -> list[str]:
        return path.read_text(encoding="utf-8").split("\n")[:-1]

    systems = {name: read(folder / f"{name}.{target}") for name in ("a", "b")}
    material = Material(systems, [read(folder / f"ref.{target}")], read(source), "zh" if target == "zh" else "en")
    samples = []
    for name in ("bleu", "chrf", "numbers"):
        metric = metric_class(name)(material)
        start = time.perf_counter()
        samples.append(Sample(metric, metric.statistics(_silent)))
        row(f"  statistics of {name}, two systems", f"{time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    draws = bootstrap_scores(samples, 1000, 12345)
    for sample, scores in zip(samples, draws, strict=True):
        bootstrap_difference(sample.metric, [sample.rows["a"], sample.rows["b"]], [scores["a"], scores["b"]])
    took = time.perf_counter() - start
    row(f"paired bootstrap x 1,000 over {', '.join(s.metric.name for s in samples)}", f"{took:.2f} s", "<= 3 s with terms too")
    assert np.isfinite(draws[0]["a"]).all()
    evaluation = evaluate(material, [samples[0].metric], resampling=Resampling("randomization"))
    assert 0 < evaluation.comparisons[0].result.p <= 1


def bench_equality(folder: Path) -> None:
    """Every system and reference of the test set, by our command and by sacreBLEU's."""
    yuqiao = Path(sys.executable).with_name("yuqiao")
    references = sorted(folder.glob("*.ref.*.zh"))
    systems = sorted(folder.glob("*.hyp.*.zh"))
    same = total = 0
    for reference in [[references[0]], references]:
        options = [part for path in reference for part in ("--ref", path)]
        ours = subprocess.run(
            [yuqiao, "score", *options, *systems, "--metrics", "bleu,chrf,chrf++", "--json", "--test", "none"],
            capture_output=True,
            check=True,
        )
        for system, found in zip(systems, json.loads(ours.stdout)["systems"], strict=True):
            for name, word_order in (("bleu", "0"), ("chrf", "0"), ("chrf++", "2")):
                metric = "bleu" if name == "bleu" else "chrf"
                command = [*reference, "-i", system, "-l", "en-zh", "-m", metric, "-w", "10", "--chrf-word-order", word_order]
                theirs = subprocess.run([sys.executable, "-m", "sacrebleu", *command], capture_output=True, check=True)
                figure = json.loads(theirs.stdout)
                total += 1
                same += round(found[name]["score"], 10) == figure["score"] and found[name]["signature"] == figure["signature"]
    row("figures and signatures equal to the sacrebleu command, ten digits", f"{same} of {total}", "all")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--segments", type=int, default=20_000)
    options = parser.parse_args()
    source = next(options.folder.glob("*.src.en"))
    references = sorted(options.folder.glob("*.ref.*.zh"))
    systems = sorted(options.folder.glob("*.hyp.*.zh"))[:2]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        texts = {"a.zh": systems[0], "b.zh": systems[1], "ref.zh": references[0], "src.en": source}
        for name, path in texts.items():
            (folder / name).write_text("".join(f"{line}\n" for line in repeated(path, options.segments)), encoding="utf-8")
        # For an English target: the source against itself with words left out.
        lines = repeated(source, options.segments)
        (folder / "ref.en").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        (folder / "a.en").write_text("".join(f"{line.replace(' the ', ' ')}\n" for line in lines), encoding="utf-8")
        for target in ("zh", "en"):
            bench_figures(folder, target)
        bench_resampling(folder, folder / "src.en", "zh")
    bench_equality(options.folder)


if __name__ == "__main__":
    main()
