"""The measurement of printing runs without a database and prints a row for each part; nothing here
is held to a time."""

import os
import re
import subprocess
import sys
import time

import pytest

from bench.printing.documents import make_brief, with_a_word_changed
from bench.printing.memory import watched
from bench.printing.sheet import as_pages
from bench.printing.table import Row, Target, lines_of
from bench.printing.weasyprint import NotThere, install
from briefs.export.html import write_html
from setup.install import ROOT
from setup.programs import find_chromium


def measured(*options: str) -> str:
    small = ["--rounds", "1", "--brief", "5", "--briefs", "3", "--jobs", "2", "--sizes", "2", "4"]
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--pdf", *small, "--books", "2", *options],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_measuring_prints_a_row_for_every_part():
    printed = measured("--without", "weasyprint")
    warm, cold, edits, many, sizes, books = re.split(r"\n\n", printed)[1:-1]
    for table in (warm, cold):
        assert re.search(r"^\| Chancery +\| +\d+\.\d\d \| +1.00 \| +\d\d+ \|", table, re.MULTILINE)
        if find_chromium():
            assert re.search(
                r"^\| Chromium +\| +[\d.]+ \| +[\d.]+ \| +\d\d+ \|", table, re.MULTILINE
            )
    for start in ["another brief .*: (met|NOT met)", "the same, unchanged", "the same, one word"]:
        assert re.search(rf"^\| {start}", edits, re.MULTILINE), edits
    assert re.search(r"^\| 3 different briefs .* under 70 s: met", many, re.MULTILINE), many
    assert re.search(r"^\| 4 of them, by 2 processes.* under 350 MiB: met", many, re.MULTILINE), (
        many
    )
    assert re.search(r"^\| 4 KB .* \d\d+ \|", sizes, re.MULTILINE), sizes
    assert re.search(r"^\| a book of 2 briefs .* \d\d+ \|", books, re.MULTILINE), books


@pytest.mark.parametrize("characters", [10_000, 30_000, 200_000])
def test_a_brief_is_as_long_as_was_asked(characters):
    brief = make_brief("one", characters)
    length = sum(len(answer.text) for section in brief.sections for answer in section.answers)
    assert characters * 0.97 < length < characters * 1.07
    assert len(list(brief.sections)) == 40


def test_a_brief_is_the_same_by_the_same_name_and_another_by_another():
    assert make_brief("one") == make_brief("one")
    texts = [
        {answer.text for section in make_brief(name).sections for answer in section.answers}
        for name in ("one", "two")
    ]
    assert texts[0] & texts[1] == {""}


def test_a_brief_has_notes_tables_and_lists_in_every_format():
    page = write_html(make_brief("one"))
    for element in ("<table", "<ul", "<ol", "<blockquote", 'class="footnote'):
        assert element in page, element


def test_one_word_is_changed():
    old = make_brief("one")
    new = with_a_word_changed(old, "nonetheless")
    pairs = [
        (before.text, after.text)
        for one, other in zip(old.sections, new.sections, strict=True)
        for before, after in zip(one.answers, other.answers, strict=True)
        if before != after
    ]
    [(before, after)] = pairs
    [(_word, word)] = {
        (one, other)
        for one, other in zip(before.split(), after.split(), strict=True)
        if one != other
    }
    assert "nonetheless" in word


def test_memory_is_the_most_that_a_process_held_and_of_none_but_those_named():
    took = "x = bytearray(60_000_000); del x; import time; time.sleep(30)  # the one"
    with watched("# the one", is_shared=True) as peaks, watched("# no such") as none:
        child = subprocess.Popen([sys.executable, "-c", took])
        while max(peaks.by_process.values(), default=0) < 50 or not peaks.together:
            time.sleep(0.01)
        child.kill()
        child.wait()
    assert list(peaks.by_process) == [child.pid]
    assert 50 < peaks.by_process[child.pid] < 200
    assert peaks.highest == peaks.together > 0
    assert not none.by_process
    assert os.getpid() not in peaks.by_process


def test_weasyprint_is_left_out_with_a_sentence_when_it_can_not_be_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    with pytest.raises(NotThere, match=r"left out, as it could not be installed: ."):
        install(tmp_path / "weasyprint")


def test_weasyprint_gets_the_notes_at_the_foot_and_nothing_else_less():
    brief = make_brief("one")
    exported, page = write_html(brief), as_pages(brief)
    notes = exported.count('class="footnote-ref"')
    assert notes > 3
    assert page.count('class="note-at-foot"') == notes
    assert 'class="footnotes"' not in page
    for element in ("<h2", "<h3", "<table", "<li dir"):
        less = notes if element == "<li dir" else 0
        assert page.count(element) == exported.count(element) - less


def test_a_target_is_met_or_not():
    below, least = Target("under 2", 2), Target("at least 8", 8, is_least=True)
    assert [below.judged(1.9), below.judged(2)] == ["under 2: met", "under 2: NOT met"]
    assert [least.judged(8), least.judged(7.9)] == ["at least 8: met", "at least 8: NOT met"]


def test_a_table_has_ratios_to_its_first_row():
    rows = [Row("one", 0.5, 100.4), Row("other", 1.25, None, "under 2: met"), Row("none")]
    head, rule, *lines = lines_of("what", rows)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells == [
        ["one", "0.50", "1.00", "100", ""],
        ["other", "1.25", "2.50", "", "under 2: met"],
        ["none", "", "", "", ""],
    ]
    assert len({len(line) for line in (head, rule, *lines)}) == 1
