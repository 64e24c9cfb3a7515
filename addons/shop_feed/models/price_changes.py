"""When the next price rule begins or ends."""

from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.listino_pricelist.models.price_facts import ids_of_path

SECOND = timedelta(seconds=1)


def next_price_changes(pricelist, products, moment):
    """The first moment after now at which a rule for the first piece begins or ends: an item is built anew then.

    A rule of Odoo holds at the second in which it ends; so the change is one later.

    :param pricelist: a list; those that it is based on count too
    :param products: variants
    :param datetime moment: UTC, naive
    :return: by product id; UTC, naive; nothing for products without any
    :rtype: dict
    """
    edges = _read_edges(with_bases(pricelist), products, moment)
    everywhere = edges.get((None, None, None))
    changes = {}
    for product in products if edges else ():
        template = product.product_tmpl_id
        scopes = [(None, None, product.id), (None, template.id, None), (None, template.id, product.id)]
        scopes += [(category_id, None, None) for category_id in ids_of_path(template.categ_id.parent_path or "")]
        found = [edges[scope] for scope in scopes if scope in edges] + ([everywhere] if everywhere else [])
        if found:
            changes[product.id] = min(found)
    return changes


def with_bases(pricelist):
    """The list and all that it is based on, however far below."""
    lists, waiting = pricelist, pricelist._get_base_lists()
    while waiting := waiting - lists:
        lists += waiting
        waiting = waiting._get_base_lists()
    return lists


def _read_edges(pricelists, products, moment):
    """The next edge of each scope of rules that concern the products: (category, template, variant) -> moment."""
    items = pricelists.env["product.pricelist.item"]
    items.flush_model()
    templates = products.product_tmpl_id
    categories = {id_ for category in templates.categ_id for id_ in ids_of_path(category.parent_path or "")}
    rows = items.env.execute_query(
        SQL(
            """
            SELECT categ_id, product_tmpl_id, product_id,
                   min(date_start) FILTER (WHERE date_start > %(now)s),
                   min(date_end) FILTER (WHERE date_end >= %(now)s)
              FROM product_pricelist_item
             WHERE pricelist_id = ANY(%(lists)s) AND (date_start > %(now)s OR date_end >= %(now)s)
               AND COALESCE(min_quantity, 0) <= 1
               AND (categ_id IS NULL OR categ_id = ANY(%(categories)s))
               AND (product_tmpl_id IS NULL OR product_tmpl_id = ANY(%(templates)s))
               AND (product_id IS NULL OR product_id = ANY(%(products)s))
          GROUP BY categ_id, product_tmpl_id, product_id
            """,
            now=moment,
            lists=list(pricelists._ids),
            categories=list(categories),
            templates=list(templates._ids),
            products=list(products._ids),
        )
    )
    return {tuple(scope): min(edge for edge in (start, end and end + SECOND) if edge) for *scope, start, end in rows}
