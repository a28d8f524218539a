"""An ISO date is set in the language's calendar, digits and style; any other text stays."""

from __future__ import annotations

import pytest
from canvases import KIND

from bmcrender.dates import shown_date
from bmcrender.model import Language
from bmcrender.resources import library


def language(tag: str) -> Language:
    return library().language(tag, KIND)[0]


@pytest.mark.parametrize(
    ("tag", "calendar", "expected"),
    [
        ("en", "gregorian", "March 20, 2026"),
        ("de", "gregorian", "20.\u00a0März 2026"),
        ("fr", "gregorian", "20\u00a0mars 2026"),
        ("es", "gregorian", "20 de marzo de 2026"),
        ("fa", "jalali", "۲۹\u00a0اسفند ۱۴۰۴"),
        ("fa", "gregorian", "۲۰\u00a0مارس ۲۰۲۶"),
        ("en", "jalali", "Esfand 29, 1404"),
        ("fa", "both", "۲۹\u00a0اسفند ۱۴۰۴ (۲۰\u00a0مارس ۲۰۲۶)"),
        ("en", "both", "March 20, 2026 (Esfand 29, 1404)"),
    ],
)
def test_a_date_is_written_as_the_language_does(tag: str, calendar: str, expected: str) -> None:
    assert shown_date("2026-03-20", language(tag), calendar).replace("\u00a0", " ") == expected.replace(
        "\u00a0", " "
    )


def test_the_new_year_falls_on_its_day() -> None:
    persian = language("fa")
    assert shown_date("2026-03-21", persian, "jalali").endswith("فروردین ۱۴۰۵")
    # 1403 was a leap year of the Persian calendar, 1404 is not.
    assert shown_date("2025-03-20", persian, "jalali").startswith("۳۰")
    assert shown_date("2026-03-20", persian, "jalali").startswith("۲۹")


def test_the_first_of_a_month_is_the_first_in_french() -> None:
    assert shown_date("2026-05-01", language("fr"), "gregorian").startswith("1er")
    assert shown_date("2026-05-11", language("fr"), "gregorian").startswith("11\u00a0")
    assert shown_date("2026-05-01", language("en"), "gregorian").startswith("May 1,")


@pytest.mark.parametrize(
    "text", ["", "spring 2026", "2026", "2026-13-01", "2026-02-30", "20/03/2026", "۱۴۰۴/۱۲/۲۹", "2026-3-2"]
)
def test_any_other_text_stays(text: str) -> None:
    assert shown_date(text, language("fa"), "jalali") == text


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("calendar", ["gregorian", "jalali", "both"])
def test_a_year_that_a_calendar_may_lack_stays_as_written(text: str, calendar: str) -> None:
    assert shown_date(text, language("fa"), calendar) == text
