"""The public file of a taxonomy, read in."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mapping import taxonomy
from ..mapping.sources import Mistake
from ..models.feed_sentences import mistake_sentence
from ..models.shop_feed_taxonomy import KIND_NAMES

BYTES_AT_MOST = 5_000_000


class ShopFeedTaxonomyImport(models.TransientModel):
    """Reads a file of a channel's categories; numbers that are known keep their place, others are archived."""

    _name = "shop.feed.taxonomy.import"
    _description = "Import of a Channel's Categories"

    kind = fields.Selection(KIND_NAMES, string="Channel", required=True, default="google")
    file = fields.Binary(attachment=False)
    file_name = fields.Char()

    def action_import(self):
        """Read the file and show its categories.

        :raise UserError: where the file is something else
        """
        self.ensure_one()
        found = self._read_file()
        counts = self._store(found)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Version %(version)s: %(new)s categories are new, %(changed)s changed, %(gone)s gone.",
                    version=found.version or "?",
                    **counts,
                ),
                "next": self.env["ir.actions.act_window"]._for_xml_id("shop_feed.shop_feed_taxonomy_action"),
            },
        }

    def _read_file(self):
        content = base64.b64decode(self.file or b"")
        if len(content) > BYTES_AT_MOST:
            raise UserError(self.env._("This file is too large for a taxonomy: it has more than 5 MB."))
        try:
            return taxonomy.parse(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise UserError(
                self.env._(
                    "This is no text file in UTF-8, as channels publish their taxonomies: download it “with ids” as a "
                    "text file, not as a spreadsheet."
                )
            ) from error
        except Mistake as mistake:
            raise UserError(mistake_sentence(self.env, mistake)) from mistake

    def _store(self, found):
        """Write what differs.

        :return: how many are ``new``, ``changed`` and ``gone``
        """
        Taxonomy = self.env["shop.feed.taxonomy"].with_context(active_test=False)
        known = {each.number: each for each in Taxonomy.search([("kind", "=", self.kind)])}
        new, changed = [], 0
        for category in found.categories:
            vals = {"path": category.path, "version": found.version, "active": True}
            own = known.pop(category.id, None)
            if own is None:
                new.append({"kind": self.kind, "number": category.id, **vals})
                continue
            changed += own.path != category.path or not own.active
            if any(own[name] != value for name, value in vals.items()):
                own.write(vals)
        Taxonomy.create(new)
        gone = Taxonomy.union(*known.values()).filtered("active")
        gone.active = False
        return {"new": len(new), "changed": changed, "gone": len(gone)}

    @api.onchange("file_name")
    def _onchange_file_name(self):
        """Facebook's file says so in its name; Google's says taxonomy."""
        name = (self.file_name or "").lower()
        if "facebook" in name or "fb_" in name:
            self.kind = "facebook"
