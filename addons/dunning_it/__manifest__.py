{
    "name": "Dunning for Italy",
    "summary": "Late invoices the Italian way: patience, calls, reminders, messa in mora, the legal way or the waiver",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "depends": ["sale", "l10n_it_edi"],
    "data": [
        "security/dunning_groups.xml",
        "security/ir.model.access.csv",
        "views/dunning_menus.xml",
    ],
    "application": True,
}
