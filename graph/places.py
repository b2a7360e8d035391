"""Places of China by the names that people write: provinces in short and old forms, and cities by their province.

The graph holds only places that something stands at. A question about a place of another city is one about its
province, whose register and office are its own, so each name here leads to a province. Divisions at prefecture level
are those of GB/T 2260 as python-stdnum lists them, with a few districts, county-level cities and zones that companies
sit in, and the usual English names; an id of a province is its code of ISO 3166-2:CN in small letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from .countries import country_code
from .identity import folded, name_key, without_rank

#: Provinces: Chinese and English name, then one-sign names and what atlases and newspapers called them before.
_PROVINCES = """
cn-bj 北京, Beijing, 京, Peking
cn-tj 天津, Tianjin, 津, Tientsin
cn-he 河北, Hebei, 冀, Hopeh, Hopei
cn-sx 山西, Shanxi, 晋, Shansi
cn-nm 内蒙古, Inner Mongolia, 蒙, 内蒙
cn-ln 辽宁, Liaoning, 辽
cn-jl 吉林, Jilin, 吉, Kirin
cn-hl 黑龙江, Heilongjiang, 黑
cn-sh 上海, Shanghai, 沪, 申
cn-js 江苏, Jiangsu, 苏, Kiangsu
cn-zj 浙江, Zhejiang, 浙, Chekiang
cn-ah 安徽, Anhui, 皖, Anhwei
cn-fj 福建, Fujian, 闽, Fukien
cn-jx 江西, Jiangxi, 赣, Kiangsi
cn-sd 山东, Shandong, 鲁, Shantung
cn-ha 河南, Henan, 豫, Honan
cn-hb 湖北, Hubei, 鄂, Hupeh, Hupei
cn-hn 湖南, Hunan, 湘
cn-gd 广东, Guangdong, 粤, Kwangtung
cn-gx 广西, Guangxi, 桂, Kwangsi
cn-hi 海南, Hainan, 琼
cn-cq 重庆, Chongqing, 渝, Chungking
cn-sc 四川, Sichuan, 川, 蜀, Szechwan, Szechuan, Szechuen
cn-gz 贵州, Guizhou, 贵, 黔, Kweichow
cn-yn 云南, Yunnan, 云, 滇
cn-xz 西藏, Tibet, 藏, Xizang
cn-sn 陕西, Shaanxi, 陕, 秦, Shensi
cn-gs 甘肃, Gansu, 甘, 陇, Kansu
cn-qh 青海, Qinghai, 青, Tsinghai
cn-nx 宁夏, Ningxia, 宁, Ningsia
cn-xj 新疆, Xinjiang, 新, Sinkiang
hong-kong 香港, Hong Kong, 港
macao 澳门, Macao, 澳, Macau
taiwan 台湾, Taiwan, 台
"""
#: Cities by province: Chinese and English name, with slashes between several of one.
_CITIES = """
cn-bj 东城区 Dongcheng, 西城区 Xicheng, 丰台 Fengtai, 石景山 Shijingshan, 海淀 Haidian, 通州 Tongzhou, 顺义 Shunyi
cn-bj 昌平 Changping, 大兴区 Daxing, 怀柔 Huairou, 密云 Miyun, 延庆 Yanqing, 房山 Fangshan, 门头沟 Mentougou
cn-bj 朝阳 Chaoyang, 朝阳区 Chaoyang District, 中关村 Zhongguancun, 亦庄 Yizhuang
cn-tj 滨海新区 Binhai, 武清 Wuqing, 宝坻 Baodi, 静海 Jinghai, 南开区 Nankai
cn-he 石家庄 Shijiazhuang, 唐山 Tangshan, 秦皇岛 Qinhuangdao, 邯郸 Handan, 邢台 Xingtai, 保定 Baoding, 沧州 Cangzhou
cn-he 张家口 Zhangjiakou, 承德 Chengde, 廊坊 Langfang, 衡水 Hengshui, 雄安 Xiong'an
cn-sx 太原 Taiyuan, 大同 Datong, 阳泉 Yangquan, 长治 Changzhi, 晋城 Jincheng, 朔州 Shuozhou, 晋中 Jinzhong
cn-sx 运城 Yuncheng, 忻州 Xinzhou, 临汾 Linfen, 吕梁 Lüliang/Luliang/Lvliang
cn-nm 呼和浩特 Hohhot/Huhehaote, 包头 Baotou, 乌海 Wuhai, 赤峰 Chifeng, 通辽 Tongliao, 鄂尔多斯 Ordos/Erdos
cn-nm 呼伦贝尔 Hulunbuir/Hulunbeier, 巴彦淖尔 Bayannur/Bayannao'er, 乌兰察布 Ulanqab/Wulanchabu, 兴安盟 Hinggan
cn-nm 锡林郭勒 Xilingol/Xilinguole, 阿拉善 Alxa/Alashan
cn-ln 沈阳 Shenyang/Mukden, 大连 Dalian/Dairen, 鞍山 Anshan, 抚顺 Fushun, 本溪 Benxi, 丹东 Dandong, 锦州 Jinzhou
cn-ln 营口 Yingkou, 阜新 Fuxin, 辽阳 Liaoyang, 盘锦 Panjin, 铁岭 Tieling, 朝阳 Chaoyang, 葫芦岛 Huludao
cn-jl 长春 Changchun, 四平 Siping, 辽源 Liaoyuan, 通化 Tonghua, 白山 Baishan, 松原 Songyuan, 白城 Baicheng
cn-jl 延边 Yanbian, 吉林市 Jilin City
cn-hl 哈尔滨 Harbin/Haerbin, 齐齐哈尔 Qiqihar/Qiqihaer, 鸡西 Jixi, 鹤岗 Hegang, 双鸭山 Shuangyashan, 大庆 Daqing
cn-hl 伊春 Yichun, 佳木斯 Jiamusi, 七台河 Qitaihe, 牡丹江 Mudanjiang, 黑河 Heihe, 绥化 Suihua
cn-hl 大兴安岭 Daxing'anling/Da Hinggan Ling
cn-sh 黄浦 Huangpu, 徐汇 Xuhui, 长宁区 Changning, 静安 Jing'an, 虹口 Hongkou, 杨浦 Yangpu, 闵行 Minhang, 嘉定 Jiading
cn-sh 松江 Songjiang, 青浦 Qingpu, 奉贤 Fengxian, 崇明 Chongming, 浦东 Pudong, 张江 Zhangjiang
cn-js 南京 Nanjing/Nanking, 无锡 Wuxi, 徐州 Xuzhou, 常州 Changzhou, 苏州 Suzhou/Soochow, 南通 Nantong, 泰州 Taizhou
cn-js 连云港 Lianyungang, 淮安 Huai'an, 盐城 Yancheng, 扬州 Yangzhou, 镇江 Zhenjiang, 宿迁 Suqian, 昆山 Kunshan
cn-js 常熟 Changshu, 张家港 Zhangjiagang, 太仓 Taicang, 江阴 Jiangyin
cn-zj 杭州 Hangzhou/Hangchow, 宁波 Ningbo/Ningpo, 温州 Wenzhou, 嘉兴 Jiaxing, 湖州 Huzhou, 绍兴 Shaoxing, 金华 Jinhua
cn-zj 衢州 Quzhou, 舟山 Zhoushan, 台州 Taizhou, 丽水 Lishui, 义乌 Yiwu, 余杭 Yuhang, 慈溪 Cixi, 余姚 Yuyao
cn-ah 合肥 Hefei, 芜湖 Wuhu, 蚌埠 Bengbu, 淮南 Huainan, 马鞍山 Ma'anshan, 淮北 Huaibei, 铜陵 Tongling, 安庆 Anqing
cn-ah 黄山 Huangshan, 滁州 Chuzhou, 阜阳 Fuyang, 宿州 Suzhou, 六安 Lu'an, 亳州 Bozhou, 池州 Chizhou, 宣城 Xuancheng
cn-fj 福州 Fuzhou/Foochow, 厦门 Xiamen/Amoy, 莆田 Putian, 三明 Sanming, 泉州 Quanzhou, 漳州 Zhangzhou, 南平 Nanping
cn-fj 龙岩 Longyan, 宁德 Ningde, 晋江 Jinjiang
cn-jx 南昌 Nanchang, 景德镇 Jingdezhen, 萍乡 Pingxiang, 九江 Jiujiang, 新余 Xinyu, 鹰潭 Yingtan, 赣州 Ganzhou
cn-jx 吉安 Ji'an, 宜春 Yichun, 抚州 Fuzhou, 上饶 Shangrao
cn-sd 济南 Jinan/Tsinan, 青岛 Qingdao/Tsingtao, 淄博 Zibo, 枣庄 Zaozhuang, 东营 Dongying, 烟台 Yantai, 潍坊 Weifang
cn-sd 济宁 Jining, 泰安 Tai'an, 威海 Weihai, 日照 Rizhao, 临沂 Linyi, 德州 Dezhou, 聊城 Liaocheng, 滨州 Binzhou
cn-sd 菏泽 Heze
cn-ha 郑州 Zhengzhou, 开封 Kaifeng, 洛阳 Luoyang, 平顶山 Pingdingshan, 安阳 Anyang, 鹤壁 Hebi, 新乡 Xinxiang
cn-ha 焦作 Jiaozuo, 濮阳 Puyang, 许昌 Xuchang, 漯河 Luohe, 三门峡 Sanmenxia, 南阳 Nanyang, 商丘 Shangqiu
cn-ha 信阳 Xinyang, 周口 Zhoukou, 驻马店 Zhumadian, 济源 Jiyuan
cn-hb 武汉 Wuhan/Hankow, 黄石 Huangshi, 十堰 Shiyan, 宜昌 Yichang, 襄阳 Xiangyang, 鄂州 Ezhou, 荆门 Jingmen
cn-hb 孝感 Xiaogan, 荆州 Jingzhou, 黄冈 Huanggang, 咸宁 Xianning, 随州 Suizhou, 恩施 Enshi, 仙桃 Xiantao, 潜江 Qianjiang
cn-hb 天门 Tianmen
cn-hn 长沙 Changsha, 株洲 Zhuzhou, 湘潭 Xiangtan, 衡阳 Hengyang, 邵阳 Shaoyang, 岳阳 Yueyang, 常德 Changde
cn-hn 张家界 Zhangjiajie, 益阳 Yiyang, 郴州 Chenzhou, 永州 Yongzhou, 怀化 Huaihua, 娄底 Loudi, 湘西 Xiangxi
cn-gd 广州 Guangzhou/Canton, 韶关 Shaoguan, 深圳/深 Shenzhen, 珠海 Zhuhai, 汕头 Shantou/Swatow, 佛山 Foshan
cn-gd 湛江 Zhanjiang, 茂名 Maoming, 肇庆 Zhaoqing, 惠州 Huizhou, 梅州 Meizhou, 汕尾 Shanwei, 河源 Heyuan, 阳江 Yangjiang
cn-gd 清远 Qingyuan, 东莞 Dongguan, 中山 Zhongshan, 潮州 Chaozhou, 揭阳 Jieyang, 云浮 Yunfu, 前海 Qianhai, 横琴 Hengqin
cn-gd 南沙 Nansha, 江门 Jiangmen
cn-gx 南宁 Nanning, 柳州 Liuzhou, 桂林 Guilin, 梧州 Wuzhou, 北海 Beihai, 防城港 Fangchenggang, 钦州 Qinzhou
cn-gx 贵港 Guigang, 玉林 Yulin, 百色 Baise, 贺州 Hezhou, 河池 Hechi, 来宾 Laibin, 崇左 Chongzuo
cn-hi 海口 Haikou, 三亚 Sanya, 三沙 Sansha, 儋州 Danzhou, 文昌 Wenchang
cn-cq 渝中 Yuzhong, 渝北 Yubei, 南岸区 Nan'an, 九龙坡 Jiulongpo, 沙坪坝 Shapingba, 北碚 Beibei, 涪陵 Fuling
cn-cq 两江新区 Liangjiang
cn-sc 成都 Chengdu, 自贡 Zigong, 攀枝花 Panzhihua, 泸州 Luzhou, 德阳 Deyang, 绵阳 Mianyang, 广元 Guangyuan, 遂宁 Suining
cn-sc 内江 Neijiang, 乐山 Leshan, 南充 Nanchong, 眉山 Meishan, 宜宾 Yibin, 广安 Guang'an, 达州 Dazhou, 雅安 Ya'an
cn-sc 巴中 Bazhong, 资阳 Ziyang, 阿坝 Ngawa/Aba, 甘孜 Garze/Ganzi, 凉山 Liangshan, 天府新区 Tianfu
cn-gz 贵阳 Guiyang, 六盘水 Liupanshui, 遵义 Zunyi, 安顺 Anshun, 毕节 Bijie, 铜仁 Tongren, 黔西南 Qianxinan
cn-gz 黔东南 Qiandongnan, 黔南 Qiannan, 贵安/贵安新区 Gui'an
cn-yn 昆明 Kunming, 曲靖 Qujing, 玉溪 Yuxi, 保山 Baoshan, 昭通 Zhaotong, 丽江 Lijiang, 普洱 Pu'er, 临沧 Lincang
cn-yn 楚雄 Chuxiong, 红河 Honghe, 文山 Wenshan, 西双版纳 Xishuangbanna, 大理 Dali, 德宏 Dehong, 怒江 Nujiang
cn-yn 迪庆 Diqing/Deqen
cn-xz 拉萨 Lhasa/Lasa, 日喀则 Xigaze/Shigatse, 昌都 Qamdo/Chamdo, 林芝 Nyingchi, 山南 Shannan/Lhoka, 那曲 Nagqu
cn-xz 阿里地区 Ngari
cn-sn 西安 Xi'an/Sian, 铜川 Tongchuan, 宝鸡 Baoji, 咸阳 Xianyang, 渭南 Weinan, 延安 Yan'an, 汉中 Hanzhong, 榆林 Yulin
cn-sn 安康 Ankang, 商洛 Shangluo
cn-gs 兰州 Lanzhou, 嘉峪关 Jiayuguan, 金昌 Jinchang, 白银 Baiyin, 天水 Tianshui, 武威 Wuwei, 张掖 Zhangye
cn-gs 平凉 Pingliang, 酒泉 Jiuquan, 庆阳 Qingyang, 定西 Dingxi, 陇南 Longnan, 临夏 Linxia, 甘南 Gannan
cn-qh 西宁 Xining, 海东 Haidong, 海北州 Haibei, 黄南 Huangnan, 海南州 Hainan Prefecture, 果洛 Golog/Guoluo, 玉树 Yushu
cn-qh 海西 Haixi
cn-nx 银川 Yinchuan, 石嘴山 Shizuishan, 吴忠 Wuzhong, 固原 Guyuan, 中卫 Zhongwei
cn-xj 乌鲁木齐 Urumqi/Ürümqi/Wulumuqi, 克拉玛依 Karamay/Kelamayi, 吐鲁番 Turpan/Turfan, 哈密 Hami/Kumul, 昌吉 Changji
cn-xj 博尔塔拉 Bortala, 巴音郭楞 Bayingolin, 阿克苏 Aksu, 克孜勒苏 Kizilsu, 喀什 Kashgar/Kashi, 和田 Hotan/Hetian
cn-xj 伊犁 Ili/Yili, 塔城 Tacheng, 阿勒泰 Altay, 石河子 Shihezi
"""
#: Ranks below a province, and those of a part of a city that the table need not know.
_RANK = re.compile(
    r"((朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜)族?)+自治州$|"
    r"(新区|地区|区|县|盟|州)$|\s+(new area|new district|district|county|prefecture)$"
)
_PART = re.compile(r".+(区|县|镇|街道)$|.+\s(new area|district|county)$")
_HAN = re.compile(r"[\u4e00-\u9fff\s]+")


#: Characters of the longest text that is read as a place; an address is one no more.
_LONGEST = 60


@dataclass(frozen=True)
class Place:
    """A place that a name may mean.

    Attributes:
        province: id of the province that it is, or lies in.
        name: its name for messages, as Nanjing (南京).
        zh: its Chinese name.
        kind: a province by a name of its own or by its code, or a city in one.
    """

    province: str
    name: str
    zh: str
    kind: Literal["province", "code", "city"]

    def __str__(self) -> str:
        return f"{self.name} in {_english(self.province)} ({self.province})"

    def told(self, text: str) -> str:
        """What to say where a question took the province for the text; empty where the text is its name."""
        if self.kind == "city":
            return f"'{text}' is a place in {_english(self.province)}, {self.name}; asked about {self.province}"
        said = f"'{text}' is the code of {_english(self.province)} (ISO 3166-2); asked about {self.province}"
        return said if self.kind == "code" else ""


def places(text: str) -> list[Place]:
    """What a name may mean, with or without its rank and what it lies in: 西安市, 浙江杭州, Shenzhen, Guangdong.

    Several are places that are written alike, as Suzhou (苏州) in Jiangsu and Suzhou (宿州) in Anhui.
    """
    plain = folded(text)
    return list(_read(plain)) if len(plain) <= _LONGEST else []


@lru_cache(maxsize=4096)  # halves of halves come again and again
def _read(plain: str) -> tuple[Place, ...]:
    table = _table()
    whole = [name_key(plain), *map(name_key, without_rank(plain))]
    if named := next((table[key] for key in whole if key in table), []):
        return tuple(named)
    cut = _RANK.sub("", plain)
    if cities := [one for one in table.get(name_key(cut), []) if one.kind == "city"] if len(cut) > 1 else []:
        return tuple(cities)
    return next((tuple(found) for halves in _splits(plain) if (found := _within(*halves))), ())


def _within(outer: str, inner: str) -> Sequence[Place]:
    """Places of the inner name that lie in the outer one; the outer one itself for a part that nobody lists."""
    if country_code(outer) == "CN":
        return _read(inner)
    larger = _read(outer)
    found = [one for one in _read(inner) if one.province in {here.province for here in larger}]
    return found or (larger if larger and larger[0].kind == "city" and _PART.fullmatch(inner) else [])


def _splits(plain: str) -> Iterator[tuple[str, str]]:
    """Both halves of a folded name, the larger place first: 浙江 and 杭州, guangdong and shenzhen."""
    if _HAN.fullmatch(plain):
        text = plain.replace(" ", "")
        yield from ((text[:i], text[i:]) for i in range(len(text) - 1, 1, -1))
    for match in re.finditer(r"[,，、/]\s*|\s+", plain):
        yield plain[match.end() :], plain[: match.start()].rstrip(",")
        yield plain[: match.start()].rstrip(","), plain[match.end() :]


def _english(province: str) -> str:
    return next(one.name for one in _table()[name_key(province)])


@cache
def _table() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for line in _PROVINCES.strip().splitlines():
        province, _, names = line.partition(" ")
        zh, english, *_ = names.split(", ")
        for key in dict.fromkeys(map(name_key, (province, *names.split(", ")))):
            found[key].append(Place(province, english, zh, "province"))
        if province.startswith("cn-"):
            found[province.removeprefix("cn-")].append(Place(province, english, zh, "code"))
    for line in _CITIES.strip().splitlines():
        province, _, names = line.partition(" ")
        for name in names.split(", "):
            chinese, latin = (part.split("/") for part in name.split(" ", 1))
            place = Place(province, f"{latin[0]} ({chinese[0]})", chinese[0], "city")
            for key in dict.fromkeys(map(name_key, (*chinese, *latin))):
                found[key].append(place)
    return dict(found)
