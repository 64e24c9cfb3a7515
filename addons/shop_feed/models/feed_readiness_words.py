"""The readiness list in words: what is asked, how it stands, and why it matters."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

TITLES = {
    "contact": _lt("Contact in the footer"),
    "vat": _lt("VAT number in the footer"),
    "returns": _lt("Return policy"),
    "shipping": _lt("Shipping costs"),
    "payment": _lt("Ways to pay"),
    "https": _lt("Secure connection"),
    "account": _lt("Buying without an account"),
    "extra_step": _lt("Needless questions at the checkout"),
    "reviews": _lt("Reviews"),
    "prices": _lt("Prices with VAT"),
    "reductions": _lt("Large discounts"),
}

REASONS = {
    ("contact", "shown"): _lt("Each page says how to reach you."),
    ("contact", "placeholder"): _lt("The footer still shows the contacts of Odoo's template: write your own."),
    ("contact", "not_shown"): _lt("No page says how to reach you: write an email address or a phone number."),
    ("vat", "shown"): _lt("Each page shows the VAT number, as art. 35 DPR 633/1972 asks."),
    ("vat", "no_number"): _lt("The company has no VAT number in Odoo: enter it, then show it in the footer."),
    ("vat", "not_shown"): _lt("The footer does not show the VAT number, as art. 35 DPR 633/1972 asks."),
    ("returns", "linked"): _lt("Each page leads to what happens when somebody sends something back."),
    ("returns", "not_linked"): _lt("A page tells of returns, but the footer does not lead to it: nobody finds it."),
    ("returns", "no_page"): _lt(
        "No page tells of returns. Consumers have 14 days (art. 52 Codice del consumo), and channels look for the page."
    ),
    ("shipping", "shown"): _lt("Customers can choose a way of delivery, and a page tells what it costs."),
    ("shipping", "not_said"): _lt("No page tells what shipping costs: customers learn it at the checkout, and leave."),
    ("shipping", "no_way"): _lt("No way of delivery is published: nobody can have anything sent."),
    ("payment", "enabled"): _lt("Ways to pay that are on: %(count)s."),
    ("payment", "test_only"): _lt("All ways to pay are in test mode: nobody can pay."),
    ("payment", "none"): _lt("No way to pay is published."),
    ("https", "secure"): _lt("The shop has an address that begins with https://."),
    ("https", "not_secure"): _lt("The shop's address does not begin with https://: browsers warn of it."),
    ("account", "free"): _lt("Whoever wants to buy can do so at once."),
    ("account", "mandatory"): _lt("Nobody can buy without an account: many leave at that point."),
    ("extra_step", "short"): _lt("The checkout asks for nothing more than it needs."),
    ("extra_step", "asked"): _lt("The checkout has an extra step with more questions: each one loses customers."),
    ("reviews", "asked"): _lt("Products show reviews, and buyers are asked for them."),
    ("reviews", "not_asked"): _lt("Products show reviews, but buyers are not asked for them."),
    ("reviews", "off"): _lt("Products show no reviews."),
    ("prices", "gross"): _lt("The shop shows prices with VAT, as channels do."),
    ("prices", "net"): _lt("The shop shows prices without VAT, while channels show them with it: they look wrong."),
    ("reductions", "sober"): _lt("No item is reduced by more than %(percent)s %%."),
    ("reductions", "suspicious"): _lt(
        "%(count)s items are reduced by more than %(percent)s %%: without a reason, that looks suspicious."
    ),
}
