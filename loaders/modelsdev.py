"""Who offers which Chinese model where, from models.dev: `models/LAB/*.toml` and `providers/NAME/models/**.toml`.

A listing is in scope where its `base_model` lies in the folder of a Chinese laboratory; where its id or name is that
of such a model, or of a curated model of a Chinese maker; or where its id bears the name of a Chinese maker on model
hubs, as `deepseek-ai/…`. A `family` says less: others' alterations bear it too. To list a model is an offer, never a
partnership.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from ..graph.dates import PartialDate
from ..graph.identity import name_key
from ..graph.model.evidence import Source
from ..graph.model.technology import Model, Product
from ..graph.problems import Problem
from .base import Context, Loaded, Loader
from .identity import Identity
from .outside import CHINESE, End, Outside, own_id
from .remote import Remote
from .tomltree import Toml, Tree, read_tree

#: Keys that are read; `cost` is in dollars a million tokens.
READ = (
    "name family release_date last_updated open_weights base_model status modalities weights cost cost.input "
    "cost.output doc"
)
#: Keys that are not read: how to call a model, what it can do, finer prices, and scores that others measured.
#: `release_date` is read from the laboratories' own files; those of sellers differ.
LEFT_OUT = (
    "api env npm provider base_model_omit experimental interleaved attachment reasoning reasoning_options knowledge "
    "limit structured_output temperature tool_call links license benchmarks cost.cache_input cost.tiers "
    "cost.cache_read cost.cache_write cost.cached_input cost.cached_write cost.citation cost.image cost.input_audio "
    "cost.output_audio cost.reasoning cost.request"
)
#: What sellers add to a name: their own address of a maker, a price, a format of the numbers. `Thinking`, `Turbo` and
#: `fast` are left, since they also name models of their own.
_SELLER = re.compile(r"^(?:pro/)?(?:[\w.-]+/)*|\s*[-( ](?:free|fp8|tee|original)\)?$", re.IGNORECASE)
_MAKER = re.compile(r"^([\w.]+(?: [\w.]+)?): ")
_HUB = re.compile(r"https://huggingface\.co/([\w.-]+/[\w.-]+)")


class ModelsDevLoader(Loader):
    """Offers of Chinese models. Prices and dates are those of the data set's newest entry."""

    name: ClassVar[str] = "modelsdev"
    title: ClassVar[str] = "models.dev: providers that offer Chinese models"
    expects: ClassVar[str] = "the repository's tar.gz, or a folder with providers/ and models/ (MIT)"
    remotes: ClassVar[tuple[Remote, ...]] = (
        Remote("https://api.github.com/repos/anomalyco/models.dev/tarball", "tar.gz", "models.dev.tar.gz"),
    )

    def read(self, path: Path, context: Context) -> Loaded:
        """Read and check every file; resolve the listings in scope."""
        tree = read_tree(path, ("providers", "models"))
        for file in tree.files.values():
            tree.problems += _check(tree, file)
        days = sorted(str(file.values.get("last_updated", ""))[:10] for file in tree.files.values())
        newest = next((day for day in reversed(days) if len(day) > 4 and _day(day, context.today)), "1970")
        out = Outside(self.name, source_of(newest), context)
        out.loaded.problems += tree.problems
        for name, target in tree.broken.items():
            out.remark(f"{name}: refused (broken link to {target})")
        return _Reader(out, tree, PartialDate.parse(newest)).run() if not out.loaded.problems else out.finish("")


def source_of(newest: str) -> Source:
    """models.dev as a source, dated by its newest entry."""
    return Source(
        id="models-dev", url="https://github.com/anomalyco/models.dev", publisher="models.dev", licence="open",
        title="models.dev", published=PartialDate.parse(newest), kind="community", language="en",
        note="MIT. The date is that of the newest entry in the files.",
    )  # fmt: skip


def _check(tree: Tree, file: Toml) -> list[Problem]:
    kinds = {"name": str, "family": str, "base_model": str, "cost": dict, "modalities": dict}
    found = file.unfit(frozenset([*READ.split(), *LEFT_OUT.split()]), kinds)
    hint = "fetch the data set again"
    if not file.values.keys() & {"name", "base_model"}:
        found.append(file.problem("name", "MISSING-FIELD", "the file has neither 'name' nor 'base_model'", hint))
    if file.file.startswith("providers/") and f"providers/{file.file.split('/')[1]}/provider.toml" not in tree.files:
        found.append(file.problem("name", "NO-PROVIDER", "there is no provider.toml for this listing", hint))
    return found


