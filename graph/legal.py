"""Names of laws, standards, documents, bodies and lists as lawyers and newspapers write them, reduced to keys.

One law has many spellings: 个人信息保护法, 《个人信息保护法》, PRC Personal Information Protection Law, Law on the
Protection of Personal Information. What is left of all of them is its core. What tells one document from another of
the same core is a mark: the edition, draft or trial, the country. A node bears its core alone and with each of its
marks; a name is looked for with all the marks that it has. So a name without an edition means every edition, and one
with an edition that nobody wrote down none. A standard or an order of a ministry is its number.

An abbreviation follows from no rule: it is an alias in the seeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from . import registered

#: Types whose names are read so.
RULED = frozenset({"Instrument", "Authority", "Requirement", "ControlList"})
#: First sign of such a key, which no whole name begins with.
SIGN = "§"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_PLAIN = re.compile(r"[^\w%+]|_")
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"
#: What marks a document, each with the brackets and words that go with it.
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("draft", re.compile(
        r"\(?\s*(?:(?:公开|再次|第二次)?征求意见稿|(?:修订|修正)?草案(?:[一二三]次审议稿)?|送审稿|立法计划)\s*\)?|\(\s*(?:计划|planned)\s*\)|"
        r"^draft\s+|\(?\s*\b(?:consultation|exposure)?\s*draft(?:\s+for(?:\s+public)?\s+(?:comments?|consultation))?\s*\)?$"
    )),
    ("trial", re.compile(
        r"\(?\s*试行\s*\)?$|\(\s*试行\s*\)|暂行(?=办法|规定|条例|细则)|"
        r"\b(?:interim|provisional|tentative)\b|\(\s*(?:for\s+)?trial(?:\s+implementation)?\s*\)"
    )),
    ("year", re.compile(
        rf"[(,]?\s*{_YEAR}\s*年?\s*(?:版|修[订正]版?|本|edition|version|revision|revised|amendment|amended)?\s*\)?"
    )),
    ("version", re.compile(r"(?<![\d.])v?(?P<version>\d\.\d)(?![\d.])\s*版?")),
    ("cn", re.compile(
        r"^(?:(?:the\s+)?(?:people's republic of china|prc|china)(?:'s)?\s+|chinese\s+|中华人民共和国|中国|我国)|"
        r"\s*(?:\bof\s+(?:the\s+)?|\()(?:people's republic of china|prc|china)\s*\)?$|\s*\(\s*中国\s*\)$"
    )),
    ("us", re.compile(r"^(?:u\.?s\.?a?\.?\s+|american\s+|united states\s+)|\s*\(\s*usa?\s*\)$")),
)  # fmt: skip
_COUNTRIES = {"CN": "cn", "US": "us"}
#: A title that is handed on with a notice, a title in quotes, and what newspapers put before one.
_HANDED_ON = re.compile(r"^[^《》]*?关于(?:印发|发布|公布)《([^《》]+)》的(?:通知|公告)$")
_QUOTES, _NEWS = re.compile(r"[《》〈〉]"), re.compile(r"^(?:新修[订正]的|现行|the\s+)+")
#: Who issues it, before 关于. A province that hands a notice on under the same title is somebody else.
_ISSUED = re.compile(r"^(.+?)(?=关于.+的(?:通知|意见|公告|通告|决定|批复|规定)$)")
_LOCAL = re.compile(rf"^(?!中国)(?:{registered.PLACE_ZH})|省|(?<!家)市(?!场)|自治区|县|区")
_RANK = re.compile(rf"^((?!中国)(?:{registered.PLACE_ZH}))(?:省|市|自治区|特别行政区)")
_KIND_ZH = re.compile(r"管理(?=(?:若干)?(?:办法|规定|条例|规范|细则)$)|(?<=特别管理措施)负面清单$")
_NATIONAL = re.compile(r"^(?:国家|全国)(?=.{3})")
#: Words that one writes short, in names of bodies and of rules.
_SHORT_ZH = {
    "互联网信息办公室": "网信办", "发展和改革委员会": "发改委", "发展改革委员会": "发改委", "发展改革委": "发改委",
    "工业和信息化": "工信", "经济和信息化": "经信", "市场监督管理": "市场监管", "药品监督管理": "药监",
    "卫生健康委员会": "卫健委", "卫生健康委": "卫健委", "广播电视总局": "广电总局", "金融监督管理": "金融监管",
    "外商投资": "外资", "自由贸易试验区": "自贸区", "科学技术部": "科技部",
    "通信管理局": "通管局", "人工智慧": "人工智能", "ai": "人工智能",
}  # fmt: skip
_SHORT_EN = {
    r"artificial intelligence": "ai", r"gen[ -]?ai": "generative ai", r"cyber[ -]security": "cybersecurity",
    r"e\.?\s?o\.?(?=\s*\d)": "executive order ", r"cac": "cyberspace administration", r"mofcom": "ministry commerce",
    r"commerce ministry": "ministry commerce", r"miit": "ministry industry information technology",
    r"ndrc": "national development reform commission", r"samr": "state administration market regulation",
    r"mps": "ministry public security", r"algorithmic": "algorithm", r"labell": "label", r"catalogue": "catalog",
    r"licence": "license", r"centre": "center", r"pi": "personal information",
}  # fmt: skip
_EN = [(re.compile(rf"\b{word}" + ("" if word in ("labell",) else r"(?![a-z])")), to) for word, to in _SHORT_EN.items()]
_SPELLED = re.compile(r"is(?=(?:e[ds]?|ing|ations?)\b)")  # stabilising, stabilizing
_PLURAL = re.compile(r"(?<=[a-z]{2})(?:ies|(?<!s)s)$")
_STOP = frozenset((
    "the", "a", "an", "of", "for", "on", "in", "to", "and", "no", "section", "part", "concerning", "regarding",
    "governing",
))  # fmt: skip
#: Words for 规定 and its like, which translators take one for the other, and those for 管理, which they leave out.
_RULES = frozenset(("provision", "regulation", "rule"))
_MANAGE = frozenset(("management", "administration", "administrative"))
_KINDS = frozenset(("measure", "rule", "law", "act", "notice", "opinion", "guideline", "catalog"))
#: Levels of graded protection, and classes of the telecom catalogue with or without what a licence of them is called.
_LEVEL = re.compile(
    r"^(?:网络安全|信息安全)?(?:等级保护|等保|mlps)\s*(?:level\s*)?(?P<one>[1-5一二三四五]|i{1,3}v?)\s*级?$|^(?P<two>[一二三四五])级等保$"
)
_LEVELS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "i": "1", "ii": "2", "iii": "3"}
_CLASS = re.compile(
    r"^(?:vats\s*)?(?:licen[cs]e\s*)?(?:增值电信业务(?:经营)?许可证)?\s*\(?(?P<code>b[12]\d)\)?\s*(?:类?(?:增值电信业务)?(?:经营)?(?:许可证|牌照|证)|licen[cs]e)?$"
)
#: What Chinese puts behind the code of a licence, a filing or a list: ICP证, APP备案, 1260H清单.
_NOUN = re.compile(r"^(?P<code>[a-z0-9][a-z0-9 -]*?)\s*(?P<noun>许可证|牌照|证|备案号?|清单)$")
_NOUNS = {"备案": " filing", "备案号": " filing", "清单": " list"}
_STANDARD = re.compile(
    r"^(?:国标|国家标准|(?:national )?standard )?\s*(?:gb\s*/?\s*[tz]?\s*-?\s*(?P<gb>\d{4,6}(?:\.\d+)?)"
    r"(?:\s*[-–—―:]+\s*(?P<year>(?:19|20)\d\d))?|tc\s*260\s*-?\s*(?P<tc>(?:pg\s*-?)?\d{3,6}[a-z]?))(?!\w)(?P<rest>.*)$"
)
_NUMBER = re.compile(r"^(?:gb\d[\d.]*|tc(?:pg)?\d+[a-z]?)$")
#: A standard whose number stands behind its title, in brackets.
_TITLE_FIRST = re.compile(r"^(?P<title>.+?)\s*\((?P<number>(?:gb|tc)[^()]+)\)$")
#: Bodies whose orders and announcements are known by their numbers, by what is left of their Chinese and English names.
#: Those of the NDRC begin at 1 again and again: no number of it means one document.
_NUMBERING = {
    "网信办": "administration cyberspace", "国务院": "council state", "公安部": "ministry public security",
    "市场监管总局": "administration market regulation state", "商务部": "commerce ministry",
    "工信部": "industry information ministry technology",
}  # fmt: skip
_ORDER = re.compile(
    r"^(?:(?P<body>.+?)\s*(?:令\s*第?\s*(?P<n1>\d+)\s*号|第?\s*(?P<n2>\d+)\s*号\s*令)|"
    r"(?:(?P<by>.+?) )?(?:order|decree) (?:no\.? ?)?(?P<n3>\d+)(?: of (?:the )?(?P<of>[a-z].+))?)"
)
_TOLD = re.compile(
    r"^(?P<body>.+?)\s*(?:公告\s*(?P<y1>20\d\d)\s*年\s*第?\s*(?P<n1>\d+)\s*号|(?P<y2>20\d\d)\s*年\s*第\s*(?P<n2>\d+)\s*号\s*公告|"
    r"announcement (?:no\.? ?)?(?P<n3>\d+)(?: of |, ?|\s*[\[(])(?P<y3>20\d\d)[\])]?|"
    r"announcement (?P<y4>20\d\d),? no\.? ?(?P<n4>\d+))$"
)
#: A number that names a document by itself: 工信部联科〔2026〕75号, Guoxinban Tongzi [2025] No. 2, H.R. 8170.
_DOCUMENT = re.compile(r"^\w[\w .]*?\s*[〔\[(]\d{4}[〕\])]\s*(?:no\. ?)?\d+号?$|^tc\s*260|^(?:h\.r\.|s\.) \d+$|^gb\b")


def asked_keys(text: str) -> list[str]:
    """Keys under which a folded name is looked for, with all its marks; empty where nothing is left of it."""
    return [key for core, marks in _read(text) if (key := _key(core, marks))]


def bare_keys(text: str) -> list[str]:
    """The same without its marks: other editions and countries, for a hint."""
    return [key for core, _ in _read(text) if (key := _key(core, ()))]


def only_draft(text: str, keys: Iterable[str]) -> bool:
    """Whether a folded name that says nothing of a draft is found under keys of one."""
    return any(f"{key}|draft" in keys for key in bare_keys(text) if key in asked_keys(text))


def held_keys(names: Iterable[str], country: str | None = None, years: Iterable[str] = ()) -> set[str]:
    """Keys of a node with these folded names: each core with every choice of the marks that any of its names has.

    Args:
        country: its country, as a code of two letters.
        years: years of its dates, by which editions are called too.
    """
    found = [one for name in dict.fromkeys(part for name in names for part in _parts(name)) for one in _read(name, 2)]
    numbers = [core for core, _ in found if _NUMBER.match(core)]
    if numbers:  # what stands before the title of a standard is its field: 网络安全技术
        found += [one for name in names if _HAN.match(name) and " " in name for one in _read(name.split(" ", 1)[1], 2)]
    cores = dict.fromkeys(core for core, _ in found)
    cores |= dict.fromkeys(f"{number}+{title}" for number in numbers for title in cores if title not in numbers)
    own = {mark for _, marks in found for mark in marks} | {*years}
    own |= {_COUNTRIES[country]} if country in _COUNTRIES else set()
    choices = [some for size in range(len(own) + 1) for some in combinations(sorted(own), size)]
    choices = [some for some in choices if sum(map(str.isdigit, some)) < 2]  # of years one
    return {_key(core, some) for core in cores for some in choices}


def order_names(number: str, issuers: Iterable[str]) -> list[str]:
    """What an official number says by itself: numbers of documents, and an order with the body that issued it.

    Args:
        issuers: Chinese names, of which the first numbers the order where the number names no body.
    """
    found = [part.strip() for part in re.split(r"[;,]", number) if _DOCUMENT.match(part.strip().casefold())]
    order = _ORDER.match(number.casefold())
    body = order and (order["body"] or order["by"] or next(iter(issuers), ""))
    named = f"{body} order {order['n1'] or order['n2'] or order['n3']}" if order else ""
    return [*found, named] if _numbered(named) else found


def _parts(name: str) -> list[str]:
    """A name that a node bears and what of it is one as well: without its brackets, a standard's number, its title."""
    standard = _STANDARD.match(name)
    rest = standard["rest"] if standard else ""
    return [name, re.sub(r"\s*\([^()]*\)", "", name), *([name.removesuffix(rest), rest.strip()] if rest else [])]


