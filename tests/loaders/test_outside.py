"""Loaders of outside data: names joined or left alone, every fact cited and dated, twice the same on both engines."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from chinaai.graph.digest import status
from chinaai.graph.identity import name_key
from chinaai.graph.model.actors import Company
from chinaai.graph.model.technology import Model
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS, Context, Loaded, load, loaders
from chinaai.loaders.build import context_of
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.epoch import COLUMNS, LEFT_OUT, EpochLoader
from chinaai.loaders.identity import Identity
from chinaai.loaders.modelsdev import ModelsDevLoader, bare_name
from outside_data import DAY, INPUTS, MADE, archive, context, made_seeds, read


def facts(loaded: Loaded, kind: str) -> set[tuple[str, str]]:
    """Ends of all facts of a kind, own things by their names."""
    names = {node.id: node.props["name"] for node in loaded.batch.nodes}
    ends = [(edge.start[1], edge.end[1]) for edge in loaded.batch.edges if edge.type == kind]
    return {(str(names.get(a, a)), str(names.get(b, b))) for a, b in ends}


def props(loaded: Loaded, name: str) -> dict[str, object]:
    (node,) = [node for node in loaded.batch.nodes if node.props["name"] == name]
    return dict(node.props)


def edge(loaded: Loaded, kind: str, start: str, end: str) -> dict[str, object]:
    (found,) = [e for e in loaded.batch.edges if (e.type, e.start[1], e.end[1]) == (kind, start, end)]
    return dict(found.props)


class TestEpoch:
    def test_chinese_models_their_bases_and_what_was_built_on_them(self) -> None:
        found = read("epoch")
        assert found.problems == []
        assert found.remarks == [
            "'modality' is not written for beta-1: what stands already keeps its own",
            "2 of 5 models have a Chinese maker; beside them 1 base models, 1 models built on them",
        ]
        assert facts(found, "DEVELOPED") == {
            ("beta", "Beta-2"), ("beta", "beta-1"), ("North University", "beta-1"), ("Root Labs", "Root"),
            ("Root Labs", "Omega"), ("South Institute", "Omega"),
        }  # fmt: skip
        assert facts(found, "DERIVED_FROM") == {("Beta-2", "beta-1"), ("Beta-2", "Root"), ("Omega", "Beta-2")}
        assert facts(found, "TRAINED_ON") == {("Beta-2", "x800"), ("Omega", "x800"), ("Omega", "Y1")}

    def test_curated_things_keep_their_nodes(self) -> None:
        ids = {node.id for node in read("epoch").batch.nodes}
        assert not ids & {"beta", "beta-1", "x800"}
        assert {node.label for node in read("epoch").batch.nodes} == {
            "Source", "Company", "Model", "Chip", "Observation"
        }  # fmt: skip

    def test_filled_in_days_are_not_taken_for_days(self) -> None:
        found = {
            (n.props["name"], n.props["date"])
            for n in read("epoch").batch.nodes
            if n.props.get("metric") == "published"
        }
        assert found == {
            ("Beta-2: published 2030-03", "2030-03"), ("Beta-1: published 2029", "2029"),
            ("Root: published 2028-01-09", "2028-01-09"), ("Omega: published 2030-06-02", "2030-06-02"),
        }  # fmt: skip

    def test_evidence(self) -> None:
        found = read("epoch")
        source = props(found, "Notable AI Models")
        assert (source["licence"], source["kind"], source["published"]) == ("open", "aggregator", "2030-06-03")
        parameters = props(found, "Beta-2: parameters 7,000,000,000 parameters")
        assert (parameters["announced"], parameters["status"]) == ("2030-03", "reported")
        assert "approximate" not in parameters
        compute = props(found, "Beta-2: training_compute 1.5e+22 FLOP")
        assert (compute["as_of"], compute["scope"], compute["approximate"]) == (
            "2030-06-03", "graded by Epoch as Likely", "about",
        )  # fmt: skip
        assert str(compute["known_from"]) == "2030-06-03"
        cost = props(found, "Beta-2: training_cost 250,000 USD")
        assert cost["scope"] == "in dollars of 2023; graded by Epoch as Likely"
        model = next(n.id for n in found.batch.nodes if n.props["name"] == "Beta-2")
        trained = edge(found, "TRAINED_ON", model, "x800")
        assert (trained["amount"], trained["confidence"], trained["sources"]) == (
            "512 chips", 0.45, ["epoch-notable-models"],
        )  # fmt: skip
        assert trained["confidence_why"] == "aggregator 0.50; reported ×0.90; = 0.45"

    def test_what_is_not_sure_of_an_organisation_is_absent(self) -> None:
        found = read("epoch")
        assert "kind" not in props(found, "South Institute")  # two organisations, one kind in its row
        assert props(found, "South Institute")["country"] == "DE"
        assert "kind" not in props(found, "North University")  # Academia may be a university or an academy
        assert (props(found, "Root Labs")["kind"], props(found, "Root Labs")["country"]) == ("company", "US")

    def test_no_column_is_both_read_and_left_out(self) -> None:
        assert not set(COLUMNS) & set(LEFT_OUT)


class TestHsTech:
    def test_members(self) -> None:
        found = read("hstech")
        assert found.problems == []
        members = facts(found, "MEMBER_OF_INDEX")
        assert len([e for e in found.batch.edges if e.type == "MEMBER_OF_INDEX"]) == 30
        assert {("beta", "hstech"), ("gamma", "hstech"), ("Beta Robotics", "hstech"), ("Firm 04", "hstech")} <= members
        assert found.remarks[0] == "line 4: 'Beta Robotics' is not beta, which is listed as HKEX:0027"

    def test_as_of_the_review(self) -> None:
        member = edge(read("hstech"), "MEMBER_OF_INDEX", "beta", "hstech")
        assert (member["as_of"], str(member["known_from"]), member["status"]) == ("2030-06", "2030-07-01", "reported")
        source = next(node for node in read("hstech").batch.nodes if node.label == "Source")
        assert source.props["licence"] == "unknown"

    def test_own_company_bears_its_listing(self) -> None:
        firm = props(read("hstech"), "Firm 04")
        assert (firm["name_zh"], firm["tickers"]) == ("第4公司", ["HKEX:3004"])

    def test_a_name_of_two_companies_is_left_unjoined(self) -> None:
        known = context()
        twin = Company(id="firm-4", name="Firm 04", country="CN")
        other = Company(id="firm-four", name="Firm Four", aliases=["Firm 04"], country="CN")
        found = loaders()["hstech"].read(
            MADE / INPUTS["hstech"],
            Context(Identity([*known.identity.entities.values(), twin, other]), known.seeds, known.today),
        )
        assert "'Firm 04' is left unjoined: it may be firm-4 or firm-four" in found.remarks
        assert ("Firm 04", "hstech") in facts(found, "MEMBER_OF_INDEX")

    def test_a_code_of_one_company_and_the_name_of_another_join_neither(self) -> None:
        known = context()
        bearer = Company(id="bearer", name="Bearer of the name", aliases=["Firm 04"], country="CN")
        listed = Company(id="listed", name="Listed", country="CN", tickers=["HKEX:3004"])
        found = loaders()["hstech"].read(
            MADE / INPUTS["hstech"],
            Context(Identity([*known.identity.entities.values(), bearer, listed]), known.seeds, known.today),
        )
        assert "line 5: HKEX:3004 is listed, 'Firm 04' is bearer; left unjoined" in found.remarks
        members = facts(found, "MEMBER_OF_INDEX")
        assert ("Firm 04", "hstech") in members and not members & {("listed", "hstech"), ("bearer", "hstech")}


class TestModelsDev:
    def test_offers_never_partnerships(self) -> None:
        found = read("modelsdev")
        assert found.problems == []
        assert found.remarks == ["3 of 5 listings are of Chinese models"]
        assert facts(found, "OFFERS") == {
            ("alpha", "beta-1"), ("alpha", "Beta 4 (new)"), ("Cloud One", "Beta 3")
        }  # fmt: skip
        assert {e.type for e in found.batch.edges} == {"OFFERS", "DEVELOPED", "OF"}
        assert facts(found, "DEVELOPED") == {("beta", "beta-1"), ("beta", "Beta 3"), ("beta", "Beta 4 (new)")}

    def test_what_an_offer_says(self) -> None:
        offer = edge(read("modelsdev"), "OFFERS", "alpha", "beta-1")
        assert (offer["product"], offer["amount"]) == ("beta-one", "0.5 USD in, 2 USD out a million tokens")
        assert (offer["as_of"], str(offer["known_from"])) == ("2030-02-06", "2030-02-06")
        assert (offer["confidence"], offer["weak"]) == (0.36, True)
        source = next(node for node in read("modelsdev").batch.nodes if node.label == "Source")
        assert (source.props["licence"], source.props["kind"]) == ("open", "community")

    def test_a_link_to_the_weights_of_another_model_is_no_name_of_this(self, tmp_path: Path) -> None:
        copytree(MADE / "models.dev", tmp_path / "tree")
        with (tmp_path / "tree" / "models" / "beta-ai" / "beta-3.toml").open("a", encoding="utf-8") as file:
            file.write('\n[[weights]]\nurl = "https://huggingface.co/beta-ai/Beta-3-Base-Of-All"\n')
        assert props(read("modelsdev", tmp_path / "tree"), "Beta 3")["hub_names"] == ["beta-ai/Beta-3"]

    def test_links_are_followed_or_refused_by_name(self, tmp_path: Path) -> None:
        copytree(MADE / "models.dev", tmp_path / "tree")
        folder = tmp_path / "tree" / "providers" / "cloud-one" / "models"
        (folder / "linked.toml").symlink_to("../../alpha/models/beta-one.toml")
        (folder / "gone.toml").symlink_to("../../alpha/models/gone.toml")
        (folder / "out.toml").symlink_to("/etc/hostname")
        found = read("modelsdev", tmp_path / "tree")
        assert found.problems == []
        assert found.remarks == [
            "providers/cloud-one/models/gone.toml: refused (broken link to ../../alpha/models/gone.toml)",
            "providers/cloud-one/models/out.toml: refused (broken link to /etc/hostname)",
            "4 of 6 listings are of Chinese models",
        ]
        assert ("Cloud One", "beta-1") in facts(found, "OFFERS")

    def test_archive_and_folder_say_the_same(self, tmp_path: Path) -> None:
        assert read("modelsdev", archive(tmp_path)).batch == read("modelsdev").batch
        assert read("modelsdev", MADE / "models.dev" / "providers").problems == []

    def test_a_listing_that_may_be_two_models_is_refused(self) -> None:
        known = context()
        other = Model(id="beta-3-old", name="Beta-3")
        found = ModelsDevLoader().read(
            MADE / "models.dev", Context(Identity([*known.identity.entities.values(), other]), known.seeds)
        )
        assert not [pair for pair in facts(found, "OFFERS") if pair[0] == "Cloud One" and pair[1] != "beta-3-old"]


class TestNames:
    def test_a_reviewed_line_joins_and_a_wrong_one_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "registers").mkdir()
        lines = tmp_path / "registers" / "outside-names.yaml"
        line = "- {{loader: epoch, printed: Root Labs, is: {}, reason: said by its own page}}\n"
        lines.write_text("names:\n" + line.format("gamma"), encoding="utf-8")
        known = Context(context().identity, tmp_path, DAY)
        found = EpochLoader().read(MADE / "epoch.csv", known)
        assert ("gamma", "Root") in facts(found, "DEVELOPED")
        lines.write_text("names:\n" + line.format("gama"), encoding="utf-8")
        (problem,) = EpochLoader().read(MADE / "epoch.csv", known).problems
        assert str(problem) == (
            "registers/outside-names.yaml:2:43 UNKNOWN-ENTITY unknown thing 'gama'; use the id of a curated entity"
        )

    def test_every_shipped_line_names_a_curated_thing(self) -> None:
        shipped = context_of(read_seeds(SEEDS), DAY)
        for name in INPUTS:
            assert [p for p in loaders()[name].read(MADE / INPUTS[name], shipped).problems if p.code != "COUNT"] == []


def build_made(store: Store) -> None:
    for _, loaded in made_seeds():
        load(store, loaded, today=DAY)


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_twice_is_once(store: Store, name: str) -> None:
    build_made(store)
    first = load(store, read(name), today=DAY)
    elements = len(first.plan.elements(new=True))
    assert elements == len(read(name).batch.nodes) + len(read(name).batch.edges)
    before = status(store)
    again = load(store, read(name), today=DAY)
    assert again.plan.empty
    assert again.counts() == {"added": 0, "changed": 0, "closed": 0, "unchanged": elements}
    full = load(store, read(name), today=DAY, full=True)
    assert full.plan.empty
    assert status(store).digest == before.digest
    assert before.altered == []


def test_both_engines_hold_the_same(embedded_store: Store, neo4j_store: Store) -> None:
    digests = []
    for one in (embedded_store, neo4j_store):
        build_made(one)
        for name in sorted(INPUTS):
            load(one, read(name), today=DAY)
        digests.append(status(one).digest)
    assert digests[0] == digests[1]


class TestNamesOfSellers:
    @pytest.mark.parametrize(
        "listed",
        [
            "GLM 4.6",
            "Z.ai: GLM 4.6",
            "Z-AI/GLM 4.6",
            "Pro/zai-org/GLM-4.6",
            "GLM 4.6 FP8",
            "GLM 4.6 (free)",
            "GLM-4.6-TEE",
        ],
    )
    def test_what_a_seller_adds_is_no_part_of_a_model_s_name(self, listed: str) -> None:
        assert name_key(bare_name(listed)) == "glm46"

    @pytest.mark.parametrize(
        "listed", ["Kimi K2 Thinking", "GLM-5-Turbo", "Qwen3.5-397B-A17B-fast", "Step 3.5 Flash 2603"]
    )
    def test_a_word_that_may_name_another_model_stays(self, listed: str) -> None:
        assert bare_name(listed) == listed


def test_a_release_date_of_the_laboratory_is_kept_and_one_to_come_is_told(tmp_path: Path) -> None:
    copytree(MADE / "models.dev", tmp_path / "tree")
    lab = tmp_path / "tree" / "models" / "beta-ai"
    for name, day in (("beta-1", "2025-03-04"), ("beta-3", "2123-01-01")):
        text = (lab / f"{name}.toml").read_text("utf-8")
        kept = [line for line in text.splitlines() if not line.startswith("release_date")]
        (lab / f"{name}.toml").write_text("\n".join([f'release_date = "{day}"', *kept]), "utf-8")
    found = read("modelsdev", tmp_path / "tree")
    dates = [node.props for node in found.batch.nodes if node.props.get("metric") == "released"]
    assert [(d["date"], d["announced"]) for d in dates] == [("2025-03-04", "2025-03-04")]
    assert any("'2123-01-01' is no day up to today" in remark for remark in found.remarks)
    made = {node.id for node in found.batch.nodes if node.label == "Model"}
    assert made <= {edge.end[1] for edge in found.batch.edges if edge.type == "DEVELOPED"}
