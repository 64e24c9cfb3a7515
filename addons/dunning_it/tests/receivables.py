"""Real receivables of two years (100 customers, 2,466 invoices with due and settled dates), read where they lie."""

import csv
import os
import pathlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

FILE = "receivables_2012_2013.csv"
MISSING = f"The real receivables ({FILE}) are not here: set BOTTEGA_DATA to their folder."


@dataclass(frozen=True, slots=True)
class Row:
    """An invoice as the file has it; amounts in cents, and ``days_late`` is the file's own count, never below zero."""

    customer: str
    issued: date
    due: date
    settled: date
    amount: int
    days_late: int


def data_file():
    """Where the real receivables are, or None; BOTTEGA_DATA says where to look outside the usual place."""
    root = pathlib.Path(__file__).resolve().parents[3]
    for folder in filter(None, [os.environ.get("BOTTEGA_DATA"), root.parent / "shared" / "data"]):
        path = pathlib.Path(folder) / FILE
        if path.is_file():
            return path
    return None


def rows():
    """All invoices, in the order of their date."""
    with data_file().open(encoding="utf-8", newline="") as file:
        return sorted(map(_row, csv.DictReader(file)), key=lambda row: row.issued)


def _row(values):
    return Row(
        customer=values["customerID"],
        issued=_date(values["InvoiceDate"]),
        due=_date(values["DueDate"]),
        settled=_date(values["SettledDate"]),
        amount=int(Decimal(values["InvoiceAmount"]) * 100),
        days_late=int(values["DaysLate"]),
    )


def _date(text):
    """A date as the file writes it.

    >>> _date("3/13/2013")
    datetime.date(2013, 3, 13)
    """
    return datetime.strptime(text, "%m/%d/%Y").date()
