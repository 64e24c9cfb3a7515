"""Core's models keep core's Italian names."""

import sys
import types

import polib
import pytest

from ground.commands import i18n
from ground.console import Problem
from scripts import check_model_names

LABEL = "ir.model,website_form_label"


def catalogue(addon, *entries):
    """A catalogue with names of models, each as (field, model, term, translation)."""
    content = polib.POFile()
    for field, model, term, translation in entries:
        place = (f"model:{field}:{addon}.model_{model}", "")
        content.append(polib.POEntry(msgid=term, msgstr=translation, occurrences=[place]))
    return content


def remarks(ours, *core):
    return list(check_model_names.renamed(ours, check_model_names.said(core)))


def test_a_model_of_core_keeps_the_name_that_core_gives_it():
    core = catalogue("base", ("ir.model,name", "res_partner", "Contact", "Contatto"))
    assert not remarks(catalogue("dunning_it", ("ir.model,name", "res_partner", "Contact", "Contatto")), core)
    [remark] = remarks(catalogue("dunning_it", ("ir.model,name", "res_partner", "Contact", "Recapito")), core)
    assert remark == "“Contact” (model_res_partner) is “Contatto” in Odoo, not “Recapito”."


def test_a_model_of_ours_is_called_as_we_like():
    core = catalogue("base", ("ir.model,name", "res_partner", "Contact", "Contatto"))
    assert not remarks(catalogue("dunning_it", ("ir.model,name", "dunning_person", "Contact", "Recapito")), core)


def test_a_term_that_core_leaves_untranslated_is_ours_to_translate():
    core = catalogue("base", ("ir.model,name", "res_partner", "Contact", ""))
    assert not remarks(catalogue("dunning_it", ("ir.model,name", "res_partner", "Contact", "Recapito")), core)


def test_where_core_contradicts_itself_any_of_its_names_will_do_and_no_other():
    core = [
        catalogue("website", (LABEL, "mail_mail", "Send an E-mail", "Invia e-mail")),
        catalogue("mass_mailing", (LABEL, "mail_mail", "Send an E-mail", "Invia un'e-mail")),
    ]
    for word in ("Invia e-mail", "Invia un'e-mail"):
        assert not remarks(catalogue("lifecycle_crm", (LABEL, "mail_mail", "Send an E-mail", word)), *core)
    assert remarks(catalogue("lifecycle_crm", (LABEL, "mail_mail", "Send an E-mail", "Scrivi")), *core)


@pytest.fixture
def tree(tmp_path):
    """An addon of ours, below it two of core's and one of another author, and one that has nothing to do with it."""
    depends = {"ours": ["sale", "peer"], "sale": ["product"], "product": [], "base": [], "pos": []}
    for name, below in depends.items():
        place = tmp_path / ("ours" if name == "ours" else f"odoo/addons/{name}")
        (place / "i18n").mkdir(parents=True)
        (place / "__manifest__.py").write_text(repr({"name": name, "depends": below}))
    return tmp_path


def test_only_what_an_addon_stands_on_is_asked(tree):
    found = check_model_names.underneath(tree / "ours", [tree / "odoo" / "addons"])
    assert {path.name for path in found} == {"base", "product", "sale"}


def test_the_check_of_translations_refuses_an_addon_that_renames_a_model(tree, home, monkeypatch):
    monkeypatch.setattr(i18n.addons, "folder", lambda name: tree / name)
    program = types.SimpleNamespace(python=sys.executable, source=tree)
    for name, word in (("odoo/addons/product", "Contatto"), ("odoo/addons/pos", "Recapito"), ("ours", "Contatto")):
        write(tree / name, word)
    i18n.check_names(program, "ours")
    write(tree / "ours", "Recapito")
    with pytest.raises(Problem, match="ours: “Contact” \\(model_res_partner\\) is “Contatto” in Odoo, not “Recapito”"):
        i18n.check_names(program, "ours")


def write(folder, word):
    catalogue(folder.name, ("ir.model,name", "res_partner", "Contact", word)).save(folder / "i18n" / "it.po")
