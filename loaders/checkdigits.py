"""Check digits of identifiers, by their standards, as python-stdnum knows them."""

from __future__ import annotations

import re

from stdnum import lei as _lei
from stdnum.cn import uscc as _uscc


def valid_lei(lei: str) -> bool:
    """Legal Entity Identifier: ISO 17442, check digits by ISO/IEC 7064 MOD 97-10."""
    return bool(re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", lei)) and bool(_lei.is_valid(lei))


def valid_uscc(uscc: str) -> bool:
    """Unified Social Credit Code: GB 32100-2015, check character over 31 signs with weights 3^i mod 31."""
    return len(uscc) == 18 and bool(_uscc.is_valid(uscc))