def _key(core: str, marks: Iterable[str]) -> str:
    return SIGN + "|".join((core, *sorted(marks))) if core else ""


def _read(text: str, least: int = 1) -> Iterator[tuple[str, frozenset[str]]]:
    """The core of a folded name and its marks, where there is any.

    Args:
        least: words that must be left beside a country: Customs is not what China Customs is called.
    """
    text = text.replace("’", "'").strip()
    if handed := _HANDED_ON.match(text):
        text = handed[1]
    text = _NEWS.sub("", _QUOTES.sub(" ", text)).strip()
    if numbered := _numbered(text):
        yield numbered, frozenset()
        return
    marks: set[str] = set()
    if standard := _STANDARD.match(_TITLE_FIRST.sub(r"\g<number> \g<title>", text)):
        number = f"gb{standard['gb']}" if standard["gb"] else f"tc{_PLAIN.sub('', standard['tc'])}"
        year = {standard["year"]} if standard["year"] else set()
        titles = list(_read(standard["rest"])) or [("", frozenset())]
        yield from ((f"{number}+{title}" if title else number, more | year) for title, more in titles)
        return
    if coded := _coded(text):
        yield coded, frozenset()
        return
    text = _NOUN.sub(lambda found: found["code"] + _NOUNS.get(found["noun"], " license"), text)
    for name, pattern in _MARKS:
        text = _marked(name, pattern, text, marks, least)
    core = _core_zh(text) if _HAN.search(text) else _core_en(text)
    if core:
        yield core, frozenset(marks)


