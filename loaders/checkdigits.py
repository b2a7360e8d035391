"""Check digits of identifiers, by their standards."""

from __future__ import annotations

import re

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def valid_lei(lei: str) -> bool:
    """Legal Entity Identifier: ISO 17442, check digits by ISO/IEC 7064 MOD 97-10."""
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", lei):
        return False
    return int("".join(str(int(ch, 36)) for ch in lei)) % 97 == 1


def valid_uscc(uscc: str) -> bool:
    """Unified Social Credit Code: GB 32100-2015, check character over 31 signs with weights 3^i mod 31."""
    if len(uscc) != 18 or any(ch not in _USCC_ALPHABET for ch in uscc):
        return False
    total = sum(_USCC_ALPHABET.index(ch) * pow(3, i, 31) for i, ch in enumerate(uscc[:17]))
    return _USCC_ALPHABET.index(uscc[17]) == (31 - total % 31) % 31
