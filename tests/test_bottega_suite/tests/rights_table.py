"""The table of rights as it is checked in: plain CSV files, and the page that people read. Needs no database."""

import csv
import io
import os
import pathlib

FOLDER = pathlib.Path(__file__).parent / "rights"
PAGE = pathlib.Path(__file__).parents[3] / "RIGHTS.md"
PARTS = ("models", "methods", "routes", "fields")
RENEW = "BOTTEGA_RENEW_RIGHTS"  # ./setup/rights sets it: write the files instead of comparing

# Who does the work of which groups, in the words of the design; the files tell every group apart.
PEOPLE = {
    "anybody": "public",
    "customer": "portal",
    "employee": "employee",
    "seller": "seller",
    "head of sales": "sales_manager",
    "bookkeeper": "invoicing",
    "dunning": "dunning_user",
    "head of dunning": "dunning_manager",
    "customer care": "lifecycle_user",
    "head of care": "lifecycle_manager",
    "shop": "feed_user",
    "head of shop": "feed_manager",
}
ADDONS = {
    "listino_pricelist": "Price lists",
    "quote_discounts": "Quotes and discounts",
    "dunning_it": "Dunning",
    "lifecycle_crm": "Customer lifecycle",
    "shop_feed": "Shop feeds",
}


def read(name):
    """The rows of a file, each a dict by column."""
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def text(rows):
    """Rows as the text of a file.

    >>> text([{"model": "a.b", "seller": "r"}])
    'model,seller\\na.b,r\\n'
    """
    into = io.StringIO()
    writer = csv.DictWriter(into, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return into.getvalue()


def differences(said, found, key):
    """What the table says otherwise than the database does, a sentence each.

    >>> list(differences([{"model": "a", "seller": "r"}], [{"model": "a", "seller": "rw"}], ["model"]))
    ["a: seller is 'r' in the table and 'rw' in the database"]
    >>> list(differences([], [{"model": "a", "seller": "r"}], ["model"]))
    ['a: is not in the table']
    >>> list(differences([{"model": "a", "seller": "r"}], [], ["model"]))
    ['a: is in the table alone']
    """
    said, found = ({" ".join(row[column] for column in key): row for row in rows} for rows in (said, found))
    for name in sorted(said.keys() | found.keys()):
        if name not in said or name not in found:
            yield f"{name}: is not in the table" if name in found else f"{name}: is in the table alone"
            continue
        for column in {**said[name], **found[name]}:
            before, now = said[name].get(column, ""), found[name].get(column, "")
            if before != now:
                yield f"{name}: {column} is {before!r} in the table and {now!r} in the database"


def is_renewed():
    """Whether the files are to be written anew instead of being held against the database."""
    return bool(os.environ.get(RENEW))


def renew(name, rows):
    """Write a file of the table, and the page once all parts are there."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.csv").write_text(text(rows))
    if all((FOLDER / f"{part}.csv").exists() for part in PARTS):
        PAGE.write_text(page())


def page():
    """The table for people: what each may do in each app, what each may call, what each address answers to whom."""
    parts = [HEAD]
    for addon, title in ADDONS.items():
        parts += [f"## {title}", _models(addon), _methods(addon)]
    parts += ["## Addresses", ADDRESSES, _routes(), "## What customers read of others' records", FIELDS, _fields()]
    return "\n\n".join(parts) + "\n"


def _models(addon):
    rows = [row for row in read("models") if row["addon"] == addon and any(row[role] for role in PEOPLE.values())]
    cells = [[f"`{row['model']}`", row["rows"], *(row[role] for role in PEOPLE.values())] for row in rows]
    return grid(["records", "whose", *PEOPLE], cells)


def _methods(addon):
    """Methods that the same people may call stand together."""
    together = {}
    for row in read("methods"):
        if row["addon"] == addon:
            people = ", ".join(person for person, role in PEOPLE.items() if row[role]) or "nobody"
            together.setdefault((row["model"], people), []).append(f"`{row['method']}`")
    return grid(
        ["buttons of", "who", "which"],
        [[f"`{model}`", people, ", ".join(methods)] for (model, people), methods in together.items()],
    )


def _routes():
    columns = ["anonymous", "stranger", "customer", "employee", "elsewhere"]
    rows = [
        [f"`{row['verb']} {row['address']}`", row["auth"], *(row[name] for name in columns)] for row in read("routes")
    ]
    return grid(["address", "asks for", *columns], rows)


def _fields():
    by_model = {}
    for row in read("fields"):
        by_model.setdefault(row["model"], []).append(f"`{row['field']}`")
    return grid(["record", "fields"], [[f"`{model}`", ", ".join(names)] for model, names in by_model.items()])


def grid(head, rows):
    """A table in Markdown.

    >>> print(grid(["a", "b"], [["1", ""]]))
    | a | b |
    |---|---|
    | 1 |  |
    """
    lines = [head, *rows]
    written = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([written[0], "|" + "---|" * len(head), *written[1:]])


HEAD = """# Who may do what

Written by `./setup/rights` from the registry and from what the server answers; the tests of `test_bottega_suite` walk
it for every group and fail for whatever is not in it or answers otherwise. The files in
[tests/test_bottega_suite/tests/rights](tests/test_bottega_suite/tests/rights) tell all groups apart; here stand the
people of a small company.

Letters: **r**ead, **w**rite, **c**reate, **d**elete. Whose records: *company*, those of the companies that the user
works in; *own*, what he has entered himself; *all*, everybody's, as they belong to no company. Nobody ever reaches a
record of a company that he does not work in.

Odoo's own doors lead no further: threads and what belongs to them, exports, both JSON addresses and searches, those
along a link too, answer nobody about a record or a field that is kept from him; only by followers Odoo itself searches
with all rights. A wizard computes what it shows with the rights of its user, so that nobody reads through it what he
could not open."""
ADDRESSES = """What an address answers to whom: nobody known, a customer whom the record does not concern, the customer
whom it concerns, an employee without any of our groups, and a user with all groups whose company is another. *login*
is the login page. No link's token is given: with it the address answers whoever has the link."""
FIELDS = """Customers may read their orders, invoices and deliveries by Odoo's own rules, and so the fields that
we put on them. These are meant for their eyes; all others are for employees."""
