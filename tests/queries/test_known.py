"""What was known on a day: seeds that are mended come back as they were, on both engines."""

from __future__ import annotations

import json
import lzma
import re
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from chinaai.bundles import read_bundle
from chinaai.face import KnowledgeGraph
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.store import Store
from chinaai.loaders import history
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import read_shipped
from chinaai.loaders.known import build_known, open_known
from chinaai.queries.params import QueryError
from chinaai.queries.saved import catalogue
from faults.running import chinaai
from hypothesis import given
from hypothesis import strategies as st

SMALL = Path(__file__).parents[1] / "data" / "small"
FIRST, SECOND, THIRD = date(2025, 3, 1), date(2025, 6, 1), date(2025, 9, 1)


def edit(seeds: Path, day: date, *changes: tuple[str, str]) -> None:
    """Change the small seeds and give them a day."""
    path = seeds / "all.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    about = seeds / "about.yaml"
    about.write_text(re.sub(r"reviewed: \S+", f"reviewed: {day}", about.read_text(encoding="utf-8")), encoding="utf-8")


WITHDRAWN = """- id: alpha-gamma-talks
  subject: alpha
  predicate: NEGOTIATED_WITH
  object: gamma
  status: ended
  announced: 2024-12
  valid_to: 2025-02
  sources: [wire-2025]
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Seeds of three days: a fact, a name and a title mended on the second, a fact withdrawn on the third."""
    found = Path(shutil.copytree(SMALL, tmp_path / "seeds"))
    edit(found, FIRST)
    history.keep(found)
    mended = [
        ("  announced: 2025-02-13\n", "  announced: 2025-02-10\n"),
        ("name: Beta Robotics,", "name: Beta Machines,"),
        ("title: Two firms join hands", "title: Two firms and a wire"),
    ]
    edit(found, SECOND, *mended)
    history.keep(found)
    edit(found, THIRD, (WITHDRAWN, ""))
    return found


def answer(store: Store) -> list[tuple[str, str, str]]:
    """Day, partner and first title of the one partnership of Alpha."""
    rows = KnowledgeGraph(store).run("partnerships", company="alpha", as_of="2025-12-31").to_dicts()
    return [(str(row["announced"]), row["partner"], row["sources"][0]["title"] or "") for row in rows]


def talks(store: Store) -> int:
    return len(store.read("MATCH ()-[r {fact_id: 'alpha-gamma-talks'}]->() RETURN r.fact_id AS id"))


def test_a_mended_fact_before_and_after_and_one_withdrawn(store: Store, seeds: Path) -> None:
    build_known(store, FIRST, seeds)
    before = answer(store)
    assert len(before) == 1 and before[0][:2] == ("2025-02-13", "Beta Robotics") and talks(store) == 1


def test_the_second_day_on_the_other_hand(store: Store, seeds: Path) -> None:
    build_known(store, SECOND, seeds)
    after = answer(store)
    assert len(after) == 1 and after[0][:2] == ("2025-02-10", "Beta Machines") and talks(store) == 1


def test_which_seeds_stood_on_a_day(seeds: Path) -> None:
    assert history.days(seeds) == [FIRST, SECOND]
    assert history.day_known(FIRST, seeds) == history.day_known(date(2025, 5, 31), seeds) == FIRST
    assert history.day_known(SECOND, seeds) == history.day_known(date(2025, 8, 31), seeds) == SECOND
    assert history.day_known(THIRD, seeds) is None and history.day_known(date.today(), seeds) is None
    with pytest.raises(ChinaAIError, match="the first facts were written down on 2025-03-01"):
        history.day_known(date(2025, 2, 28), seeds)
    with pytest.raises(ChinaAIError, match="not known today"):
        history.day_known(date.today() + timedelta(days=2), seeds)


def test_keeping_twice_is_keeping_once(seeds: Path) -> None:
    assert history.keep(seeds) is not None
    whole = {path.name: path.read_bytes() for path in (seeds / "history").iterdir()}
    history.keep(seeds)
    assert {path.name: path.read_bytes() for path in (seeds / "history").iterdir()} == whole
    assert history.files_on(THIRD, seeds)["all.yaml"] == (seeds / "all.yaml").read_text(encoding="utf-8")
    with pytest.raises(ChinaAIError, match="a later day is kept already"):
        history.keep(seeds, SECOND)


def test_a_broken_history_is_told(seeds: Path) -> None:
    (seeds / "history" / f"{SECOND}.json.xz").write_bytes(lzma.compress(b"{}")[:-9])
    assert history.files_on(FIRST, seeds)
    with pytest.raises(ChinaAIError, match="can't be read"):
        history.files_on(SECOND, seeds)


FILES = st.dictionaries(st.sampled_from("abc"), st.text(alphabet="x\n\r…", max_size=12))


@given(before=FILES, now=FILES)
def test_what_is_kept_comes_back_byte_for_byte(before: dict[str, str], now: dict[str, str]) -> None:
    assert history._applied(before, json.loads(json.dumps(history._changed(before, now)))) == now


