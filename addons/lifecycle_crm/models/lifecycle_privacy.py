"""What is known of a person: to be handed over to him, to be forgotten, and not to be kept for ever."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

DELETE, KEEP = "delete", "keep"
BATCH = 1000
TECHNICAL = frozenset({"id", "create_uid", "write_uid", "write_date", "display_name", "access_token"})
EXPORTED_TYPES = frozenset(
    {
        "boolean",
        "char",
        "date",
        "datetime",
        "float",
        "html",
        "integer",
        "json",
        "many2one",
        "monetary",
        "selection",
        "text",
    }
)


class LifecyclePrivacy(models.AbstractModel):
    """The rights of a person over what this app knows of him (GDPR art. 15, 17 and 20), and storage limits (art. 5).

    What the contract is about (orders, invoices, deliveries) belongs to other apps and stays under the law of books.
    """

    _name = "lifecycle.privacy"
    _description = "Privacy of Customers"

    # === HOOKS === #

    @api.model
    def _get_ways(self):
        """What becomes of the rows about a person who is to be forgotten, by model; a hook.

        KEEP: consents, objections, information and looks into the register prove what was allowed (art. 5.2 and 7.1),
        and see that nobody writes to him again; cases are about claims from a contract (art. 17.3.e).
        """
        return {
            "lifecycle.claim": DELETE,
            "lifecycle.mark": DELETE,
            "lifecycle.feedback": DELETE,
            "lifecycle.call": DELETE,
            "lifecycle.reply": DELETE,
            "lifecycle.touch": DELETE,
            "lifecycle.entry": DELETE,
            "lifecycle.event": DELETE,
            "lifecycle.transition": DELETE,
            "lifecycle.status": DELETE,
            "lifecycle.consent": KEEP,
            "lifecycle.information": KEEP,
            "lifecycle.register.check": KEEP,
            "lifecycle.case": KEEP,
        }

    @api.model
    def _get_terms(self, before):
        """What is no longer kept after the company's term, by model; a hook.

        :param datetime before: what was over before it
        """
        return {
            "lifecycle.entry": Domain("state", "!=", "running") & Domain("write_date", "<", before),
            "lifecycle.transition": self._get_old_transitions(before),
            "lifecycle.event": Domain("moment", "<", before),
            "lifecycle.call": Domain("date", "<", before),
            "lifecycle.reply": Domain("answered_on", "<", before),
            "lifecycle.claim": Domain("until", "<", before),
            "lifecycle.register.check": Domain("date", "<", before.date()),
        }

    @api.model
    def _get_old_transitions(self, before):
        """All but the one that tells in which stage a customer was at the time."""
        self.env["lifecycle.transition"].flush_model()
        kept = SQL(
            """
            SELECT DISTINCT ON (partner_id, company_id) id
              FROM lifecycle_transition
             WHERE moment < %s AND merged_from IS NULL
          ORDER BY partner_id, company_id, moment DESC, id DESC
            """,
            before,
        )
        return Domain("moment", "<", before) & Domain("id", "not in", [last for [last] in self.env.execute_query(kept)])

    # === WHOSE === #

    @api.model
    def _check_manager(self, company):
        """Personal data are in the hands of a company's own managers."""
        if not self.env.user.has_group("lifecycle_crm.group_lifecycle_manager"):
            raise AccessError(
                self.env._("Only a manager of the customer lifecycle hands over or erases personal data.")
            )
        if company not in self.env.user.company_ids:
            raise AccessError(
                self.env._("What another company knows of a person is handed over and erased by its own managers.")
            )

    @api.model
    def _get_rows(self, model, partner, company):
        """The rows of a model about a person in a company, by whichever link to him."""
        Model = self.env[model].sudo()  # a manager was checked; rows that he can't list are the person's as well
        links = [
            name
            for name, field in Model._fields.items()
            if field.type == "many2one" and field.comodel_name == "res.partner" and field.store
        ]
        about = Domain.OR([Domain(name, "=", partner.id) for name in links])
        return Model.with_context(active_test=False).search(about & Domain("company_id", "=", company.id))

    # === HAND OVER === #

    @api.model
    def _export(self, partner, company):
        """What is known of a person, as plain data in the reader's language.

        :return: ``{heading: [{label: value}]}``
        """
        self._check_manager(company)
        found = {}
        for model in self._get_ways():
            rows = self._get_rows(model, partner, company)
            if rows:
                heading = self.env["ir.model"]._get(model).sudo().name  # its name alone
                found[heading] = [self._export_row(row) for row in rows]
        return found

    @api.model
    def _export_row(self, row):
        values = {}
        for name, field in row._fields.items():
            if name in TECHNICAL or not field.store or field.type not in EXPORTED_TYPES or field.groups:
                continue
            value = row[name]
            if value is False and field.type != "boolean":
                continue
            label = field._description_string(self.env)
            shown = value.display_name if field.type == "many2one" else self._plain(field, value, row)
            values[f"{label} ({name})" if label in values else label] = shown
        return values

    @api.model
    def _plain(self, field, value, row):
        if field.type == "datetime":
            return str(row.company_id._lifecycle_local(value))  # with its zone
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return value if field.type in ("boolean", "float", "integer", "json", "monetary") else str(value)

    # === FORGET === #

    @api.model
    def _erase(self, partner, company):
        """Forget a person: nothing is sent to him any more, no profile is made, and what was known is deleted.

        :return: how many rows were deleted, and how many are kept, by the name of their model
        :rtype: tuple of two dicts
        """
        self._check_manager(company)
        self._object_to_all(partner, company)
        deleted, kept = {}, {}
        for model, way in self._get_ways().items():
            rows = self._get_rows(model, partner, company)
            if not rows:
                continue
            counts = deleted if way == DELETE else kept
            counts[self.env["ir.model"]._get(model).sudo().name] = len(rows)  # its name alone
            if way == DELETE:
                self._delete(rows)
        return deleted, kept

    @api.model
    def _delete(self, rows):
        """Delete rows of a model, and what others keep for them: a hook."""
        if rows._name == "lifecycle.feedback":
            rows.rating_id.unlink()  # the same words once more
        if rows._name == "lifecycle.touch":
            rows.mail_id.filtered(lambda mail: mail.state == "outgoing").unlink()  # he is not to get it any more
        rows.with_context(lifecycle_erasure=True).unlink()

    @api.model
    def _object_to_all(self, partner, company):
        """His objection to whatever is not the contract itself: it outlives the erasure."""
        for purpose in self.env["lifecycle.purpose"].search([("basis", "!=", "contract")]):
            self.env["lifecycle.consent"]._record(partner, purpose.code, "refused", "erasure", company)

    # === STORAGE LIMIT === #

    @api.model
    def _cron_forget(self):
        """Delete what is older than each company's term; the data tells what is left to do."""
        for company in self.env["res.company"].search([("lifecycle_retention_months", ">", 0)]):
            before = fields.Datetime.now() - relativedelta(months=company.lifecycle_retention_months)
            for model, domain in self._get_terms(before).items():
                if not self._forget(model, domain & Domain("company_id", "=", company.id)):
                    return

    @api.model
    def _forget(self, model, domain):
        """Delete in batches.

        :return: whether there is time for more
        """
        Model = self.env[model].sudo().with_context(lifecycle_erasure=True)  # the server keeps to the term
        while rows := Model.search(domain, limit=BATCH, order="id"):
            count = len(rows)
            rows.unlink()
            if not self.env["ir.cron"]._commit_progress(count):
                return False
        return True
