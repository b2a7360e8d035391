"""What can't be meant is refused in words, and no command answers "no rows" for it."""

from __future__ import annotations

import json

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
    ("paths Apple phone-assistant --actor feie", 1, "'actor' can't be 'feie'; did you mean fie?"),
    ("cypher RETURN -p a=1 -p a=2", 2, "'a' is given twice; give it once"),
    ("paths Apple phone-assistant --set paid=yes --set paid=no", 2, "'paid' is given twice; give it once"),
    ("paths Apple phone-assistant --assume paid=yes --assume paid=yes", 2, "'paid' is given twice; give it once"),
    ("paths Apple phone-assistant --diff 2025 2026 --start 2026", 2, "'--start': it has no effect beside --diff"),
    ("paths Apple phone-assistant --diff 2025 2026 --as-of 2026", 2, "'--as-of': it has no effect beside --diff"),
    ("paths Apple phone-assistant --diff 2025 2026 --bundle a.zip", 2, "'--bundle': it has no effect beside --diff"),
    ("paths Apple phone-assistant --diff 2025 2026 -o a.docx", 2, "'--output': it has no effect beside --diff"),
    ("paths Apple phone-assistant --diff 2025 2026 --mermaid", 2, "'--mermaid': it has no effect beside --diff"),
    ("paths Apple phone-assistant --diff 2025 2026 --explain", 2, "beside --diff; leave out one of the two"),
    ("paths Apple phone-assistant --diff 2025 2026 --limit 0", 2, "'--limit': it has no effect beside --diff"),
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
    ("export -f shapes -o - --base=", 2, "'--base': it is empty; give a value"),
    ("export -f turtle -o - --base=", 2, "'--base': it is empty; give a value"),
    ("changes --from 2026-02-30", 1, "'2026-02-30' is not a date for '--from'"),
    ("changes --from=", 2, "'--from': it is empty; give a value"),
    ("changes --to 2026-13", 1, "'2026-13' is not a date for '--to'"),
    ("changes --by weeks", 1, "'by' can't be 'weeks'; did you mean week? use week or month"),
    ("changes -o feed.xml --address javascript:alert(1)", 1, "is no web address for '--address'"),
    ("changes -o feed.xml --json", 2, "'--json': it has no effect beside --output; leave out one of the two"),
    ("changes -o feed.xml --csv", 2, "'--csv': it has no effect beside --output"),
    ("changes -o feed.xml --by week", 2, "--by: a feed has no groups; leave it out, or write brief.md"),
    ("changes --json --by week", 2, "'--by': it has no effect beside --json"),
    ("changes --address https://a.example/", 2, "'--address': it has no effect without --output; give that too"),
    ("changes -o a.md --address https://a.example/", 2, "--address: a briefing has no address; leave it out"),
    ("changes --from 2099", 1, "the window ends before it begins: 2099-01-01 to 20"),
    ("changes --from 2099", 1, "; give --to, today where it is left out"),
    ("changes --kind law --sector devices", 1, "nothing of the kind 'law' has a sector; leave out 'kind' or 'sector'"),
    ("ask changes --start 2026 --end 2026 --kind filing --sector cars", 1, "nothing of the kind 'filing' has a sector"),
    (
        "ask people --company deepseek --as-of 2026-02-29",
        1,
        "'2026-02-29' is no date for 'as_of'; 2026-02 has the days",
    ),
    ("ask partnerships --company --as-of 2025", 2, "'--company': it has no value: --as-of follows at once"),
    ("ask partnerships Apple", 2, "'Apple': it stands behind no option; give it behind --company or --as-of"),
    ("ask --json partnerships --company Apple", 2, "it stands behind the question: chinaai ask partnerships --json"),
    ("ask --list", 2, "'chinaai ask' alone lists the questions"),
    ("ask people --company deepseek --json -v", 2, "'-v': it has no effect beside --json"),
    ("ask names --text 上海 --limit 4294967298", 1, "'limit' can't be 4294967298; at most 1,000,000,000"),
    ("ask names --text 上海 --limit 2147483647", 1, "'limit' can't be 2147483647; at most 1,000,000,000"),
    ("influence --limit 4294967298", 1, "'limit' can't be 4294967298; at most 1,000,000,000"),
    ("communities --limit 1000000001", 1, "'limit' can't be 1000000001; at most 1,000,000,000"),
    ("cypher RETURN+1 --limit 4294967298", 1, "'limit' can't be 4294967298; at most 1,000,000,000"),
    ("cypher RETURN+1+AS+a+LIMIT+4294967298", 1, "the query counts 4294967298 rows; at most 1,000,000,000"),
    ("cypher RETURN+1+AS+a+SKIP+$k -p k=4294967298", 1, "the query counts 4294967298 rows"),
    ("cypher RETURN+1 -p x=1", 1, "the query has no $x; leave its value out, or write the name there"),
    ("partners Apple phone-assistant --limit 4294967298", 2, "'--limit'"),
    ("paths Apple phone-assistant --limit 4294967298", 2, "'--limit'"),
    ("paths Apple phone-assistant --mermaid --explain", 2, "'--explain': it has no effect beside --mermaid"),
    ("paths Apple phone-assistant --json --limit 2", 2, "'--limit': it has no effect beside --json"),
    ("paths Apple phone-assistant --diff 2025 2026 --by 2027", 2, "'--by': it has no effect beside --diff"),
    ("paths Apple phone-assistant --diff 2026 2025", 1, "the window ends before it begins: 2026-12-31 to 2025-12-31"),
    (
        "paths Apple phone-assistant --diff 2026 2026",
        1,
        "nothing changes between a day and itself: 2026-12-31; name two",
    ),
    (
        "paths Apple phone-asistant",
        1,
        "unknown kind of service 'phone-asistant'; did you mean phone-assistant? kinds: ",
    ),
    ("partners Apple phone-asistant", 1, "did you mean phone-assistant?"),
    ("compare Apple phone-asistant Samsung", 1, "did you mean phone-assistant?"),
    ("view --route Apple phone-asistant", 1, "did you mean phone-assistant?"),
    (
        "paths phone-assistant Apple",
        1,
        "'phone-assistant' is a kind of service, and 'Apple' is none; the company comes first",
    ),
    (
        "paths --profile consumer-chatbot --seat US --actor domestic",
        1,
        "'capital' is given twice: domestic by the actor domestic, and foreign by the seat US; leave out",
    ),
    (
        "paths --profile consumer-chatbot --set paid=yes --assume paid=no",
        1,
        "'paid' is given twice: yes as set, and no",
    ),
    ("view --hops 2", 1, "hops tell how far a neighbourhood reaches (2); say of what with focus, or leave it out"),
    ("view --focus Apple --path Apple Qwen", 1, "a page opens on one thing (path and focus); leave out one of the two"),
    ("view --path Apple Qwen --route Apple chatbot", 1, "a page opens on one thing (path and route)"),
    ("view --lang ZH", 1, "the page speaks en or zh (ZH); did you mean zh?"),
    ("view --theme Dark", 1, "the theme is auto, light or dark (Dark); did you mean dark?"),
    ("load --list --dry-run", 2, "'--dry-run': it has no effect without SOURCE; give that too, or leave this out"),
    ("load CAC", 2, "there is no loader 'CAC'; did you mean cac? known: "),
    ("refresh Epoch", 2, "there is no loader 'Epoch'; did you mean epoch? known: "),
    ("refresh --list epoch", 2, "it has no effect beside --list; leave out one of the two"),
    ("refresh --list --apply", 2, "'--apply': it has no effect beside --list"),
    ("diff a b --brief --md", 2, "'--md': it has no effect beside --brief"),
    ("site -o site --base=", 2, "'--base': it is empty; give a value"),
    ("site -o site --title=", 2, "'--title': it is empty; give a value"),
    ("export -f JSONL -o no", 1, "there is no format 'JSONL'; did you mean jsonl? known: "),
    ("cite apple-with-alibaba --style APA", 1, "there is no style 'APA'; did you mean apa? use bibtex"),
    ("cite apple", 1, "apple is a Company; cite takes a fact, figure, filing or source"),
    ("cite apple-with-alibba", 1, "there is no fact or source 'apple-with-alibba'; did you mean apple-with-alibaba?"),
    (
        "ask sources --fact apple-with-alibba",
        1,
        "there is no fact 'apple-with-alibba'; did you mean apple-with-alibaba?",
    ),
    (
        "paths 聊天机器人",
        2,
        "as a company: chinaai paths 聊天机器人 SERVICE; as a kind of service: chinaai paths --profile 聊",
    ),
    ("paths AI+doctor", 2, "'AI doctor' is half a question; as a company: chinaai paths \"AI doctor\" SERVICE; "),
    ("paths", 2, "say COMPANY and SERVICE, as in 'chinaai paths Apple chatbot', or --profile SERVICE for a stranger"),
    ("verify .", 1, "a bundle is a file, and this is a folder (.); name the .zip in it"),
    ("verify no.zip --offline --home x", 2, "'--home' (env var: 'CHINAAI_HOME'): it has no effect beside --offline"),
    (
        "watch add x partnerships --compny Apple",
        1,
        "'--compny' is no option of 'partnerships'; did you mean --company?",
    ),
    ("watch add x partnerships --company --as-of 2025", 1, "'--company' has no value; write --company VALUE"),
    (
        "ask hosts --model DeepSeek",
        1,
        "it names deepseek (Company: DeepSeek); did you mean deepseek-models (ModelFamily: DeepSeek models",
    ),
]


