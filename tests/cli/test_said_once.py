"""What can't be meant is refused in words, and no command answers "no rows" for it."""

from __future__ import annotations

import pytest
from faults.running import chinaai

#: Words of a command, the status it ends with, and what it says.
REFUSED = [
    ("ask people --company deepseek --company apple", 2, "'--company': it is given twice; give it once"),
    ("ask people --company deepseek --as-of 2026 --as-of 2025", 2, "'--as-of': it is given twice"),
    ("paths Apple phone-assistant --start 2026-12-01 --start 2027-01-01", 2, "'--start': it is given twice"),
    ("neo4j status --home a --home b", 2, "it is given twice"),
    ("status --home=", 2, "'--home' (env var: 'CHINAAI_HOME'): it is empty; give the path of a file or folder"),
    ("build --seeds=", 2, "'--seeds': it is empty"),
    ("view --output=", 2, "'--output' / '-o': it is empty"),
    ("ask people --company deepseek --bundle=", 2, "'--bundle': it is empty"),
    ("ask people --company deepseek --bundle kept.txt", 1, "a bundle is a ZIP file (kept.txt); name it kept.txt.zip"),
    ("paths Apple phone-assistant --bundle kept", 1, "a bundle is a ZIP file (kept); name it kept.zip"),
    ("evidence-path Apple 苹果", 1, "'start' and 'end' are the same: apple; name two things"),
    ("view -o no.html --path Apple AAPL", 1, "'start' and 'end' are the same: apple; name two things"),
    ("compare Apple phone-assistant AAPL", 1, "'company' and 'against' are the same: apple"),
    ("compare Apple phone-assistant phone-assistant", 1, "'service' and 'against' are the same: phone-assistant"),
    ("ask people --company deepseek --json --csv", 2, "'--csv': an answer has one form; leave out this or --json"),
    ("ask people --company deepseek --md --excel", 2, "'--excel': an answer has one form; leave out this or --md"),
    ("ask changes --start 2026-05 --end 2026-01", 1, "the window ends before it begins: 2026-05-01 to 2026-01-31"),
    ("ask path --start apple --end AAPL", 1, "'start' and 'end' are the same: apple; name two things"),
    ("ask people --company deepseek --known 2026-02-30", 1, "'2026-02-30' is not a date for 'known'"),
    ("paths Apple phone-assistant --actor FIE", 1, "'actor' can't be 'FIE'; did you mean fie?"),
    ("cypher RETURN -p a=1 -p a=2", 2, "'a' is given twice; give it once"),
    ("paths Apple phone-assistant --set paid=yes --set paid=no", 2, "'paid' is given twice; give it once"),
    ("paths Apple phone-assistant --assume paid=yes --assume paid=yes", 2, "'paid' is given twice; give it once"),
    ("paths Apple phone-assistant --diff 2025 2026 --start 2026", 1, "two days, and takes no other"),
    ("paths Apple phone-assistant --diff 2025 2026 --as-of 2026", 1, "two days, and takes no other"),
    ("paths Apple phone-assistant --diff 2025 2026 --bundle a.zip", 2, "--bundle: what changed is printed"),
    ("paths Apple phone-assistant --diff 2025 2026 -o a.docx", 2, "--output: what changed is printed"),
    ("paths Apple phone-assistant --diff 2025 2026 --mermaid", 2, "--mermaid: what changed is printed"),
    ("paths Apple phone-assistant --diff 2025 2026 --explain", 2, "leave this out"),
    ("paths Apple phone-assistant --diff 2025 2026 --limit 0", 2, "--limit: what changed is printed"),
    ("paths Apple phone-assistant --json --mermaid", 2, "'--mermaid': an answer has one form"),
    ("diff graph graph --json --md", 2, "'--md': an answer has one form; leave out this or --json"),
    ("diff graph graph --json --brief", 2, "leave out this or --json"),
    ("audit --seed 5", 2, "--seed: it draws a sample; give --sample too"),
    ("audit --joins --seed 5", 2, "--seed: it draws a sample; give --sample too"),
    ("audit --sample 3 --stale-days 5", 2, "--stale-days: it is of the whole audit"),
    ("audit --joins --stale-days 5", 2, "--stale-days: it is of the whole audit"),
    ("audit --stale-days 99999999999999999999", 2, "'--stale-days'"),
    ("load --list cac", 2, "SOURCE: --list shows all loaders"),
    (
        "export -f vocabulary -o - --as-of 2025",
        1,
        "vocabulary holds no facts to choose from; leave day and licence out",
    ),
    ("export -f shapes -o - --licence open", 1, "shapes holds no facts to choose from"),
    ("export -f gexf -o - --base https://example.org/", 1, "names in gexf have no base"),
    ("export -f parquet -o no --base x", 1, "names in parquet have no base"),
    ("export -f shapes -o - --base=", 1, "'' is no base of names"),
    ("export -f turtle -o - --base=", 1, "'' is no base of names"),
    ("changes --from 2026-02-30", 1, "'2026-02-30' is not a date for '--from'"),
    ("changes --from=", 1, "'' is not a date for '--from'"),
    ("changes --to 2026-13", 1, "'2026-13' is not a date for '--to'"),
    ("changes --by weeks", 1, "'by' can't be 'weeks'; did you mean week? use week or month"),
    ("changes -o feed.xml --address javascript:alert(1)", 1, "is no web address for '--address'"),
]


@pytest.mark.parametrize(("words", "status", "said"), REFUSED, ids=[words for words, _, _ in REFUSED])
def test_it_is_refused(at_embedded: dict[str, str], words: str, status: int, said: str) -> None:
    done = chinaai(*words.split(), **at_embedded)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "words",
    [
        "ask people --company deepseek --csv --excel",
        "ask people --company deepseek -v -v",
        "cypher RETURN+$a+AS+a,$b+AS+b -p a=1 -p b=2",
    ],
)
def test_what_may_stand_together_is_answered(at_embedded: dict[str, str], words: str) -> None:
    done = chinaai(*(word.replace("+", " ") for word in words.split()), **at_embedded)
    assert done.returncode == 0 and done.stdout
