"""Values that declarations are made of, each checked wherever it comes in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from ..tickers import BEFORE, forms, written

#: ISO 3166-1 alpha-2, as of 2026-11.
ISO_COUNTRIES = frozenset(
    re.findall(
        r"[A-Z]{2}",
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
        FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
        JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
        MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
        PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
        TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """,
    )
)


#: Exchanges that a listing may name.
EXCHANGES = tuple(sorted(set(BEFORE.values())))


def _country(code: str) -> str:
    if code != "EU" and code not in ISO_COUNTRIES:
        raise ValueError(f"'{code}' is no country; write two letters of ISO 3166-1, as CN, or EU")
    return code


def _listing(ticker: str) -> str:
    if ticker not in forms(ticker):
        raise ValueError(f"'{ticker}' is no listing; write EXCHANGE:CODE with an exchange of {', '.join(EXCHANGES)}")
    return ticker


#: Most characters of any text; what people write has 2,000, and a block that is kept whole has 10,000.
LONGEST = 50_000
_SLUG = r"^[a-z0-9][a-z0-9._-]*$"
_FACT = r"^[a-z0-9][a-z0-9._-]*(/[a-z0-9._-]+)*$"
_URL = r"""^https?://\w[\w.-]*(:[0-9]{1,5})?([/?#][^\s"<>\\^`\x00-\x1f\x7f]*)?$"""
_UNSEEN = r"\x00-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_BLANK = r"\s\xa0\u115f\u1160\u202f\u205f\u3000\u3164\uffa0"
_NAME = rf"^[^{_BLANK}{_UNSEEN}]([^{_UNSEEN}]*[^{_BLANK}{_UNSEEN}])?$"
_COUNTRY, _WIKIDATA = r"^[A-Z]{2}$", r"^Q[1-9][0-9]*$"
_LEI, _USCC = r"^[A-Z0-9]{18}[0-9]{2}$", r"^[0-9A-HJ-NPQRTUWXY]{18}$"
#: What a pattern asks for, in words.
PATTERNS = {
    _SLUG: "write small letters, digits, dots and hyphens, the first a letter or digit",
    _FACT: "write small letters, digits, dots and hyphens, parts divided by single slashes",
    _URL: "write an address that begins with http:// or https:// and names a host, without spaces",
    _NAME: "write at least one letter that can be seen, on one line, without control characters or blanks around it",
    _COUNTRY: "write two capital letters of ISO 3166-1, as CN, or EU",
    _WIKIDATA: "write the item as Q312",
    _LEI: "write the 20 letters and digits of ISO 17442",
    _USCC: "write the 18 letters and digits of GB 32100",
}
Slug = Annotated[str, Field(pattern=_SLUG, max_length=120)]
#: Id of a relationship: a slug, or the id of what it belongs to and its part in it.
FactId = Annotated[str, Field(pattern=_FACT, max_length=255)]
_ID = re.compile(_FACT.removesuffix("$"))
Country = Annotated[str, Field(pattern=_COUNTRY), AfterValidator(_country)]
Wikidata = Annotated[str, Field(pattern=_WIKIDATA)]
#: A name that can be read: something of it can be seen, and it stands on one line.
Name = Annotated[str, Field(pattern=_NAME, max_length=500)]
Lei = Annotated[str, Field(pattern=_LEI)]
Uscc = Annotated[str, Field(pattern=_USCC)]
Url = Annotated[str, Field(pattern=_URL)]
#: A listing as EXCHANGE:CODE; other ways to write one (9988.HK, SHA:603019) become that one.
Ticker = Annotated[
    str,
    BeforeValidator(lambda given: written(given) if isinstance(given, str) else given),
    AfterValidator(_listing),
    Field(json_schema_extra={"pattern": r"^[A-Z]+:[A-Z0-9.]+$"}),
]


def is_id(text: str) -> bool:
    """Whether a text could be the id of a node or of a relationship."""
    return len(text) <= 255 and bool(_ID.fullmatch(text))


def valid_lei(lei: str) -> bool:
    """Legal Entity Identifier: ISO 17442, check digits by ISO/IEC 7064 MOD 97-10."""
    from stdnum import lei as known  # read with the first identifier

    return bool(re.fullmatch(_LEI, lei)) and bool(known.is_valid(lei))


def valid_uscc(uscc: str) -> bool:
    """Unified Social Credit Code: GB 32100-2015, check character over 31 signs with weights 3^i mod 31."""
    from stdnum.cn import uscc as known

    return len(uscc) == 18 and bool(known.is_valid(uscc))
