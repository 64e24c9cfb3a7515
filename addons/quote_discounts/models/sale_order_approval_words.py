"""What a verdict on a quote says to its seller."""

from odoo import models
from odoo.tools import formatLang


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _describe_verdict(self, verdict):
        """What the seller reads on the form, or False."""
        if verdict.status == "approved":
            return self.env._("Approved by %(name)s.", name=verdict.request.decided_by_id.name)
        if verdict.is_covered:
            return False
        if verdict.faults:
            return "\n".join(verdict.faults)
        lines = [self._explain_finding(finding) for finding in verdict.findings]
        if verdict.request and verdict.worse:
            lines.append(self.env._("What was approved or asked for does not cover it:"))
            lines += [self._describe_worse(worse) for worse in verdict.worse]
        elif verdict.status == "pending":
            lines.append(self.env._("“%(level)s” is asked for approval.", level=verdict.request.level_id.name))
        elif verdict.status == "refused":
            lines.append(
                self.env._(
                    "Refused by %(name)s: %(comment)s",
                    name=verdict.request.decided_by_id.name,
                    comment=verdict.request.comment,
                )
            )
        return "\n".join(lines)

    def _describe_worse(self, worse):
        """One sentence of why an order is a worse deal than what was approved."""
        figures = {
            name: formatLang(self.env, figure) if isinstance(figure, float) else figure or ""
            for name, figure in (("then", worse.then), ("now", worse.now))
        }
        sentences = {
            "company": self.env._("It was for another company."),
            "currency": self.env._("The currency has changed."),
            "customer": self.env._("It was for another customer."),
            "terms": self.env._("The payment terms give more for early payment."),
            "price": self.env._("%(name)s costs less: %(now)s instead of %(then)s.", name=worse.name, **figures),
            "quantity": self.env._(
                "%(name)s: more units at the low price, %(now)s instead of %(then)s.", name=worse.name, **figures
            ),
            "margin": self.env._("The margin of the whole order falls."),
            "discount": self.env._("The whole discount rises from %(then)s %% to %(now)s %%.", **figures),
        }
        return sentences[worse.kind]

    def _describe_missing_level(self, asked):
        return self.env._(
            "No level of approval covers a discount of %(discount)s %% on this order, or its approvers negotiated it"
            " themselves. Give less, or ask the management.",
            discount=formatLang(self.env, asked.discount),
        )
