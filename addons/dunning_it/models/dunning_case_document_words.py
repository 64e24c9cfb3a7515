"""What documents are called, and what is still missing, in words."""

from odoo import models

MOST_NAMES = 8  # of invoices in a sentence


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _get_kind_names(self):
        """What each kind of :class:`.dunning_case_documents.CaseDocument`, and of what is made for it, is called."""
        _ = self.env._
        return {
            **dict(self.env["dunning.document"]._fields["kind"]._description_selection(self.env)),
            "einvoice": _("E-invoice"),
            "einvoice_unproven": _("E-invoice that the exchange system did not confirm"),
            "invoice": _("Invoice"),
            "notice_delivered": _("Formal notice that arrived"),
            "notice": _("Formal notice"),
            "promise": _("Promise in writing"),
            "statement": _("Account statement"),
            "interest": _("Interest sheet"),
            "mail": _("Mail"),
            "log": _("Calls and promises"),
            "petition": _("Draft petition"),
        }

    def _get_need_names(self):
        """What each :class:`..law.documents.Need` asks for."""
        _ = self.env._
        return {
            "notice": _("A formal notice that arrived"),
            "delivery": _("A delivery note"),
            "invoice": _("The invoice"),
            "einvoice": _("The e-invoice that the exchange system took in"),
            "agreement": _("A contract, a signed quote or an order"),
            "signature_of_debtor": _("A contract or quote that the debtor signed, for an order enforceable at once"),
            "written_proof": _(
                "A written proof: the e-invoice, a signed contract or quote, an extract of the accounts"
            ),
            "acknowledged_plan": _("A payment plan that the debtor signed"),
            "negotiation_attempt": _("The attempt at assisted negotiation"),
            "vat_basis": _("What gives the VAT back: insolvency, homologated agreement, fruitless enforcement"),
        }

    def _get_missing_words(self, day):
        """What an injunction would still need, in sentences: what it can't do without first.

        :param datetime.date day: of filing
        :rtype: list[str]
        """
        self.ensure_one()
        inventory, way = self._get_inventories()[self], self._get_injunction(day)
        lacking = sorted(inventory.get_lacking(way.outline.needs), key=lambda pair: not pair[0].necessary)
        values = self.env["dunning.legal.value"].browse(row.key for row in way.confirm)
        return [
            *(self._describe_need(need, moves, inventory.moves) for need, moves in lacking),
            *(self._describe_value(value) for value in values),
        ]

    def _describe_need(self, need, moves, pursued):
        """A need that is not met, and for which invoices where it is met for others."""
        what = self._get_need_names()[need.code]
        if moves < pursued:
            names = moves.mapped("name")
            invoices = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
            what = self.env._("%(what)s, for %(invoices)s", what=what, invoices=invoices)
        if need.necessary:
            return self.env._("Necessary: %(what)s.", what=what)
        return self.env._("Useful: %(what)s.", what=what)

    def _describe_value(self, value):
        return self.env._(
            "To be confirmed first: %(value)s (%(law)s).", value=value.display_name, law=value.source or "–"
        )
