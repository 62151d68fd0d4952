"""Write lexicons/currencies.tsv: how money is written, and its code in ISO 4217.

Codes and English names ("Swiss francs") come from CLDR by way of Babel, which only this script
needs (``pip install babel``); signs and names that stand alone ("£", "roubles") are written
below, where most texts mean one currency by them.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol

TABLE = Path(__file__).parent / "lexicons" / "currencies.tsv"
FORMER = "ATS BEF DEM ESP FIM FRF GRD HRK IEP ITL LUF NLG PTE SUR VEF ZWL BGN CUC".split()  # noqa: SIM905
OTHER_CODES = {"RMB": "CNY", "CNH": "CNY", "STG": "GBP"}
SIGNS = {
    "$": "USD", "US$": "USD", "U.S.$": "USD", "$US": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "￥": "JPY",
    "₹": "INR", "Rs": "INR", "Rs.": "INR", "₨": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH",
    "₦": "NGN", "₫": "VND", "₪": "ILS", "฿": "THB", "₱": "PHP", "₡": "CRC", "₲": "PYG", "₵": "GHS",
    "GH₵": "GHS", "₸": "KZT", "₮": "MNT", "₭": "LAK", "₼": "AZN", "₾": "GEL", "៛": "KHR", "৳": "BDT",
    "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "CDN$": "CAD", "Can$": "CAD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "Mex$": "MXN", "J$": "JMD",
    "TT$": "TTD", "EC$": "XCD", "Z$": "ZWL", "N$": "NAD", "FJ$": "FJD", "CN¥": "CNY", "CFA": "XOF",
    "RM": "MYR", "Rp": "IDR", "zł": "PLN", "Kč": "CZK", "Sfr": "CHF", "SFr": "CHF", "Fr.": "CHF",
    "DM": "DEM", "KSh": "KES", "TSh": "TZS", "USh": "UGX", "kr": "kr",
}  # fmt: skip
NAMES = {
    "dollar": "USD", "dollars": "USD", "U.S. dollars": "USD", "U.S. dollar": "USD",
    "American dollars": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP",
    "pounds sterling": "GBP", "pound sterling": "GBP", "quid": "GBP", "sterling": "GBP",
    "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupee": "INR", "rupees": "INR", "rouble": "RUB",
    "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "Russian roubles": "RUB", "won": "KRW",
    "rand": "ZAR", "rands": "ZAR", "shekel": "ILS", "shekels": "ILS", "zloty": "PLN", "zlotys": "PLN",
    "zlotych": "PLN", "zloties": "PLN", "lira": "TRY", "liras": "TRY", "baht": "THB", "forint": "HUF", "forints": "HUF",
    "hryvnia": "UAH", "hryvnias": "UAH", "hryvnya": "UAH", "real": "BRL", "reais": "BRL",
    "reals": "BRL", "ringgit": "MYR", "rupiah": "IDR", "naira": "NGN", "cedi": "GHS", "cedis": "GHS",
    "krona": "SEK", "kronor": "SEK", "tenge": "KZT", "koruna": "CZK", "korunas": "CZK",
    "Deutschmarks": "DEM", "deutschmarks": "DEM", "Deutsche marks": "DEM", "German marks": "DEM",
    "Chinese yuan": "CNY", "franc": "francs", "francs": "francs", "peso": "pesos", "pesos": "pesos",
    "krone": "kroner", "kroner": "kroner", "crowns": "crowns", "dinar": "dinars", "dinars": "dinars",
    "dirham": "dirhams", "dirhams": "dirhams", "riyal": "riyals", "riyals": "riyals",
    "rial": "rials", "rials": "rials", "shilling": "shillings", "shillings": "shillings",
    "marks": "marks", "ruppees": "INR", "taka": "BDT", "dong": "VND", "leu": "RON", "lei": "RON",
    "lev": "BGN", "leva": "BGN", "guilders": "guilders", "lire": "ITL", "pesetas": "ESP", "escudos": "PTE",
    "drachmas": "GRD", "kwacha": "kwacha", "manat": "manat",
}  # fmt: skip
"""A name that several countries have stands for itself: nothing tells which is meant."""


def rows() -> dict[str, tuple[str, str]]:
    """Return how money is written: word -> (kind, code)."""
    territories = get_global("territory_currencies").values()
    codes = {code for told in territories for code, _, end, tender in told if tender and not end}
    found: dict[str, tuple[str, str]] = {code: ("code", code) for code in {*codes, *FORMER}}
    found |= {word: ("code", code) for word, code in OTHER_CODES.items()}
    english = Locale("en")
    for code in sorted({*codes, *FORMER}):
        symbol = get_currency_symbol(code, english)
        if symbol != code and not symbol.isascii():
            found.setdefault(symbol, ("sign", code))
        for count in (1, 2):
            name = get_currency_name(code, count, english).split(" (")[0]
            found.setdefault(name, ("name", code))
    found |= {word: ("sign", code) for word, code in SIGNS.items()}
    return found | {word: ("name", code) for word, code in NAMES.items()}


def main() -> None:
    """Write the table, sorted."""
    lines = ["# how money is written\tkind: code, sign or name\tcode in ISO 4217, or the name\n"]
    lines += [f"{word}\t{kind}\t{code}\n" for word, (kind, code) in sorted(rows().items())]
    TABLE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
