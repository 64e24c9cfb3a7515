"""Core's degree of trust follows from the watch list and from formal notices that arrived."""

from odoo import fields, models

BAD = "bad"
BY_PERSON = "by_person"  # somebody has changed the trust meanwhile: the program leaves it


class ResPartner(models.Model):
    _inherit = "res.partner"

    dunning_trust_before = fields.Char(
        company_dependent=True,
        groups="dunning_it.group_dunning_manager",
        help="The trust before dunning took it away: it comes back unless a person has changed it meanwhile.",
    )

    def write(self, vals):
        # OVERRIDE: what a person says of a debtor is not taken back by the program.
        if "trust" in vals and not self.env.su:
            marked = self.sudo().filtered("dunning_trust_before")  # the server's to note
            marked.dunning_trust_before = BY_PERSON
        return super().write(vals)

    def _align_dunning_trust(self):
        """Take the trust away while there is a reason, and give it back after, in the environment's company."""
        for partner in self.sudo():  # follows from what people did who had the right to it
            before = partner.dunning_trust_before
            if partner._is_bad_debtor():
                if not before:
                    partner.write({"dunning_trust_before": partner.trust or "normal", "trust": BAD})
            elif before:
                is_untouched = before != BY_PERSON
                partner.write({"dunning_trust_before": False, **({"trust": before} if is_untouched else {})})

    def _is_bad_debtor(self):
        """Whether he is on the watch list, or a formal notice reached him in a case that is not closed."""
        if self.env["dunning.watch"]._get_current(self, self.env.company):
            return True
        return bool(
            self.env["dunning.notice"].search_count(
                [
                    ("partner_id", "=", self.id),
                    ("company_id", "=", self.env.company.id),
                    ("arrival_date", "!=", False),
                    ("case_id.state", "!=", "closed"),
                ],
                limit=1,
            )
        )


class DunningNotice(models.Model):
    _inherit = "dunning.notice"

    def _note_arrival(self):
        # OVERRIDE: a debtor under formal notice is none to trust.
        done = super()._note_arrival()
        self.partner_id.with_company(self.company_id)._align_dunning_trust()
        return done


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _close(self, reason):
        # OVERRIDE: what is settled is no reason against him any more.
        done = super()._close(reason)
        for company, cases in self.grouped("company_id").items():
            partners = cases.partner_id.with_company(company).sudo()  # the server's note
            partners.filtered("dunning_trust_before")._align_dunning_trust()
        return done

    def _note_reopened(self):
        # OVERRIDE: and is one again where a payment was taken back.
        done = super()._note_reopened()
        self.partner_id.with_company(self.company_id)._align_dunning_trust()
        return done