def _coded(text: str) -> str:
    """The core of a level of graded protection or a class of telecom services; empty for another name."""
    if level := _LEVEL.match(text):
        sign = level["one"] or level["two"]
        return f"mlps{_LEVELS.get(sign, sign)}"
    found = _CLASS.match(text)
    return found["code"] if found else ""


def _marked(name: str, pattern: re.Pattern[str], text: str, marks: set[str], least: int = 1) -> str:
    """The text without a mark, which is added to those found; the text itself where nothing would be left."""
    match = pattern.search(text)
    if match is None:
        return text
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    if len(_HAN.findall(rest)) < 1 + least and len(re.findall(r"[a-z]{2,}", rest)) < least:
        return text
    marks.add(match[name] if name in ("year", "version") else name)
    return rest


def _numbered(text: str) -> str:
    """The core of an order or announcement of a body that numbers them; empty for another name."""
    told = _TOLD.match(text)
    if told:
        year, number = (next(told[f"{sign}{i}"] for i in range(1, 5) if told[f"{sign}{i}"]) for sign in "yn")
        body = _body(re.split(r"[\s、/]", told["body"])[0] if _HAN.search(text) else told["body"])
        return body and f"{body}公告{year}-{number}"
    order = _ORDER.fullmatch("国务院令" + text[2:] if text.startswith("国令") else text)
    body = _body(order["body"] or order["by"] or order["of"] or "") if order else ""
    return f"{body}令{order['n1'] or order['n2'] or order['n3']}" if order and body else ""


