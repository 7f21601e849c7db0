"""The words of Chinese that surround numerals: measure words, units, names that contain numerals, words of degree.

All in simplified characters, since they are looked up in levelled text.
"""

import re
from functools import cache
from typing import Final

from lang.quantities.levelling import level
from lang.quantities.quantity import Qualifier
from lang.quantities.units import BASIS_POINT, FOLD_INCREASE, PERCENT, POINT, currencies, units

# Names, set phrases and words in which a numeral counts nothing. Regular expressions, since some depend on what follows.
NAMES: Final = (
    "[三双][重料]?[Aa]+(?![A-Za-z0-9])"
    "|[一二三四五六](?:(?<=周.)|(?<=星期.)|(?<=礼拜.))(?![个次天日名小])"
    "|2019(?:(?<=疾病2019)|(?<=疾病 2019))|2019 ?呼吸道冠状"
    "|万岁|[百千万]兆|24/7|7 ?[xX×] ?24|一日千里|养兵千日|用兵一时|二十国集团|[七八十]国集团|七十七国集团|[一二]带一路|三农(?!户)"
    "|[两二]会(?!议)|一国两制|四个自信|四个意识|四个全面|两个维护|两个确立|三个代表|两个毫不动摇|两个结合"
    "|两个一百年|三严三实|六稳六保|六稳|六保|五位一体|三位一体|二合一|三合一|千方百计|千家万户|千行百业|千头万绪|千差万别"
    "|千军万马|千秋万代|千千万万"
    "|千变万化|千里之行|千载难逢|千篇一律|万众|万物|万事|万象|万能|万一|万全|万分(?!之)|万里(?=长|[无云云])|万家灯火|万商"
    "|万科|万隆|成千上万|以万计"
    "|亿万|百姓|百货|百科|百般|百花|百花齐放|百家争鸣|百度|百慕[大达]|百胜|百老汇|百业|百强|百年未有|百年大计|百年老店"
    "|百万富翁|百余?年来?变局"
    "|十[二三四五六]五(?=[”」』’规时期末开期间，、]|$)|[“「『‘]十[二三四五六]五[”」』’]"
    "|第[一二三四五六七八九十]+个五年(?:规划|计划)|十足|十分(?![钟之])|十字|十堰|十月革命|双十一"
    "|八道(?<=胡说八道)|一成不变|五颜六色|[二双三四五六七]人(?:组|赛)|三亚|三星|三菱|三明|三峡|三角|三文|三思|三军|三洋|三井|三江源|三元(?!港)|再三|三孩|二孩|一孩|二氧化|一氧化|三氧化|二手"
    "|二维|二次元|二元|一元[化论复]|二极"
    "|三维|四维|四川|四处|四面|四肢|四周(?!年|以来|后|内|前)|四海|四季(?!度)(?<![、及和与第]四季)|五金|五官|五星红旗|五粮液|五四运动|六合|六安|七夕|七喜|八达通"
    "|八卦|八方|八路军|九龙|九广|九州|九寨|九江|九方"
    "|一[些定直样般切致向起旦再共边方面体度时律贯并同流线齐道如手心味经举路来去去定贯站帆]|一概(?![括述])|一年一度|一年到头|一五一十"
    "|一一(?![〇零一二三四五六七八九十百千年月日])"
    "|一心一意|一举一动|一点一滴|一朝一夕|一时一|一分一毫|一老一小|一带|一站式|一条龙|一揽子|一体化|一把手|一线|二线"
    "|三线城市|一二三线|一手|一口气|一门式|一网"
    "|统一|唯一|单一|划一|合一|专一|同一|第一时间|第一线|第一手|万一|不一|任一|逐一|之一|其[一二三](?![〇零一二三四五六七八九])|二人转|三八"
    "|五一(?=[劳国黄假节”」])|六一(?=[儿节”」])|七一(?=[讲勋”」])|八一(?=[建军”」])|九一八|五四(?=[青运])"
    "|十一(?=黄金周|假期|国庆)|双一流|三一(?=集团|重工)|九三学社|三权分立|三通(?![一二])|三资企业|三来一补|四中|一中(?!全)"
    "|三无|四新|四旧|三公(?=[经消])|三驾马车|三防|三废|三包|五险|六险|一金"
    "|三个月圆|千禧|千岛|千金|千古|千年(?=古|虫)|千万(?=不|别|要|注|记)|三缄|三令五申|五花八门|七上八下|四舍五入|四通八达"
    "|五湖四海|四面八方|九牛一毛|十全十美|十年树木|百年树人|接二连三|三番五次|三言两语|两岸|两地|两全|两极|两旁|两侧|两性"
    "|两难|两者|两面|两手"
    "|两用|两端|两头|二级市场|一级市场|二十四节气|一二五|(?:19|20)[0-9]{2} ?(?:冠状病毒|新冠|年?冠状)"
)

_MEASURE_WORDS: Final = (
    "个 家 间 名 位 人 宗 件 项 条 次 场 届 批 类 种 所 坐 栋 幢 层 楼 套 户 辆 架 艘 列 部 台 支 只 枚 张 份 本 册 篇 章 节"
    " 段 级 期 轮 步 组 队 班 代 幅 块 片 颗 粒"
    " 大 省 区 国 城 市 县 州 镇 乡 村 校 院 科 站 点 线 路 轨 岛 跨 车 船 机 声 句 字 笔 单 案 户 端 环 度 元 色 口 头 匹"
    " 株 棵 亩 股 对 副 双 倍 员 岁 房 铺 床 席 票 厢 卷 码 把 根 遍 趟 回 例 起 则 首 重 道 门 页 处 族 界 业 产 人次 车次"
    " 分 架次 班次 艘次 辆次 千瓦 单位 阶段 方面 环节 分支 地区 经济体 司法"
)
# Measure words that stand behind Chinese numerals often enough inside of other words to need a look at what follows.
_NOT_MEASURING: Final = (
    "点(?:[〇零一二三四五六七八九]|[钟半])?(?!$|，|。)|面[对临向]|方[面向式便案法]|大[量会学家陆力厦致型]|级别|路[径]"
    "|本[来身地]|单[一位]|线[上下]|成[立为功果本就长]|代[表替理]|机[制构会关]|国际|重[要大视点新点庆塑申]|分(?!$|[，。、；！？）」』”的后而与和])"
)

