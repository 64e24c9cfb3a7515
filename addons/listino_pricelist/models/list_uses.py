"""Which price lists somebody still uses."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Domain

IDLE_MONTHS = 12  # without an order
NEW_MONTHS = 3  # a list so young may wait for its first customer
OWN_MODELS = ("product.pricelist", "product.pricelist.item", "sale.order")
LIST = "product.pricelist"


def unused_lists(pricelists):
    """Those of the lists that no customer, recent order, other list, document, country, default or app refers to."""
    env = pricelists.env
    young = fields.Datetime.now() - relativedelta(months=NEW_MONTHS)
    left = pricelists.filtered(lambda pricelist: pricelist.active and pricelist.create_date < young)
    for uses in (_defaults, _orders, _based, _customers, _fields_of_lists, _records_of_others):
        left -= uses(env, left) if left else left
    return left


def _defaults(env, _pricelists):
    """What customers get to whom nobody gave a list."""
    Pricelist = env[LIST]
    return Pricelist.union(
        *(Pricelist.with_company(company)._get_country_pricelist_multi([])[False] for company in _companies(env))
    ).with_env(env)


def _orders(env, pricelists):
    recent = fields.Datetime.now() - relativedelta(months=IDLE_MONTHS)
    return _referred(env["sale.order"], "pricelist_id", pricelists, Domain("date_order", ">=", recent))


def _based(env, pricelists):
    """Bases of lists that are themselves not put away, and lists whose quantity discounts these keep."""
    domain = env[LIST]._get_domain_of_based_rules() & Domain("pricelist_id.active", "=", True)
    based = _referred(env["product.pricelist.item"], "base_pricelist_id", pricelists, domain)
    return based | _referred(env[LIST], "breaks_pricelist_id", pricelists, Domain.TRUE)


def _customers(env, pricelists):
    name = "specific_property_product_pricelist"
    used = env[LIST]
    for company in _companies(env):
        used |= _referred(env["res.partner"].with_company(company), name, pricelists, Domain.TRUE).with_env(env)
    return used


def _companies(env):
    return env["res.company"].search([])


def _fields_of_lists(_env, pricelists):
    """Lists that another app ties to something of its own, as a shop does to a website."""
    names = [
        name
        for name, field in pricelists._fields.items()
        if field.store and field.type in ("many2one", "many2many")
        if not set(field._modules) & {"base", "mail", "product", "listino_pricelist"}
    ]
    return pricelists.filtered(lambda pricelist: any(pricelist[name] for name in names))


def _records_of_others(env, pricelists):
    """Lists that records of any app name: documents, country groups, tills."""
    used = env[LIST]
    for model in env.registry.values():
        if model._auto and not model._transient and not model._abstract and _counts(model._name):
            for name in _names_of_references(model):
                used |= _referred(env[model._name], name, pricelists, Domain.TRUE)
    return used


def _counts(model_name):
    """Our own notes about lists use none; a document that prints a list does."""
    return model_name not in OWN_MODELS and (not model_name.startswith("listino.") or model_name == "listino.document")


def _names_of_references(model):
    return [
        name
        for name, field in model._fields.items()
        if field.store and field.type in ("many2one", "many2many") and field.comodel_name == LIST
        if not field.company_dependent and not field.related
    ]


def _referred(model, name, pricelists, domain):
    groups = model._read_group(domain & Domain(name, "in", pricelists.ids), [name])
    return pricelists.browse({pricelist.id for (pricelist,) in groups}) & pricelists
