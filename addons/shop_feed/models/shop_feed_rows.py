"""How rows are built: looked at as a whole each time, and written where they differ."""

from collections import Counter
from datetime import timedelta, timezone
from typing import NamedTuple

from odoo import fields, models

from ..channels.issues import ERROR, WARNING
from ..channels.spec import OFFERS
from ..channels.validate import prepare
from ..identity.content import content_hash
from .shop_feed_recipe import EXCLUDED, LEFT_OUT, SENT

PAUSES = {"offers": timedelta(0), "reviews": timedelta(hours=1)}  # between two looks at all there is
BATCH = 500


class Told(NamedTuple):
    """A record that a feed tells of.

    :param str name: what people call it
    :param dict values: by the meaning of the channel's fields
    :param list issues: why it is not told, where it is not
    """

    record: object
    name: str
    values: dict
    issues: list


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    row_ids = fields.One2many("shop.feed.row", "feed_id", readonly=True)
    rows_built_on = fields.Datetime(string="Rows Looked At", readonly=True, copy=False)

    def _refresh_rows(self):
        """Bring the rows in line with the records they tell of, and put the file together where one differs.

        :return: whether there is time for more
        """
        if not self._attempt(self._build_rows):
            return self._go_on()
        return self._put_together() if self._go_on() else False

    def _build_rows(self):
        """Look at all that is to be told, and write what differs; what is no longer told goes."""
        feed = self._in_own_terms()
        feed.env["shop.feed.mark"]._take()
        moment = fields.Datetime.now()
        if feed.rows_built_on and moment < feed.rows_built_on + PAUSES[feed.content]:
            return True
        known = {row.external_id: row for row in feed.row_ids}
        kept, new, is_changed = set(), [], False
        for told in feed._get_records_told():
            vals = feed._prepare_row_vals(told, moment)
            kept.add(vals["external_id"])
            row = known.get(vals["external_id"])
            if row is None:
                new.append(vals)
            elif any(row[name] != value for name, value in vals.items() if name != "feed_id"):
                row.write(vals)
                is_changed = True
        gone = feed.row_ids.filtered(lambda row: row.external_id not in kept)
        gone.unlink()
        feed.env["shop.feed.row"].create(new)
        feed.rows_built_on = moment
        if new or gone or is_changed:
            feed._count_change()
        return True

    def _get_records_told(self):
        """The records to be told, one after the other, the oldest first: a hook.

        :rtype: Iterator[Told]
        """
        return self._get_told_offers() if self.content == OFFERS else self._get_told_reviews()

    def _prepare_row_vals(self, told, moment):
        if told.issues:
            return self._prepare_untold_vals(told)
        channel = self.channel_id._get_specification()
        named = {channel.by_role[role].name: value for role, value in told.values.items() if role in channel.by_role}
        prepared = prepare(channel, named, currency=self.currency_id.name, now=moment.replace(tzinfo=timezone.utc))
        counts = Counter(each.severity for each in prepared.issues)
        return {
            **self._prepare_untold_vals(told),
            "state": SENT if prepared.is_sent else LEFT_OUT,
            "values": prepared.values,
            "fragment": self._get_shape().item(prepared.values) if prepared.is_sent else False,
            "content_hash": content_hash(prepared.values),
            "problems": _problems(prepared.issues),
            "error_count": counts[ERROR],
            "warning_count": counts[WARNING],
        }

    def _prepare_untold_vals(self, told):
        """What is known of a record before anything of it is sent; all of it where it is not told."""
        return {
            "feed_id": self.id,
            "name": told.name,
            "external_id": told.values["id"],
            "res_model": told.record._name,
            "res_id": told.record.id,
            "state": EXCLUDED,
            "values": False,
            "fragment": False,
            "content_hash": False,
            "problems": _problems(told.issues),
            "error_count": 0,
            "warning_count": 0,
        }


def _problems(issues):
    return [{"code": each.code, "field": each.field, "numbers": each.numbers} for each in issues] or False
