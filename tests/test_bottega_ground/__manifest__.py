{
    "name": "Bottega tests: the ground",
    "summary": "The database that setup/ makes is Italian, prints PDF and opens in a browser",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "depends": ["l10n_it", "web"],
}
