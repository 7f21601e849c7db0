"""The units and currencies: their canonical names, their spellings in Chinese and English, and what they convert to.

Chinese spellings are given as folded (simplified); English ones in lower case without plural -s where that is regular.
"""

from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple


class Unit(NamedTuple):
    """One unit: how it is called, what it measures, and how many of that dimension's base unit it is."""

    code: str
    dimension: str
    factor: Fraction
    zh: tuple[str, ...]
    en: tuple[str, ...]


# code | dimension | factor | Chinese, the first in traditional form for writing | English, the first for writing
_TABLE: Final = """
m | length | 1 | 米 公尺 | metre,meter,m
km | length | 1000 | 公里 千米 | km,kilometre,kilometer
li | length | 500 | 里 華里 | li
cm | length | 1/100 | 厘米 公分 | cm,centimetre,centimeter
mm | length | 1/1000 | 毫米 | mm,millimetre,millimeter
micrometre | length | 1/1000000 | 微米 | micrometre,micrometer,micron
nm | length | 1/1000000000 | 納米 | nm,nanometre,nanometer
mile | length | 1609344/1000 | 英里 | mile,mph
nautical mile | length | 1852 | 海里 | nautical mile
foot | length | 3048/10000 | 英尺 呎 | foot,feet,ft
inch | length | 254/10000 | 英寸 吋 | inch,inches
m2 | area | 1 | 平方米 平方公尺 平米 | square metre,square meter,sq m,sq meter,sq metre,sqm,m2,m²
km2 | area | 1000000 | 平方公里 平方千米 | square kilometre,square kilometer,sq km,km2,km²
mu | area | 2000/3 | 畝 市畝 | mu
hectare | area | 10000 | 公頃 | hectare,ha
square foot | area | 9290304/100000000 | 平方呎 平方英尺 | square foot,square feet,sq ft
acre | area | 40468564224/10000000 | 英畝 | acre
m3 | volume | 1 | 立方米 立方公尺 | cubic metre,cubic meter,m3,m³
litre | volume | 1/1000 | 公升 升 | litre,liter
ml | volume | 1/1000000 | 毫升 | ml,millilitre,milliliter
barrel | oil | 1 | 桶 | barrel
tonne | mass | 1000 | 噸 公噸 | tonne,metric ton,ton
kg | mass | 1 | 公斤 千克 | kg,kilogram,kilogramme,kilo
lb | mass | 45359237/100000000 | 磅 | lb,lbs
jin | mass | 1/2 | 斤 市斤 | jin,catty,catties
g | mass | 1/1000 | 克 | gram,gramme,g
mg | mass | 1/1000000 | 毫克 | mg,milligram
microgram | mass | 1/1000000000 | 微克 | microgram,µg,μg
kWh | energy | 1 | 千瓦時 千瓦小時 度電 | kWh,kilowatt-hour,kilowatt hour
MWh | energy | 1000 | 兆瓦時 | MWh,megawatt-hour,megawatt hour
kW | power | 1 | 千瓦 | kW,kilowatt
MW | power | 1000 | 兆瓦 | MW,megawatt
GW | power | 1000000 | 吉瓦 | GW,gigawatt
MHz | frequency | 1 | 兆赫 | MHz,megahertz
GHz | frequency | 1000 | 吉赫 | GHz,gigahertz
degree Celsius | temperature | 1 | 攝氏度 ℃ °C | °C,℃,degree celsius,degrees celsius
degree | angle | 1 | 度 | degree
TEU | container | 1 | 標箱 標準箱 個標箱 個標準箱 TEU | TEU
year | months | 12 | 年 周年 歲 週歲 個年度 個財政年度 財政年度 個學年 | year,yr,yrs
month | months | 1 | 個月 個半月 個月份 | month
quarter | months | 3 | 個季度 個季 | quarter
decade | months | 120 | 個十年 | decade
century | months | 1200 | 個世紀 | century,centuries
week | seconds | 604800 | 周 個星期 星期 個禮拜 | week
day | seconds | 86400 | 天 日 個工作日 個工作天 工作天 工作日 個交易日 交易日 個營業日 個自然日 | day
hour | seconds | 3600 | 小時 個小時 鐘頭 個鐘頭 | hour,hr,hrs
minute | seconds | 60 | 分鐘 | minute,min,mins
second | seconds | 1 | 秒 秒鐘 | second,sec,secs
millisecond | seconds | 1/1000 | 毫秒 | millisecond,ms
person | count | 1 | 人 名 位 人次 | people,person,persons
household | count | 1 | 戶 | household
"""

