"""Who works there: the owner, two who approve, three who sell, the bookkeeper, the shop; each logs in as he is called.

The password is the login. `quote_discounts` has its levels and limits here, since they are the sellers' own.
"""

from odoo.fields import Command

PEOPLE = {  # login: (name, groups)
    "paolo": (
        "Paolo Ferri",
        (
            "base.group_partner_manager",
            "sales_team.group_sale_manager",
            "account.group_account_invoice",
            "dunning_it.group_dunning_manager",
            "lifecycle_crm.group_lifecycle_manager",
            "listino_pricelist.group_listino_manager",
            "shop_feed.group_feed_manager",
        ),
    ),
    "marta": ("Marta Riva", ("sales_team.group_sale_salesman_all_leads", "lifecycle_crm.group_lifecycle_user")),
    "anna": ("Anna Conti", ("sales_team.group_sale_salesman", "lifecycle_crm.group_lifecycle_user")),
    "luca": ("Luca Negri", ("sales_team.group_sale_salesman",)),
    "sara": ("Sara Galli", ("sales_team.group_sale_salesman",)),
    "chiara": ("Chiara Bassi", ("account.group_account_invoice", "dunning_it.group_dunning_user")),
    "elena": (
        "Elena Fontana",
        ("sales_team.group_sale_salesman", "shop_feed.group_feed_user", "lifecycle_crm.group_lifecycle_user"),
    ),
}
SELLERS = ("anna", "luca", "sara")
BOSS, OWNER, BOOKKEEPER, SHOP = "marta", "paolo", "chiara", "elena"
CUSTOMER = "cliente"  # a login of the portal, see customers


def tell(story):
    """The users, and the sales team of those who sell."""
    Users = story.env["res.users"].with_context(no_reset_password=True)
    users = Users.create([_prepare_user_vals(story, login) for login in PEOPLE])
    story.users.update(zip(PEOPLE, users, strict=True), admin=story.env.ref("base.user_admin"))
    story.users["admin"].write({"lang": "it_IT", "tz": "Europe/Rome"})
    team = story.env["crm.team"].search([("company_id", "in", [story.company.id, False])], limit=1)
    team.write(
        {
            "name": "Vendite",
            "user_id": story.users[BOSS].id,
            "member_ids": [Command.link(story.users[login].id) for login in (*SELLERS, BOSS, SHOP)],
        }
    )


def _prepare_user_vals(story, login):
    name, groups = PEOPLE[login]
    return {
        "name": name,
        "login": login,
        "password": login,
        "email": f"{login}@dispensaferri.example.com",
        "lang": "it_IT",
        "tz": "Europe/Rome",
        "group_ids": [Command.link(story.env.ref(group).id) for group in ("base.group_user", *groups)],
    }
