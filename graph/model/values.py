"""Values that declarations are made of, each checked wherever it comes in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from ..tickers import written

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


def _country(code: str) -> str:
    if code != "EU" and code not in ISO_COUNTRIES:
        raise ValueError(f"'{code}' is no country; write two letters of ISO 3166-1, as CN, or EU")
    return code


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
#: Id of a relationship: a slug, or the id of what it belongs to and its part in it.
FactId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*(/[a-z0-9._-]+)*$", max_length=255)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), AfterValidator(_country)]
Wikidata = Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")]
Url = Annotated[str, Field(pattern=r"^https?://\S+$")]
#: A listing as EXCHANGE:CODE; other ways to write one (9988.HK, SHA:603019) become that one.
Ticker = Annotated[
    str,
    BeforeValidator(lambda given: written(given) if isinstance(given, str) else given),
    Field(pattern=r"^[A-Z]+:[A-Z0-9.]+$"),
]
