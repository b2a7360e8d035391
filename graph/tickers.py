"""Stock codes as vendors write them, each read as one written form: EXCHANGE:CODE.

`9988.HK`, `09988`, `HK:9988`, `9988 HK` and `SEHK: 9988` are HKEX:9988; `688256.SH`, `sh.688256` and `SH688256` are
SSE:688256; `$BABA`, `BABA.US`, `BABA US` and `gb_baba` are a listing in the United States, whichever exchange or over
the counter.
"""

from __future__ import annotations

import re
import unicodedata

#: Word before a code, in capitals, and the exchange it means. US stands for any exchange there. 0, 1, 105 to 107 and
#: 116 are the markets of a Chinese vendor.
_BEFORE = {
    "HKEX": "HKEX SEHK HKSE HKG XHKG HK 港股 港交所 香港交易所 联交所 116",
    "SSE": "SSE SHSE SHA XSHG SH 沪市 上交所 上海证券交易所 1",
    "SZSE": "SZSE SHE XSHE SZ 深市 深交所 深圳证券交易所 0",
    "BSE": "BSE BJSE BJ 北交所 北京证券交易所",
    "NASDAQ": "NASDAQ NASDAQGS NASDAQGM NASDAQCM XNAS NMS NGS 纳斯达克",
    "NYSE": "NYSE XNYS NYS NYQ 纽交所 纽约证券交易所",
    "OTC": "OTC OTCMKTS OTCPK OTCQX OTCQB PINX PNK",
    "US": "US 美股 GB 105 106 107",
    "TYO": "TYO TSE JPX XTKS", "KRX": "KRX XKRX KOSPI", "TWSE": "TWSE TPE XTAI TW", "TPEX": "TPEX",
    "ETR": "ETR XETRA XETR FRA", "EPA": "EPA XPAR", "STO": "STO XSTO", "TADAWUL": "TADAWUL XSAU SASE",
    "LSE": "LSE LON XLON", "AMS": "AMS XAMS", "SIX": "SIX SWX VTX",
    "SGX": "SGX XSES", "ASX": "ASX XASX", "TSX": "TSX XTSE", "NSE": "NSE XNSE", "BVMF": "BVMF", "JSE": "JSE XJSE",
    "IDX": "IDX XIDX", "OSL": "OSL XOSL",
}  # fmt: skip
#: Word behind a code. CN stands for any exchange of mainland China.
_BEHIND = {
    "HKEX": "HK XHKG HKG HKEX", "SSE": "SH SS XSHG SHA SHH SSE", "SZSE": "SZ XSHE SHE SHZ SZSE", "BSE": "BJ",
    "CN": "CH CN C1 C2 CG CS",
    "NASDAQ": "O OQ XNAS NASDAQ", "NYSE": "N K XNYS NYSE", "OTC": "PK PNK PINX OTC OTCMKTS", "US": "US UN UW UQ UR",
    "TYO": "T JP JT", "KRX": "KS KP", "TWSE": "TW TT", "TPEX": "TWO", "ETR": "DE GR GY", "EPA": "PA FP",
    "STO": "ST", "TADAWUL": "SR", "LSE": "L LN", "AMS": "AS", "SIX": "SW",
}  # fmt: skip
BEFORE = {word: exchange for exchange, words in _BEFORE.items() for word in words.split()}
BEHIND = {word: exchange for exchange, words in _BEHIND.items() for word in words.split()}
_CODE = r"[A-Z0-9]+(?:[.\-/ ][A-Z])?"
_FIRST = re.compile(rf"(?P<word>{'|'.join(sorted(BEFORE, key=len, reverse=True))})\s*[:.\-_：/]?\s*(?P<code>{_CODE})")
_LAST = re.compile(
    rf"(?P<code>{_CODE})\s*[.:\-_ ]\s*(?P<word>{'|'.join(sorted(BEHIND, key=len, reverse=True))})(?: EQUITY)?"
)
_GLUED = re.compile(r"(?P<code>\d{5,6})(?P<word>HK|SH|SZ|BJ)")
_US = ("NASDAQ", "NYSE", "OTC")
#: How many digits the codes of an exchange have, where they are all digits.
_DIGITS = {"HKEX": 4, "SSE": 6, "SZSE": 6, "BSE": 6, "KRX": 6, "TYO": 4, "TWSE": 4, "TADAWUL": 4}


def written(text: str) -> str:
    """The one form EXCHANGE:CODE of a listing that names its exchange; other text as it is."""
    found = [form for form in forms(text) if not form.startswith(("US:", "CN:"))]
    return found[0] if len(found) == 1 else text


def forms(text: str) -> list[str]:
    """The listings that a text may mean, as EXCHANGE:CODE; empty where it has no form of a stock code.

    A bare number of fewer than five digits is none: it may be a year, a product, a count.
    """
    plain = unicodedata.normalize("NFKC", text).upper().strip().strip("()[]{}<>").strip()
    cash = plain.startswith("$")
    plain = plain.removeprefix("$").strip()
    match = _FIRST.fullmatch(plain) or _LAST.fullmatch(plain) or _GLUED.fullmatch(plain)
    found: list[str] = []
    for pattern, words in ((_FIRST, BEFORE), (_LAST, BEHIND), (_GLUED, BEHIND)):
        match = pattern.fullmatch(plain)
        if match and _fits(match, pattern is _FIRST):
            found += [f"{one}:{code}" for one, code in _coded(words[match["word"]], match["code"])]
    if plain.isascii() and plain.isdigit():
        if len(plain) == 5:
            found += [f"{one}:{code}" for one, code in _coded("HKEX", plain)]
        elif len(plain) == 6:
            found += [f"{one}:{code}" for one, code in (*_coded("CN", plain), *_coded("KRX", plain))]
    elif cash and re.fullmatch(r"[A-Z]{1,5}(\.[A-Z])?", plain):
        found.append(f"US:{plain}")
    return list(dict.fromkeys(found))


def keys(ticker: str) -> list[str]:
    """Look-up keys of a listing in our own data, `EXCHANGE:CODE`: that form, and any exchange of its country."""
    exchange, _, code = written(ticker).partition(":")
    found = [f"{exchange}:{code}".casefold()]
    if exchange in _US:
        found.append(f"us:{code}".casefold())
        if code.isalpha() and len(code) > 1:
            found.append(code.casefold())  # a symbol there is a name of its own; AIR or OR of Paris is a word
    return found


def _fits(match: re.Match[str], before: bool) -> bool:
    """Letters and digits glued together are a code for the exchanges whose codes are numbers alone, and behind 中文."""
    word = match["word"]
    glued = match.group(0) == (word + match["code"] if before else match["code"] + word)
    if not glued or not word.isascii():
        return True
    return not word.isdigit() and match["code"].isdigit() and len(match["code"]) >= 4


def _coded(exchange: str, code: str) -> list[tuple[str, str]]:
    code = re.sub(r"[\-/ ]", ".", code)
    if exchange == "CN":
        if not re.fullmatch(r"\d{6}", code):
            return []
        exchange = "SSE" if code[0] in "569" and not code.startswith("92") else "BSE" if code[0] in "489" else "SZSE"
    if code.isdigit() and exchange in _DIGITS:
        code = code.lstrip("0").zfill(_DIGITS[exchange])
    if exchange in ("SSE", "SZSE", "BSE") and not re.fullmatch(r"\d{6}", code):
        return []
    if exchange == "HKEX" and not re.fullmatch(r"\d{4,5}", code):
        return []
    return [(exchange, code)]
