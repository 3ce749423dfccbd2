#!/usr/bin/env python3
"""Writes src/calendar/holidays.csv: national public holidays of every country that the PyPI package `holidays` knows.
usage: pip install holidays==0.109 && python3 tools/public_holidays.py > src/calendar/holidays.csv"""
import sys

import holidays

FIRST, LAST = 2023, 2031


def main() -> None:
    out = sys.stdout
    out.write(f"# Made by tools/public_holidays.py from the PyPI package holidays {holidays.__version__}\n")
    out.write("# (MIT licence, Copyright the Vacanza Team and individual authors, https://github.com/vacanza/holidays).\n")
    out.write(f"# National public holidays {FIRST} to {LAST}; regional ones belong into a scenario's [[holiday]].\n")
    out.write("country,date,name\n")
    for country in sorted(c for c in holidays.list_supported_countries(include_aliases=False) if len(c) == 2):
        days = holidays.country_holidays(country, years=range(FIRST, LAST + 1), language="en_US")
        for day in sorted(days):
            name = days[day].split(";")[0].strip().replace(",", " ").replace('"', "")
            out.write(f"{country},{day},{name}\n")


main()
