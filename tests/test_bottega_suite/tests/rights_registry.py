"""What the five addons add to a registry: models, methods that clients call, addresses, fields on others' models."""

import inspect

from odoo import http
from odoo.models import BaseModel

SUITE = ("dunning_it", "lifecycle_crm", "listino_pricelist", "quote_discounts", "shop_feed")


def is_ours(model):
    """Whether a model was first defined by an addon of the suite."""
    return type(model)._original_module in SUITE


def own_models(env):
    """The names of the suite's own models, wizards and abstract ones too."""
    return [name for name in sorted(env.registry.models) if is_ours(env[name])]


def opened_models(env):
    """The names of others' models to which a line of access of the suite lets somebody."""
    lines = env["ir.model.access"].search([("id", "in", _ids_of_suite(env, "ir.model.access"))])
    return sorted({name for name in lines.mapped("model_id.model") if name in env and not is_ours(env[name])})


def own_methods(env):
    """The methods that a client may call because of the suite, as (model, method).

    What the suite only overrides is not among them: it is another's method, and open to whom it was open before. Nor
    are methods on records of an abstract model, which has none: they stand with the models that inherit it.
    """
    for name in sorted(env.registry.models):
        model = env.registry[name]
        for method in sorted(vars(model).keys() | {word for base in model.mro() for word in vars(base)}):
            if method.startswith("_") or not _is_called_by_clients(model, method):
                continue
            if not model._abstract or getattr(getattr(model, method), "_api_model", False):
                yield name, method


def signature(env, model, method):
    """The names of what a method must be given, and whether it is called on records."""
    function = getattr(env.registry[model], method)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    return needed, not getattr(function, "_api_model", False)


def own_routes(env):
    """The addresses that the suite answers, as (addon, address, verb, routing)."""
    rules = env["ir.http"]._generate_routing_rules(
        sorted(env.registry._init_modules), converters=env["ir.http"]._get_converters()
    )
    for address, endpoint in rules:
        if endpoint.__module__.startswith("odoo.addons.") and endpoint.__module__.split(".")[2] in SUITE:
            for verb in endpoint.routing["methods"] or _verbs(endpoint.routing):
                yield endpoint.__module__.split(".")[2], address, verb, endpoint.routing


def own_fields(env, model):
    """The fields that the suite puts on another's model; one that a variant has of its template is the template's."""
    if is_ours(env[model]):
        return
    for name, field in sorted(env[model]._fields.items()):
        if not field.inherited and field._modules and field._modules[0] in SUITE:
            yield name, field


def addon(env, model, method=None):
    """The addon of the suite by which a model, or a method on another's model, came; else the one that opened it."""
    if is_ours(env[model]):
        return type(env[model])._original_module
    definitions = [base for base in env.registry[model].mro() if method in vars(base)]
    found = [_addon(base) for base in reversed(definitions) if _addon(base)]
    return found[0] if found else _opener(env, model)


def _opener(env, model):
    lines = env["ir.model.access"].search([("model_id.model", "=", model)])
    names = env["ir.model.data"].search(
        [("module", "in", SUITE), ("model", "=", "ir.model.access"), ("res_id", "in", lines.ids)]
    )
    return min(names.mapped("module"))


def _verbs(routing):
    return ["POST"] if routing["type"] == http.JsonRPCDispatcher.routing_type else ["GET", "POST"]


def _is_called_by_clients(model, method):
    definitions = [base for base in model.mro() if method in vars(base)]
    if hasattr(BaseModel, method) or not callable(getattr(model, method, None)):
        return False
    if any(getattr(vars(base)[method], "_api_private", False) for base in definitions):
        return False
    return all(_addon(base) in (*SUITE, None) for base in definitions)


def _addon(base):
    """The addon in whose file a class stands; None for the class that the registry puts together."""
    parts = base.__module__.split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] else None


def _ids_of_suite(env, model):
    return env["ir.model.data"].search([("module", "in", SUITE), ("model", "=", model)]).mapped("res_id")
