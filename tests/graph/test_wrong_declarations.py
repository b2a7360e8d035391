"""A declaration that can't stand is refused when it is read, with its name, the field, and what to write."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from chinaai import view
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.export.rdf_terms import public
from chinaai.graph.model import NODES, registry
from chinaai.graph.model.base import EdgeType, Entity, Metric, edge, record
from chinaai.graph.model.checks import check_listed
from chinaai.graph.model.looks import COLOURS, SHAPES, free_looks
from chinaai.graph.model.vocabularies import VOCABULARIES
from chinaai.view.legend import NODE_LOOKS, look

FILE = "graph/model/twin.py"
GOOD = {"zh": "甲", "look": "blue star", "family": "technology"}


def twin(
    words: dict[str, Any], fields: dict[str, Any] | None = None, doc: str | None = "A second one."
) -> type[Entity]:
    """A node type made for one test."""
    told = {"__doc__": doc} if doc else {}
    given = {"__annotations__": fields or {}, "__module__": "chinaai.graph.model.twin", **told}
    return type("Twin", (Entity,), given | dict.fromkeys(fields or ()), **words)


def refused(*types: type[Entity]) -> str:
    with pytest.raises(ChinaAIError) as told:
        registry._nodes({"graph/model/actors.py": (NODES["Company"],), FILE: types})
    return str(told.value)


def test_a_good_one_passes() -> None:
    assert list(registry._nodes({FILE: (twin(GOOD, {"megawatts": float | None, "rooms": list[str]}),)})) == ["Twin"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"zh": ""}, "node type Twin needs a Chinese name and a look"),
        ({"look": ""}, "node type Twin needs a Chinese name and a look"),
        ({"look": "blue dot"}, "node types Twin and Company have the same look 'blue dot'; free are blue star"),
        ({"look": "star"}, "node type Twin: the look 'star' is not a colour and a shape"),
        ({"look": "purple hexagon"}, "node type Twin: there is no colour 'purple' for its look, colours are blue"),
        ({"look": "violet square"}, "node type Twin: there is no colour 'violet'"),
        ({"look": "orange hexagonn"}, "node type Twin: there is no shape 'hexagonn' for its look, did you mean"),
        ({"look": "orange hexagonn"}, "shapes are dot, square, diamond, triangle, hexagon, triangleDown, star"),
        ({"family": "tecnology"}, f"node type Twin: there is no family 'tecnology' ({FILE}); did you mean"),
        ({"family": None}, "node type Twin: it has no family"),
        ({"term": "foo:bar"}, "node type Twin: the term 'foo:bar' has an unknown prefix"),
        ({"term": "Place"}, "node type Twin: the term 'Place' is not prefix:name"),
    ],
)  # fmt: skip
def test_wrong_words_of_a_type(words: dict[str, Any], message: str) -> None:
    assert message in refused(twin(GOOD | words))


def test_a_misspelt_word_of_a_class_is_named() -> None:
    with pytest.raises(ChinaAIError, match=r"node type Twin: there is no 'famly='; it takes zh, look"):
        twin({**GOOD, "famly": "technology"})


def test_a_type_needs_a_docstring() -> None:
    assert f"node type Twin has no docstring ({FILE}); say in one sentence" in refused(twin(GOOD, doc=None))


@pytest.mark.filterwarnings("ignore:Field name")
@pytest.mark.parametrize(
    ("field", "kind", "message"),
    [
        ("valid_to", str | None, "the field 'valid_to' is kept by a load"),
        ("keys", list[str], "the field 'keys' is kept by a load"),
        ("hash", str | None, "the field 'hash' is kept by the store"),
        ("known_from", str | None, "the field 'known_from' is kept by the evidence"),
        ("look", str | None, "the field 'look' is kept by the class itself"),
        ("parts", dict[str, str], "the field 'parts' is of the type dict[str, str], which no database keeps"),
        ("parts", list[list[str]], "the field 'parts' is of the type list[list[str]], which no database keeps"),
    ],
)
def test_a_field_that_can_t_be_one(field: str, kind: Any, message: str) -> None:
    assert f"node type Twin: {message}" in refused(twin(GOOD, {field: kind}))


def test_two_declarations_of_one_name_are_both_placed() -> None:
    assert f"node type Twin is declared twice, twice in {FILE}" in refused(twin(GOOD), twin(GOOD))
    other = type("Company", (Entity,), {"__doc__": "x", "__module__": "chinaai.graph.model.twin"}, **GOOD)
    assert f"node type Company is declared twice, in graph/model/actors.py and in {FILE}" in refused(other)


def test_a_class_that_no_list_names_is_told() -> None:
    module: Any = ModuleType("chinaai.graph.model.twin")
    module.Twin, module.Company, module.NODE_TYPES = twin(GOOD), NODES["Company"], ()
    with pytest.raises(ChinaAIError, match=rf"node type Twin is not listed \({FILE}\); add it to NODE_TYPES"):
        check_listed([module])
    module.NODE_TYPES = (module.Twin,)
    check_listed([module])


@pytest.mark.parametrize("inside", [False, True])
def test_an_edge_outside_its_list_is_told(inside: bool) -> None:
    module: Any = ModuleType("chinaai.graph.model.twin")
    drafted = edge("DRAFTED", ("Company",), ("Company",), "x", "x", zh="起草")
    module._POLICY, module.EDGE_TYPES = (drafted,) if inside else drafted, ()
    with pytest.raises(ChinaAIError, match=rf"edge type DRAFTED is not listed \({FILE}\); add _POLICY to EDGE_TYPES"):
        check_listed([module])
    module.EDGE_TYPES = (drafted,)
    check_listed([module])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"subjects": "Company"}, "edge type DRAFTED: subjects can't be 'Company'; write a tuple of names, a single"),
        ({"name": "drafted"}, "edge type drafted: name can't be 'drafted'; write capital letters"),
        ({"zh": ""}, "edge type DRAFTED: zh can't be ''; write at least one letter"),
        ({"mapping": "near"}, "edge type DRAFTED: mapping can't be 'near'"),
        ({"objects": ("Compny",)}, f"objects names the undeclared type 'Compny' ({FILE}); did you mean Company?"),
        ({"term": "foo:bar"}, f"edge type DRAFTED: the term 'foo:bar' has an unknown prefix ({FILE})"),
    ],
)  # fmt: skip
def test_wrong_words_of_an_edge(words: dict[str, Any], message: str) -> None:
    usual = {"name": "DRAFTED", "subjects": ("Company",), "objects": ("Company",), "zh": "起草"}
    with pytest.raises(ChinaAIError, match=re.escape(message)):
        registry._edges({FILE: (edge(**{**usual, **words}, definition="x", example="x"),)})


def test_an_edge_declared_twice_is_placed() -> None:
    one = edge("DRAFTED", ("Company",), ("Company",), "x", "x", zh="起草")
    with pytest.raises(ChinaAIError, match=f"edge type DRAFTED is declared twice, in {FILE} and in b.py"):
        registry._edges({FILE: (one,), "b.py": (one,)})


def test_an_edge_needs_a_chinese_name() -> None:
    with pytest.raises(ValueError, match="zh"):
        EdgeType(name="X", subjects=("Company",), objects=("Company",), definition="x", example="x")  # type: ignore[call-arg]


def test_a_metric_is_named_with_its_fault() -> None:
    with pytest.raises(ChinaAIError, match="metric share: zh is missing"):
        record(Metric, "metric", name="share", definition="x")
    with pytest.raises(ChinaAIError, match="metric Share: name can't be 'Share'; write small letters"):
        record(Metric, "metric", name="Share", zh="份额", definition="x")
    share = Metric(name="share", zh="份额", definition="x", subjects=("Company",), term="foo:bar")
    with pytest.raises(ChinaAIError, match="metric share: the term 'foo:bar' has an unknown prefix"):
        registry._metrics((share,))
    with pytest.raises(ChinaAIError, match="metric share is declared twice"):
        registry._metrics((share.model_copy(update={"term": None}), share))
    with pytest.raises(ChinaAIError, match="metric share: no figure can be about the type 'Compny'"):
        registry._metrics((share.model_copy(update={"term": None, "subjects": ("Compny",)}),))


def test_spare_looks_are_none_that_a_type_has() -> None:
    declared = {(one.colour, one.shape) for one in NODE_LOOKS.values()}
    spare = {(one.colour, one.shape) for one in (look("Unknown", n) for n in range(60))}
    assert len(spare) >= 8 and not spare & declared
    assert "red star" not in free_looks(["red star"]) and "red star" in free_looks(["red dot"])
    assert len(free_looks([])) == len(COLOURS) * len(SHAPES)


def test_the_page_draws_each_shape_and_no_other() -> None:
    script = (Path(view.__file__).parent / "assets" / "data.js").read_text(encoding="utf-8")
    drawn = set(re.findall(r'\(shape === "(\w+)"\)', script))
    assert drawn | {"dot"} == set(SHAPES)  # what has no line of its own is drawn as a dot


def test_every_prefix_that_may_be_declared_leads_to_a_vocabulary() -> None:
    for prefix, base in VOCABULARIES.items():
        assert str(public(f"{prefix}:x")) == f"{base}x"