@pytest.mark.parametrize(("words", "status", "said"), REFUSED, ids=[words for words, _, _ in REFUSED])
def test_it_is_refused(at_embedded: dict[str, str], words: str, status: int, said: str) -> None:
    done = chinaai(*(word.replace("+", " ") for word in words.split()), **at_embedded)
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


def test_what_a_value_was_sent_as_is_told_where_nothing_is_found(at_embedded: dict[str, str]) -> None:
    given = ("-p", "n=5", "-p", "d=2025-03-01", "-p", "t:text=5")
    empty = chinaai("cypher", "MATCH (c:Company) WHERE c.id IN [$n, $d, $t] RETURN c.id AS id", *given, **at_embedded)
    said = [line for line in empty.stderr.splitlines() if " was sent as " in line]
    assert (empty.returncode, len(said)) == (0, 2)
    assert "n was sent as a number; --param n:text=5 sends it as text" in said[0]
    assert "d was sent as text; --param d:date=2025-03-01 sends it as a date" in said[1]
    found = chinaai("cypher", "RETURN $n AS n, $d AS d, $t AS t", *given, "--json", **at_embedded)
    assert json.loads(found.stdout) == [{"n": 5, "d": "2025-03-01", "t": "5"}] and "was sent as" not in found.stderr


def test_the_changes_of_ninety_days_are_told_by_default(at_embedded: dict[str, str]) -> None:
    """From 2026-11-24 it is 30 days to 2026-10-25, 60 to 2026-09-25, 90 to 2026-08-26."""
    done = chinaai("changes", "--to", "2026-11-24", "--kind", "law", **at_embedded)
    assert done.returncode == 0 and (done.stdout + done.stderr).startswith("What changed, 2026-08-26 to 2026-11-24: ")


def test_a_mistyped_type_in_a_free_query_is_told(at_embedded: dict[str, str]) -> None:
    done = chinaai("cypher", "MATCH (c:Compny) RETURN count(c) AS n", "--json", **at_embedded)
    told = "nothing in the graph is of the type 'Compny'; did you mean Company?\n"
    assert (json.loads(done.stdout), done.stderr) == ([{"n": 0}], told)
