"""An ISO date in a language's calendar and style; any other text stays as it is."""

from __future__ import annotations

import re
from datetime import date

from bmcrender.model import Language, in_digits

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")

# Years on which every calendar here has a day for every date.
_YEARS = range(623, 9000)


def shown_date(written: str, language: Language, calendar: str) -> str:
    """Return the date as the language writes it; `calendar` is gregorian, jalali or both."""
    match = _ISO.fullmatch(written.strip())
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        return written
    if calendar != "both":
        return _styled(day, language, calendar)
    other = "jalali" if language.calendar == "gregorian" else "gregorian"
    return f"{_styled(day, language, language.calendar)} ({_styled(day, language, other)})"


def _styled(day: date, language: Language, calendar: str) -> str:
    year, month, number = day.year, day.month, day.day
    if calendar == "jalali":
        from persiantools.jdatetime import JalaliDate

        jalali = JalaliDate(day)
        year, month, number = jalali.year, jalali.month, jalali.day
    return language.date.format(
        day=language.first_day if number == 1 and language.first_day else in_digits(number, language.digits),
        month=language.months[calendar][month - 1],
        year=in_digits(year, language.digits),
    )