class _Reader:
    def __init__(self, out: Outside, tree: Tree, newest: PartialDate) -> None:
        self.out, self.tree, self.newest = out, tree, newest
        self.known = Identity()  # models of the laboratories' folders, under the id that each bears in the graph
        self.ends: dict[str, End] = {}  # those of Chinese laboratories
        self.sold: dict[tuple[str, str], End] = {}  # maker and bare name of models that only sellers list

    def run(self) -> Loaded:
        for path, file in self.tree.files.items():
            if path.startswith("models/"):
                self._model(path.removeprefix("models/").removesuffix(".toml"), file.values)
        listed = [path for path in self.tree.files if path.startswith("providers/") and "/models/" in path]
        offers = sum(self._offer(path.split("/")[1], path.split("/models/", 1)[1], path) for path in listed)
        return self.out.finish(f"{offers} of {len(listed)} listings are of Chinese models")

    def _model(self, path: str, values: dict[str, Any]) -> None:
        lab, name, family = path.split("/")[0], values["name"], str(values.get("family", ""))
        maker = self.out.join([lab], "Company")
        # A faster or cheaper variant bears the link to the weights of another model, so only its own name counts.
        own = {name_key(name), name_key(path.split("/")[1])}
        hubs = [link for link in _HUB.findall(str(values.get("weights"))) if name_key(link.split("/")[1]) in own]
        one = own_id("modelsdev", "Model", path)
        more: dict[str, Any] = {"modality": _modality(values), "hub_names": hubs}
        if maker is not None and self._chinese(maker[1]):
            end = self.out.join([name, *hubs], "Model")
            end = end or self.out.make(Model, name, key=path, namesake=True, aliases=[path], **more)
            one, self.ends[end[1]] = end[1], end
            opened = values.get("open_weights")
            self.out.fact("DEVELOPED", (path,), maker, end, as_of=self.newest, open_weights=opened)
            released = str(values.get("release_date", ""))
            if day := _day(released, self.out.context.today):
                self.out.figure("released", path, end, day=day, announced=day, scope="as the laboratory's file says")
            elif released:
                self.out.remark(f"models/{path}.toml: the release date '{released}' is no day up to today; left out")
            if line := self.out.join([family], "ModelFamily"):
                self.out.fact("IN_FAMILY", (path,), end, line, as_of=self.newest)
        known = self.known.entities.get(one)
        self.known.add(Model(id=one, name=name, aliases=[path, *(known.names() if known else ())], hub_names=hubs))

    def _offer(self, provider: str, listed: str, path: str) -> bool:
        values, listed = self.tree.files[path].values, listed.removesuffix(".toml")
        model = self._find(f"{provider}/{listed}", listed, values)
        if model is None:
            return False
        own, cost = self.tree.files[f"providers/{provider}/provider.toml"].values, values.get("cost") or {}
        seller = self.out.join([own["name"]], "Company", "Product")
        seller = seller or self.out.make(
            Product, own["name"], key=provider, namesake=True, kind="model API", website=own.get("doc")
        )
        priced = {"input", "output"} <= cost.keys()
        price = f"{cost['input']} USD in, {cost['output']} USD out a million tokens" if priced else None
        more: dict[str, Any] = {"product": listed, "scope": values.get("status"), "amount": price}
        self.out.fact("OFFERS", (provider, listed), seller, model, as_of=self.newest, **more)
        return True

    def _find(self, where: str, listed: str, values: dict[str, Any]) -> End | None:
        """The listed model, if it is Chinese by what models.dev or the curated facts say."""
        name, base = str(values.get("name", "")).strip(), values.get("base_model")
        wanted = [base] if base else [listed, name]
        found = {one for word in wanted for one in self.out.context.identity.find(word, "Model")}
        found |= {one for word in wanted for one in self.known.find(word)}
        makers = self.out.context.makers
        chinese = {one for one in found if one in self.ends or any(map(self._chinese, makers.get(one, ())))}
        if len(found) > 1 and chinese:
            self.out.remark(f"{where}: refused, it may be {' or '.join(sorted(found))}")
        if len(found) == 1 and chinese and not found & self.ends.keys():
            self.out.loaded.joined[base or listed] = min(found)
        if found:
            return self.ends.get(min(found), ("Model", min(found))) if len(found) == 1 and chinese else None
        maker = self.out.join(listed.split("/")[-2:-1], "Company")
        if base or maker is None or not self._chinese(maker[1]):
            return None
        return self._sold(listed, name, maker, values)

    def _sold(self, listed: str, name: str, maker: End, values: dict[str, Any]) -> End:
        """A model that only sellers list, once for all of them: by its bare name or the last part of its id."""
        keys = [(maker[1], name_key(bare_name(word))) for word in (name, listed)]
        known = {one for _, key in keys for one in self.known.find(key) if one in self.ends}
        end = next((self.sold[key] for key in keys if key in self.sold), None)
        if end is None and len(known) == 1:
            end = self.ends[min(known)]
        if end is None:
            shown = bare_name(name)
            end = self.out.join([shown], "Model") or self.out.make(
                Model, shown, key=f"{maker[1]}/{keys[1][1]}", namesake=True, modality=_modality(values)
            )
            if end not in self.sold.values() and maker[1] not in self.out.context.makers.get(end[1], ()):
                scope = "published under the maker's name, by the id of the listing"
                self.out.fact("DEVELOPED", (end[1],), maker, end, as_of=self.newest, scope=scope)
        for key in keys:
            self.sold.setdefault(key, end)
        return end

    def _chinese(self, company: str) -> bool:
        return getattr(self.out.context.identity.entities[company], "country", None) in CHINESE


def bare_name(name: str) -> str:
    """A listed name without what its seller adds: `Z.ai: GLM 4.6`, `Pro/zai-org/GLM-4.6` and `GLM 4.6 FP8` are one."""
    text, before = _MAKER.sub("", name.strip()), ""
    while text != before:
        before, text = text, _SELLER.sub("", text).strip()
    return text or name


def _day(text: str, today: date) -> PartialDate | None:
    if not re.fullmatch(r"[0-9]{4}(-[0-9][0-9]){0,2}", text):
        return None
    try:
        found = PartialDate.parse(text)
    except ValueError:
        return None
    return found if found.first <= today else None


def _modality(values: dict[str, Any]) -> str | None:
    kinds = (values.get("modalities") or {}).get("input", [])
    return ", ".join(kinds) or None
