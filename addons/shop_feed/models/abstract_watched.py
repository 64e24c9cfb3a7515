"""Records of which feeds tell something."""

from odoo import api, models

PRODUCTS = ("product.product", "product.template")  # of which some are what a delivery is charged as


class ShopFeedWatched(models.AbstractModel):
    """Notes changes of what feeds tell, and nothing else: see :mod:`.shop_feed_mark`."""

    _name = "shop.feed.watched"
    _description = "Record that Feeds Follow"

    _feed_watched = frozenset()  # fields of which feeds tell something
    _feed_watches_new = True  # whether a new record is a change of anything that was there before

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what is new is a change to those it belongs to.
        records = super().create(vals_list)
        if self._feed_watches_new:
            records._note_for_feeds()
        return records

    def write(self, vals):
        # OVERRIDE: feeds follow; what a record belonged to before is concerned as well.
        if self._feed_watched.isdisjoint(vals):
            return super().write(vals)
        before = self._get_feed_marks(vals)
        result = super().write(vals)
        self._note_for_feeds(vals, before)
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        # OVERRIDE: translations are written past `write`.
        result = super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)
        if field_name in self._feed_watched:
            self._note_for_feeds({field_name: True})
        return result

    def unlink(self):
        # OVERRIDE: once it is gone, nothing tells whom it concerned.
        self.env["shop.feed.mark"]._add_concerned(self)
        self._note_for_feeds()
        return super().unlink()

    def _note_for_feeds(self, vals=None, before=()):
        """Note what feeds have to look at again: once for each record, however many fields were written.

        :param before: what was to be noted before it was written
        """
        noted = {}
        marks = [*before, *self._get_feed_marks(vals or {})]
        marks += [self.env["delivery.carrier"]._get_of_services(each) for each in marks if each._name in PRODUCTS]
        for records in marks:
            noted[records._name] = noted.get(records._name, records.browse()) | records
        for records in noted.values():
            self.env["shop.feed.mark"]._add(records)

    def _get_feed_marks(self, vals):
        """Records of which a change is to be noted; a hook.

        Their models are those that :meth:`shop.feed.mark._get_conditions` knows.

        :param dict vals: what is written; empty where they are new or about to go
        """
        return [self]
