"""Countries by the names that people write, beside the codes of ISO 3166-1."""

from __future__ import annotations

import functools

from .identity import name_key
from .model.values import ISO_COUNTRIES

#: Those whose firms come to this market or leave it, under their usual names; any other goes by its code.
_NAMES = """
AE United Arab Emirates, UAE, 阿联酋, 阿拉伯联合酋长国
AT Austria, 奥地利
AU Australia, 澳大利亚
BE Belgium, 比利时
BR Brazil, 巴西
CA Canada, 加拿大
CH Switzerland, 瑞士
CN China, PRC, People's Republic of China, Mainland China, 中国, 中国大陆, 中华人民共和国
CZ Czechia, Czech Republic, 捷克
DE Germany, 德国
DK Denmark, 丹麦
ES Spain, 西班牙
EU European Union, 欧盟
FI Finland, 芬兰
FR France, 法国
GB United Kingdom, UK, Great Britain, 英国
HK Hong Kong, 香港
ID Indonesia, 印度尼西亚, 印尼
IE Ireland, 爱尔兰
IL Israel, 以色列
IN India, 印度
IT Italy, 意大利
JP Japan, 日本
KR South Korea, Korea, Republic of Korea, 韩国
LU Luxembourg, 卢森堡
MO Macao, Macau, 澳门
MX Mexico, 墨西哥
MY Malaysia, 马来西亚
NL Netherlands, The Netherlands, 荷兰
NO Norway, 挪威
NZ New Zealand, 新西兰
PH Philippines, 菲律宾
PL Poland, 波兰
RU Russia, 俄罗斯
SA Saudi Arabia, 沙特阿拉伯, 沙特
SE Sweden, 瑞典
SG Singapore, 新加坡
TH Thailand, 泰国
TR Turkey, Türkiye, 土耳其
TW Taiwan, 台湾
US United States, USA, United States of America, America, 美国
VN Vietnam, 越南
"""


@functools.cache
def _codes() -> dict[str, str]:
    lines = [line.partition(" ") for line in _NAMES.strip().splitlines()]
    return {name_key(name.strip()): code for code, _, names in lines for name in names.split(",")}


#: Codes of those that English names with an article.
_ARTICLE = frozenset({"AE", "EU", "GB", "NL", "PH", "US"})


@functools.cache
def country_name(code: str, lang: str = "en") -> str:
    """A country as a sentence names it, `the United States` or 美国; its code where no usual name is on record."""
    for line in _NAMES.strip().splitlines():
        own, _, names = line.partition(" ")
        if own == code:
            told = [name.strip() for name in names.split(",")]
            if lang == "zh":
                return next(name for name in told if not name.isascii() and name != "Türkiye")
            return f"the {told[0]}" if code in _ARTICLE else told[0]
    return code


def country_code(text: str) -> str | None:
    """Code of a country by its two letters in any case, or by its name in English or Chinese; None for none.

    EU is a code too, as for sources and seats of its bodies.
    """
    code = text.strip().upper()
    return code if code == "EU" or code in ISO_COUNTRIES else _codes().get(name_key(text))
