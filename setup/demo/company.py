"""The company: a wholesaler of Italian food in Reggio Emilia, with a shop."""

from odoo.fields import Command

from . import pictures
from .digits import vat

NAME = "Dispensa Ferri S.r.l."
SPLIT_PAYMENT = "split_payment_fiscal_position"
DOMAIN = "https://dispensaferri.example.com"  # channels take no address of this machine, and no quote shows one
VAT = vat(990017, "035")
LETTERHEAD = f"<p>{NAME}<br>Via dell'Agricoltura 14, 42124 Reggio nell'Emilia (RE)<br>P. IVA e C.F. {VAT[2:]}</p>"
FOOTER = f"<p>+39 0522 555 100 · info@dispensaferri.example.com<br>{DOMAIN}</p>"
PRINT_DPI = 110  # at Odoo's 90 a quote of two lines takes two pages, and the letterhead covers the second one's text


def tell(story):
    """Address, numbers, bank, logo and paper of the company, and the groups its screens need."""
    story.company.write(
        {
            "name": NAME,
            "street": "Via dell'Agricoltura 14",
            "zip": "42124",
            "city": "Reggio nell'Emilia",
            "state_id": story.env.ref("base.state_it_re").id,
            "country_id": story.env.ref("base.it").id,
            "vat": VAT,
            "email": "info@dispensaferri.example.com",
            "phone": "+39 0522 555 100",
            "website": DOMAIN,
            "l10n_it_codice_fiscale": VAT[2:],
            "l10n_it_tax_system": "RF01",
            "company_details": LETTERHEAD,
            "report_footer": FOOTER,
            "logo": pictures.logo("Dispensa Ferri"),
            "dunning_hour_cost": 35,
            "lifecycle_is_distant": True,
            "iap_enrich_auto_done": True,  # nobody is asked about a company that there is not
        }
    )
    paper = story.company.paperformat_id or story.env.ref("base.paperformat_euro")
    paper.dpi = PRINT_DPI
    story.env["website"].search([("company_id", "=", story.company.id)], limit=1).domain = DOMAIN
    bank = story.env["res.bank"].create({"name": "Banca della Bassa", "bic": "BBASIT2RXXX"})
    account = story.env["res.partner.bank"].create(
        {
            "acc_number": "IT60X0542811101000000123456",
            "bank_id": bank.id,
            "partner_id": story.company.partner_id.id,
            "allow_out_payment": True,
        }
    )
    _journal(story, "bank").bank_account_id = account
    _show_units_and_lists(story)


def _journal(story, kind):
    own = [("type", "=", kind), ("company_id", "=", story.company.id)]
    return story.env["account.journal"].search(own, limit=1)


def _show_units_and_lists(story):
    """Units and price lists, as the settings of Sales switch them on."""
    groups = ("uom.group_uom", "product.group_product_pricelist")
    story.env.ref("base.group_user").implied_ids = [Command.link(story.env.ref(name).id) for name in groups]