# code | Chinese | English after the number | sign before the number, the first for writing
_CURRENCIES: Final = """
CNY | 元 元人民幣 圓 元人民币 人民幣 | yuan,renminbi,rmb,cny,cnh,yuan renminbi,chinese yuan | RMB CNY CNH RMB¥ CN¥ ¥ ￥ Rmb
HKD | 港元 港幣 元港幣 港圓 港紙 | hong kong dollar,hk dollar,hkd | HK$ HKD HKD$ $HK
USD | 美元 美金 元美金 | us dollar,u.s. dollar,usd,american dollar,dollar | US$ USD U.S.$ $ USD$
EUR | 歐元 歐羅 | euro,eur | € EUR
GBP | 英鎊 鎊 | pound sterling,pounds sterling,pound,gbp,british pound | £ GBP
JPY | 日圓 日元 | yen,japanese yen,jpy | JP¥ JPY
KRW | 韓元 韓圜 | won,korean won,south korean won,krw | ₩ KRW
MOP | 澳門元 葡幣 | pataca,mop | MOP MOP$
TWD | 新台幣 新臺幣 台幣 元新台幣 | new taiwan dollar,nt dollar,taiwan dollar,twd | NT$ TWD
SGD | 新加坡元 坡元 坡幣 新元 | singapore dollar,sgd | S$ SGD
AUD | 澳元 | australian dollar,aud | A$ AUD AU$
NZD | 紐元 新西蘭元 紐西蘭元 | new zealand dollar,nzd | NZ$ NZD
CAD | 加元 加拿大元 | canadian dollar,cad | C$ CAD CA$
CHF | 瑞士法郎 瑞郎 | swiss franc,chf | CHF
MYR | 林吉特 馬幣 馬來西亞元 令吉 | ringgit,malaysian ringgit,myr | MYR
THB | 泰銖 銖 | baht,thai baht,thb | ฿ THB
INR | 印度盧比 盧比 | rupee,indian rupee,inr | ₹ INR
RUB | 盧布 | rouble,ruble,rub | ₽ RUB
"""

# Written behind a Chinese number for the fractions, points and multiples, which are no units of anything.
PERCENT: Final = "percent"
POINT: Final = "percentage point"
BASIS_POINT: Final = "basis point"
OF_PRICE: Final = "percent of price"
TIMES: Final = "times"
FOLD_INCREASE: Final = "fold increase"
FOLD: Final = "fold"


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@cache
def units() -> dict[str, Unit]:
    """All units but the currencies, by canonical name."""
    return {
        code: Unit(code, dimension, Fraction(factor), tuple(zh.split()), tuple(en.split(",")))
        for code, dimension, factor, zh, en in _rows(_TABLE)
    }


class Currency(NamedTuple):
    """One currency by its ISO 4217 code. `signs` stand before the number, `en` and `zh` after it."""

    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    signs: tuple[str, ...]


@cache
def currencies() -> dict[str, Currency]:
    """All currencies by code."""
    return {
        code: Currency(code, tuple(zh.split()), tuple(en.split(",")), tuple(signs.split()))
        for code, zh, en, signs in _rows(_CURRENCIES)
    }


@cache
def english_units() -> dict[str, str]:
    """English spelling -> canonical name or currency code; plural and hyphenated ones too. Short symbols keep their case."""
    found: dict[str, str] = {}
    for code, spellings in [
        *((unit.code, unit.en) for unit in units().values()),
        *((currency.code, currency.en) for currency in currencies().values()),
    ]:
        for spelling in spellings:
            found[spelling] = code
            if len(spelling) > 2 and spelling.islower():
                found.setdefault(f"{spelling}s", code)
    for code in ("day", "week", "month", "quarter", "year"):
        for kind in _KINDS_OF_TIME:
            found[f"{kind} {code}"] = found[f"{kind} {code}s"] = code
    for symbol in ("kwh", "mwh", "kw", "mw", "gw", "teu", "teus", "ghz", "mhz"):
        found[symbol] = next(code for code in units() if code.lower() == symbol.removesuffix("s"))
    for plural in ("centuries", "square feet", "metric tons", "nautical miles", "yuan", "kilowatt-hours", "kilowatt hours"):
        found.setdefault(plural, found.get(plural.removesuffix("s"), ""))
    for code, spellings in _RATIOS.items():
        found.update(dict.fromkeys(spellings, code))
    return found


_KINDS_OF_TIME: Final = "working business calendar trading consecutive financial fiscal academic".split()
_RATIOS: Final = {
    PERCENT: ("%", "percent", "per cent", "pct", "percent.", "percentage"),
    POINT: ("percentage point", "percentage points", "percent point", "percent points", "pp", "ppt", "ppts", "% points", "pps"),
    BASIS_POINT: ("basis point", "basis points", "bp", "bps", "pip", "pips"),
    TIMES: ("times", "x", "×"),
}
