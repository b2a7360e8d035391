"""What a registered name is made of: a place, the firm's own word, its trade, a legal form.

Chinese law composes a company's name so (Provisions on the Administration of Enterprise Name Registration, art. 6),
and its English form follows: 华为终端有限公司, 腾讯科技（深圳）有限公司, Beijing ByteDance Technology Co., Ltd. The
firm's own word tells whose company it is only where nobody else uses it: so a company bears such words where its
names say so (`houses`); 理想 or 长城 are words of everybody. And it tells only where the trade says nothing: a bank,
a carmaker, a music or logistics company of the same name is a company of its own, often with owners of its own, and
so is an International of it, as Leapmotor's with Stellantis. Group, Holding and investment, which the owners of a
company do, are passed over in two forms alone: the head of the house itself (华为投资控股有限公司), and the holding
company of a house in China (博世（中国）投资有限公司).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

_PLACES_ZH = (
    "中国 北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 "
    "四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 深圳 广州 杭州 南京 苏州 武汉 成都 "
    "西安 合肥 厦门 福州 青岛 济南 大连 沈阳 长春 哈尔滨 长沙 郑州 南昌 宁波 无锡 东莞 佛山 珠海 中山 惠州 常州 "
    "南通 温州 绍兴 嘉兴 烟台 石家庄 太原 昆明 贵阳 南宁 海口 三亚 兰州 西宁 银川 乌鲁木齐 呼和浩特 拉萨 唐山 "
    "保定 廊坊 雄安 扬州 徐州 镇江 芜湖 金华 台州 泉州 漳州 赣州 潍坊 临沂 洛阳 宜昌 襄阳 株洲 湛江 汕头 柳州 "
    "桂林 绵阳 遵义 大庆 包头 新加坡 横琴 前海 滨海新区 浦东新区 两江新区"
)
_PLACES_EN = (
    "usa us uk europe america americas japan korea india malaysia thailand indonesia "
    "vietnam germany france italy spain netherlands australia canada brazil mexico dubai china beijing shanghai "
    "tianjin chongqing hebei shanxi liaoning jilin heilongjiang jiangsu zhejiang anhui fujian jiangxi shandong "
    "henan hubei hunan guangdong hainan sichuan guizhou yunnan shaanxi gansu qinghai taiwan guangxi tibet "
    "ningxia xinjiang hong-kong hk macau macao inner-mongolia shenzhen guangzhou hangzhou nanjing suzhou wuhan "
    "chengdu xian xi'an hefei xiamen fuzhou qingdao jinan dalian shenyang changchun harbin changsha zhengzhou "
    "nanchang ningbo wuxi dongguan foshan zhuhai zhongshan huizhou changzhou nantong wenzhou shaoxing jiaxing "
    "yantai shijiazhuang taiyuan kunming guiyang nanning haikou sanya lanzhou urumqi xiong'an yangzhou xuzhou "
    "wuhu singapore"
)
#: Trades that say nothing of whose company it is.
_TRADES_ZH = (
    "科技 技术 信息 网络 软件 计算机 系统 在线 终端 智能 人工智能 互联网 数据 技术开发 开发 研发 电子商务 商务 "
    "商贸 贸易 管理 企业管理 咨询 服务 创新 通讯 通信 移动 移动通信 网讯 世纪 科学 工程 设备 集成电路 制造 机器人 "
    "计算 云计算"
)
_TRADES_EN = (
    "technology technologies tech information network networks software computer computers computing system "
    "systems online netcom science intelligent intelligence digital artificial ai internet data device devices "
    "terminal terminals communication communications mobile telecommunication telecommunications e-commerce "
    "commerce trading trade management consulting consultancy service services development r&d innovation "
    "innovations engineering equipment manufacturing integrated circuit circuits century robot robots robotics "
    "and &"
)
PLACE_ZH = "|".join(sorted(_PLACES_ZH.split(), key=len, reverse=True))
_PLACED_ZH = rf"(?:(?:{PLACE_ZH})(?:省|市|自治区|特别行政区)?)"
_IN_BRACKETS = re.compile(rf"\s*\(\s*({_PLACED_ZH}|{'|'.join(_PLACES_EN.split()).replace('-', '[ -]')})\s*\)")
_FIRST_ZH = re.compile(rf"^{_PLACED_ZH}")
_LAST_ZH = re.compile(rf"{_PLACED_ZH}$")
_EN_WORDS = {*_PLACES_EN.replace("-", " ").replace("'", "").split()}
_EN_TRADES = {*_TRADES_EN.split()}
#: What the head of a house bears behind its word, and its holding company in China.
_HEAD_ZH = re.compile(r"(?:集团)?(?:投资)?控股(?:集团)?$")
_IN_CHINA = re.compile(r"(?:(?P<zh>\(中国\))投资|投资\(中国\)|\s*\(china\)\s+(?:investment|holdings?))$")
_BRANCH_ZH = re.compile(r"(?:分行|支行|分公司|营业部|代表处|办事处)$")
_BRANCH_EN = re.compile(r"[\s,]+(?:branch|sub-branch|branch office|representative office)$")


def branch_heads(text: str) -> list[str]:
    """Names of the company whose branch a folded name may be, longest first; empty where it has no such form.

    A branch is no legal person of its own (Company Law of the PRC, art. 13), so it is the company itself: 招商银行股份
    有限公司上海分行. What stands before the place must be a whole name, which the caller sees by looking it up.
    """
    english = _BRANCH_EN.sub("", text)
    if english != text:
        words = english.split()
        while len(words) > 1 and _plain(words[-1]) in _EN_WORDS:
            words.pop()
        return [" ".join(words).rstrip(",")] if len(words) < len(english.split()) else []
    rest = _BRANCH_ZH.sub("", text)
    heads = [re.match(pattern, rest) for pattern in (r"^.+(?:公司|银行)(?=.)", r"^.+?(?:公司|银行)(?=.)")]
    return list(dict.fromkeys(head.group() for head in heads if head)) if rest != text else []


def without_places(text: str) -> str:
    """A folded name without places in brackets: 腾讯科技（深圳）有限公司."""
    return _IN_BRACKETS.sub("", text)


def heads(text: str) -> list[str]:
    """The word before what heads and holding companies bear, in a folded name without its legal form, longest first."""
    found = [shorter for keep in (r"\g<zh>", "") if (shorter := _IN_CHINA.sub(keep, text)) != text]
    return [*found, *(shorter for shorter in [_HEAD_ZH.sub("", text)] if shorter != text)]


def houses(text: str) -> list[str]:
    """What may be the firm's own word in a folded name without its legal form and places, longest first.

    Without a place, a trade or a form beside it there is nothing to tell: the caller asks for the whole name first.
    """
    parts = _parts_zh(text.replace(" ", "")) if re.search(r"[\u4e00-\u9fff]", text) else _parts_en(text)
    return sorted(dict.fromkeys(part for part in parts if part), key=len, reverse=True)


def _parts_zh(text: str) -> Iterator[str]:
    starts = [text, _FIRST_ZH.sub("", text)]
    for start in dict.fromkeys([*starts, *(_LAST_ZH.sub("", one) for one in starts)]):
        yield from _without_trades(start)


def _without_trades(text: str) -> Iterator[str]:
    """The text, and what is left of it when one trade after another is cut from its end, in every way."""
    left, seen = [text], set()
    while left:
        one = left.pop()
        if one not in seen and len(one) > 1:
            seen.add(one)
            yield one
            left += [one[: -len(trade)] for trade in _TRADES_ZH.split() if one.endswith(trade)]


def _parts_en(text: str) -> Iterator[str]:
    words = text.split()
    plain = [_plain(word) for word in words]
    first = 0
    while first < len(words) - 1 and plain[first] in _EN_WORDS:
        first += 1
    for start, end in product(dict.fromkeys((0, first)), range(len(words), 0, -1)):
        if end > start and all(word in _EN_WORDS or word in _EN_TRADES for word in plain[end:]):
            yield " ".join(words[start:end]).rstrip(",")


def _plain(word: str) -> str:
    return word.strip(".,()").replace("'", "")