# What a numeral of one character and no other unit needs behind it, as the beginning of a word.
COUNTED: Final = re.compile("|".join(sorted({re.escape(word) for word in _MEASURE_WORDS.split()}, key=len, reverse=True)))
NOT_COUNTED: Final = re.compile(_NOT_MEASURING)

_EXCEPT_BEFORE: Final = {
    "升": "至到级幅值温降为势格学",
    "里": "面程外头亚昂斯奥约",
    "周": "边围密全转",
    "日": "本元圆益常均语夜",
    "天": "下气然津空际",
    "元": "旦宵素首朝化件老帅",
    "人": "民均工大行权类",
    "位": "于置居列",
    "户": "外口籍",
    "克": "拉服里",
    "米": "兰粉",
    "度": "过假",
    "年": "级轻货糕画报龄",
    "周年": "",
    "吨": "",
    "名": "义为称单",
    "分钟": "",
    "圆": "桌满形",
}
_RATIO_UNITS: Final = {
    "%": PERCENT,
    "厘": PERCENT,
    "个百分点": POINT,
    "百分点": POINT,
    "个百份点": POINT,
    "%点": POINT,
    "个基点": BASIS_POINT,
    "个基本点": BASIS_POINT,
    "基本点": BASIS_POINT,
    "基点": BASIS_POINT,
    "点子": BASIS_POINT,
    "个点子": BASIS_POINT,
    "倍": "times",
    "番": "",
}


@cache
def unit_spellings() -> dict[str, str]:
    """Chinese spelling -> canonical unit or currency code."""
    found = dict(_RATIO_UNITS)
    del found["番"]
    for unit in units().values():
        found |= {level(spelling): unit.code for spelling in unit.zh}
    for currency in currencies().values():
        found |= {level(spelling): currency.code for spelling in currency.zh}
    return found


@cache
def unit_pattern() -> re.Pattern[str]:
    """Matches a unit behind a numeral, the longest first, with a blank before it where it stands off."""
    parts = []
    signs = currency_signs()
    for spelling in sorted(unit_spellings(), key=len, reverse=True):
        barred = _EXCEPT_BEFORE.get(spelling) or ("0-9" if spelling in signs else "")
        parts.append(re.escape(spelling) + (f"(?![{barred}])" if barred else ""))
    return re.compile(f" ?({'|'.join(parts)})")


@cache
def currency_signs() -> dict[str, str]:
    """What stands before an amount -> code: HK$, RMB, ¥, 人民币, 港币."""
    found = {level(sign): currency.code for currency in currencies().values() for sign in currency.signs}
    for currency in currencies().values():
        found |= {level(spelling): currency.code for spelling in currency.zh if len(spelling) > 1 and spelling[0] != "元"}
    return found


_BEFORE: Final[dict[Qualifier, str]] = {
    "over": "(?:超过|超出|超|逾|多于|大于|高于|上|突破|(?<![通经透度不])过)",
    "nearly": "(?:将近|接近|近|逼近|几近|几乎)",
    "about": "(?:(?<![合签条公契节制预毁违特邀])约|大约|约为|约有|约占|大概|估计|左右)",
    "at least": "(?:至少|最少|不少于|不低于|不小于|起码|不下|不下于)",
    "at most": "(?:至多|最多|不超过|不多于|不高于|不大于)",
    "below": "(?:不足|不到|少于|低于|小于|不满|未满|未达)",
}
_AFTER: Final[dict[Qualifier, str]] = {
    "at least": "(?:或|及|和)?以上|起",
    "about": "左右|上下",
    "at most": "以内|之内",
    "below": "以下",
    "over": "[多余](?![次元种个])",
}
_QUALIFIER_ORDER: Final = ("at least", "at most", "over", "below", "nearly", "about")


@cache
def before_pattern() -> re.Pattern[str]:
    """Matches a word of degree at the end of what stands before a quantity; group names tell which."""
    return re.compile("(?:" + "|".join(f"(?P<{q.replace(' ', '_')}>{_BEFORE[q]})" for q in _QUALIFIER_ORDER) + ") ?$")


@cache
def after_pattern() -> re.Pattern[str]:
    """The same for what follows a quantity."""
    return re.compile(" ?(?:" + "|".join(f"(?P<{q.replace(' ', '_')}>{words})" for q, words in _AFTER.items()) + ")")


GROWTH: Final = re.compile(
    "(?:增长|增加|上升|上涨|提高|提升|扩大|增幅|升幅|涨幅|增|升|涨|飙升|激增|高出|多出|(?<![最至])[多高大快]|攀升|跃升|加大"
    "|加快)了?(?:至少|至多|[^0-9，。；、到至为达成]{0,3})$"
)
"""Verbs of growth right before a multiple: 增長11.8倍 adds 11.8 times; 增至, 達 and 為 lead to a level."""

__all__ = [
    "COUNTED",
    "FOLD_INCREASE",
    "GROWTH",
    "NAMES",
    "NOT_COUNTED",
    "after_pattern",
    "before_pattern",
    "currency_signs",
    "unit_pattern",
    "unit_spellings",
]
