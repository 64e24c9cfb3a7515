"""Papers with a number of their own."""

from odoo import api, models


class DunningNumbered(models.AbstractModel):
    """Numbers run by company, and anew each year."""

    _name = "dunning.numbered"
    _description = "Numbered Paper of Dunning"

    @api.model
    def _take_number(self, company, day):
        """The next number of a company.

        :param datetime.date day: whose year counts
        :rtype: str
        """
        Sequence = self.env["ir.sequence"].sudo()  # numbers are the server's
        code = self._name
        if not Sequence.search_count([("code", "=", code), ("company_id", "=", company.id)], limit=1):
            Sequence.create(self._prepare_sequence_vals(company))
        return Sequence.with_company(company).next_by_code(code, sequence_date=day)

    @api.model
    def _prepare_sequence_vals(self, company):
        """The company's sequence; a hook for its name and prefix."""
        return {
            "name": f"{self._description} {company.name}",
            "code": self._name,
            "company_id": company.id,
            "padding": 4,
            "use_date_range": True,
        }