def _body(name: str) -> str:
    """The short Chinese name of a body that numbers its documents; empty for another."""
    name = re.split(r" (?:and|etc)\b|/", name)[0]
    marks: set[str] = set()
    text = _marked("cn", _MARKS[4][1], name, marks)
    core = _core_zh(text) if _HAN.search(text) else " ".join(sorted(set(_words(text))))
    return core if core in _NUMBERING else next((one for one, other in _NUMBERING.items() if other == core), "")


def _core_zh(text: str) -> str:
    text = _PLAIN.sub("", text)
    for long, short in _SHORT_ZH.items():
        text = text.replace(long, short)
    issued = _ISSUED.match(text)
    if issued and not _LOCAL.search(issued[1]):
        text = text[issued.end() :]
    return _KIND_ZH.sub("", _RANK.sub(r"\1", _NATIONAL.sub("", text)))


def _core_en(text: str) -> str:
    """The words of an English name in the order of the alphabet: translators put them in any."""
    words = {"rule" if word in _RULES else word for word in _words(text)}
    if words & _KINDS:
        words -= _MANAGE
    return "-".join(sorted(words)) if words - _KINDS else ""


def _words(text: str) -> Iterator[str]:
    for pattern, to in _EN:
        text = pattern.sub(to, text)
    for word in re.findall(r"[a-z]+|[\d.]+%?|[^\W\d_]+", _SPELLED.sub("iz", text.replace("'s", ""))):
        one = _PLURAL.sub(lambda found: "y" if found[0] == "ies" else "", word)
        if one not in _STOP and one.strip("."):
            yield one.strip(".")
