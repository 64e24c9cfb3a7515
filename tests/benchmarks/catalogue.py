"""Generated catalogues and price lists, always the same."""

CATEGORIES = (1, 19, 240)  # roots, branches, leaves
RULES = 200
CHUNK = 5_000


def create_products(env, size):
    """Single-variant products with references B000000…, in categories nested three deep.

    :rtype: product.product
    """
    categories = _create_categories(env)
    Product = env["product.product"].with_context(tracking_disable=True)
    products = Product.browse()
    for start in range(0, size, CHUNK):
        products += Product.create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": f"B{number:06}",
                    "list_price": number * 37 % 9973 / 100 + 1,
                    "categ_id": categories[number % len(categories)].id,
                }
                for number in range(start, min(start + CHUNK, size))
            ]
        )
        env.flush_all()
        env.invalidate_all()
    return products.with_context({})


def _create_categories(env):
    """The leaves of a tree of categories."""
    Category = env["product.category"]
    level = Category.browse()
    for depth, count in enumerate(CATEGORIES):
        parents = level
        level = Category.create(
            [
                {"name": f"Level {depth} category {number}", "parent_id": parents and parents[number % len(parents)].id}
                for number in range(count)
            ]
        )
    return level


def create_chain(env, products, depth):
    """The last of a chain of price lists, each of 200 rules, based on the one before."""
    pricelist = env["product.pricelist"]
    for number in range(depth):
        rules = [{**rule, **_base(pricelist)} for rule in _rules(products)]
        pricelist = pricelist.create({"name": f"List {number + 1}", "item_ids": [(0, 0, rule) for rule in rules]})
    return pricelist


def _base(pricelist):
    return {"base": "pricelist", "base_pricelist_id": pricelist.id} if pricelist else {"base": "list_price"}


def _rules(products):
    """Rules of every scope but variants, by percentage or formula, a third of them each from 0, 10 and 20 pieces."""
    categories = products.categ_id | products.categ_id.parent_id
    for number in range(RULES):
        rule = {"min_quantity": number % 3 * 10}
        if number % 4 == 0:
            rule.update(applied_on="1_product", product_tmpl_id=products[number * 7 % len(products)].product_tmpl_id.id)
        elif number < RULES - 5:
            rule.update(applied_on="2_product_category", categ_id=categories[number % len(categories)].id)
        else:
            rule["applied_on"] = "3_global"
        if number % 2:
            yield {**rule, "compute_price": "percentage", "percent_price": number % 30}
        else:
            yield {
                **rule,
                "compute_price": "formula",
                "price_discount": number % 20,
                "price_round": 0.05,
                "price_surcharge": 0.1,
            }


def create_fixed_prices(env, products):
    """A price list with one fixed price a product."""
    rules = [
        {
            "applied_on": "1_product",
            "product_tmpl_id": product.product_tmpl_id.id,
            "compute_price": "fixed",
            "fixed_price": 1 + number / 100,
        }
        for number, product in enumerate(products)
    ]
    return env["product.pricelist"].create({"name": "Fixed prices", "item_ids": [(0, 0, rule) for rule in rules]})
