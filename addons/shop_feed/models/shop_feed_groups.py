"""What only other items of a feed tell of one: identifiers that come twice, variants that can't be told apart."""

from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..channels import groups
from ..channels.issues import ERROR, WARNING, issue
from .shop_feed_recipe import LEFT_OUT, SENT

TWICE = "id_twice"
OF_VARIANTS = ("variants_alike", "variant_alone")
GROUP_CODES = (TWICE, *OF_VARIANTS)  # problems that are no item's own


class Member(NamedTuple):
    """An item that is fit to be sent by itself."""

    id: int
    product_id: int
    external_id: str
    group_code: str | None
    traits: dict


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _check_groups(self, changed):
        """Look again at identifiers and groups that changed items had or have, with all other items of these.

        :param dict changed: what was built by claims, see :meth:`_build_chunk`
        """
        keys = [*changed, *changed.values()]
        external_ids = {key.external_id for key in keys}
        group_codes = {key.group_code for key in keys if key.group_code}
        own = {claim.id for claim in changed}
        members = self._read_members(external_ids, group_codes)
        alike = [member for member in members if member.external_id in external_ids]
        together = [member for member in members if member.group_code in group_codes]
        self._delete_issues((TWICE,), own.union(member.id for member in alike))
        self._delete_issues(OF_VARIANTS, own.union(member.id for member in together))
        self._insert_issues([*self._get_twice(alike), *self._get_variant_issues(together)])
        self._settle(own.union(member.id for member in members))

    def _read_members(self, external_ids, group_codes):
        traits = self._get_trait_names()
        pairs = SQL(", ").join(SQL("%s, values->%s", role, name) for role, name in traits.items())
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, product_id, external_id, group_code, jsonb_build_object(%(pairs)s)
                  FROM shop_feed_item
                 WHERE feed_id = %(feed)s AND fragment IS NOT NULL
                   AND (external_id = ANY(%(ids)s) OR group_code = ANY(%(groups)s))
              ORDER BY product_id
                """,
                pairs=pairs,
                feed=self.id,
                ids=list(external_ids),
                groups=list(group_codes),
            )
        )
        return [Member(*row) for row in rows]

    def _get_trait_names(self):
        """What sets variants apart, as the channel calls it."""
        by_role = self.channel_id._get_specification().by_role
        return {role: by_role[role].name for role in groups.ATTRIBUTES if role in by_role}

    def _get_role_name(self, role):
        field = self.channel_id._get_specification().by_role.get(role)
        return field.name if field else role

    def _get_twice(self, members):
        """The first product keeps an identifier; those that have it as well are left out until they get another."""
        by_id = {}
        for member in members:
            by_id.setdefault(member.external_id, []).append(member)
        name = self._get_role_name("id")
        for same in by_id.values():
            for member in same[1:]:
                yield member.id, member.product_id, issue(TWICE, name, count=len(same))

    def _get_variant_issues(self, members):
        """As :class:`channels.groups.Feed` tells them; of items with one identifier the first speaks."""
        feed = groups.Feed(self._get_role_name("id"), self._get_role_name("item_group_id"))
        firsts = {}
        for member in members:
            if firsts.setdefault(member.external_id, member) is member:
                feed.add(member.external_id, member.group_code, {**member.traits})
        for external_id, found in feed.issues():
            yield firsts[external_id].id, firsts[external_id].product_id, found

    def _delete_issues(self, codes, item_ids):
        self.env.cr.execute(
            SQL("DELETE FROM shop_feed_issue WHERE code IN %s AND item_id IN %s", codes, tuple(item_ids))
        )

    def _settle(self, item_ids):
        """Count the problems of items, and send those that have no error."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE shop_feed_item item
                   SET error_count = found.errors, warning_count = found.warnings,
                       state = CASE WHEN state NOT IN (%(sent)s, %(left_out)s) THEN state
                                    WHEN fragment IS NULL OR found.errors > 0 THEN %(left_out)s ELSE %(sent)s END
                  FROM (SELECT item.id, COUNT(*) FILTER (WHERE severity = %(error)s) AS errors,
                               COUNT(*) FILTER (WHERE severity = %(warning)s) AS warnings
                          FROM shop_feed_item item
                     LEFT JOIN shop_feed_issue issue ON issue.item_id = item.id
                         WHERE item.id IN %(ids)s
                      GROUP BY item.id) found
                 WHERE item.id = found.id
                """,
                sent=SENT,
                left_out=LEFT_OUT,
                error=ERROR,
                warning=WARNING,
                ids=tuple(item_ids),
            )
        )