def test_the_shipped_history_is_that_of_the_repository() -> None:
    root = SEEDS.parent
    if not (root / ".git").exists():
        pytest.skip("no repository stands here")

    def git(*words: str) -> str:
        return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True).stdout.decode("utf-8")

    for day in history.days():
        if day > date(2026, 11, 25):
            continue
        commit = git("log", "-1", f"--until={day}T23:59:59+00:00", "--format=%H", "--", "seeds").strip()
        if not commit:
            pytest.skip("the repository does not reach back")
        for name, text in history.files_on(day).items():
            assert text == git("show", f"{commit}:seeds/{name}"), (day, name)


def test_no_former_review_was_left_out_of_the_history() -> None:
    """Whoever raises `reviewed` keeps the seeds of before first, else nobody can ask what was known then."""
    root = SEEDS.parent
    if not (root / ".git").exists():
        pytest.skip("no repository stands here")
    missing = sorted(str(day) for day in history.former_reviews() - set(history.days()))
    assert missing == [], "check out the seeds of that day and run: python -m chinaai.loaders.history keep"


def test_a_review_that_is_no_longer_the_last_is_not_kept(tmp_path: Path) -> None:
    """`reviewed` was raised, or a fact changed, before the earlier review was kept."""
    about, facts = tmp_path / "about.yaml", tmp_path / "facts.yaml"

    def git(*words: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    about.write_text("reviewed: 2025-03-01\n", encoding="utf-8")
    facts.write_text("facts: []\n", encoding="utf-8")
    history.refuse_late(tmp_path)  # no repository, so nothing is known
    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    history.refuse_late(tmp_path)
    facts.write_text("facts: [1]\n", encoding="utf-8")
    with pytest.raises(ChinaAIError, match=r"facts.yaml was changed since the review of 2025-03-01.*git stash"):
        history.refuse_late(tmp_path)
    about.write_text("reviewed: 2025-06-01\n", encoding="utf-8")
    with pytest.raises(ChinaAIError, match="'reviewed' is 2025-06-01 and the review of 2025-03-01 was not kept before"):
        history.refuse_late(tmp_path)
    history.keep(tmp_path, date(2025, 3, 1))
    git("add", ".")
    git("commit", "-m", "second")
    history.refuse_late(tmp_path)


@pytest.mark.slow
def test_every_kept_day_is_read_by_this_version(tmp_path: Path) -> None:
    for day in history.days():
        folder = tmp_path / str(day)
        history.write_files(history.files_on(day), folder)
        assert [str(problem) for problem in read_shipped(folder, today=day).problems] == []


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder beside which the graph of a former day is built once."""
    return tmp_path_factory.mktemp("known")


@pytest.mark.slow
def test_general_motors_as_known_before_its_mend(embedded_shipped: Store, before: Path) -> None:
    """Until 2026-11-25 the seeds dated it by a show of April 2025; the investment of 2021-09-23 was found later."""
    kg = KnowledgeGraph(embedded_shipped, home=before)
    try:
        told: list[str] = []
        then = kg.as_known("2026-11-26", told.append)
        assert len(told) == 1 and "2026-11-25" in told[0]

        def days(graph: KnowledgeGraph, **more: str) -> set[str]:
            rows = graph.partnerships("GM", as_of="2026-11-28", **more)
            return {str(row.announced) for row in rows if row.fact_id == "gm-with-momenta"}

        assert days(kg) == {"2021-09-23"}
        assert days(then) == days(kg, known="2026-11-25") == {"2025-04"}
        assert days(kg, known="2026-11-28") == {"2021-09-23"}
        again = open_known(date(2026, 11, 25), before, told=told.append)
        assert again is not None and len(told) == 1  # it is not built a second time
        again.close()
        asked = {"company": "GM", "as_of": "2026-11-28"}
        kg.bundle(before / "a.zip", "partnerships", known="2026-11-25", **asked)
        with zipfile.ZipFile(before / "a.zip") as archive:
            kept = archive.read("rows.json").decode()
        later = kg.run("partnerships", known="2026-11-25", **asked).to_dicts()
        assert kept == json.dumps(later, ensure_ascii=False, indent=1, default=str) + "\n"
        assert read_bundle(before / "a.zip").question.known_on == "2026-11-25"
        mended = {one.id: one.fields for one in kg.verify(before / "a.zip").differences}
        assert mended["gm-with-momenta"]["announced"] == ("2025-04", "2021-09-23")
        page = then.view(before / "then.html", focus=["GM"])
        assert "<title>China AI ecosystem, as known on 2026-11-26</title>" in Path(str(page)).read_text("utf-8")
        with pytest.raises(ChinaAIError, match="as known on 2026-11-25 can't be asked"):
            kg.as_known("2026-11-25").market_entry_paths("Apple", "phone-assistant")
        answered, refused = set(), set()
        for query in catalogue().values():  # each can be asked of a former day, or says why not
            try:
                kg.run(query.name, known="2026-11-25", **query.front.example)
                answered.add(query.name)
            except QueryError:
                refused.add(query.name)
        assert {"partnerships", "changes", "sources", "approvals"} <= answered
        assert {"requirements", "law-ahead", "gate-passed", "law-duties", "precedents"} <= refused
    finally:
        for graph in kg._known.values():
            if graph.store is not embedded_shipped:
                graph.close()


def test_the_option_is_taught_and_wrong_days_are_told() -> None:
    assert "--known" in chinaai("ask", "partnerships", "--help").stdout
    assert "--known" in chinaai("paths", "--help").stdout
