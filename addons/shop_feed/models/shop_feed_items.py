"""Items: built in chunks out of facts, and written where they differ."""

import json
import logging
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.listino_pricelist.models.row_writer import insert_populated

from ..share.shelf import Shelf
from .shop_feed_groups import GROUP_CODES
from .shop_feed_prices import RECORDS
from .shop_feed_recipe import GONE, LEFT_OUT, SENT, Built

_logger = logging.getLogger(__name__)

CHUNK = 500
FAULTS_ONE_BY_ONE = 20  # products of a chunk that are looked for one by one where facts can't be had
STORED = ("external_id", "state", "group_code", "content_hash", "excluded_by_id", "next_change_on")
FOLLOWING = ("values", "fragment", *Shelf._fields)  # from what the hash is of


class Claim(NamedTuple):
    """An item that is to be built, as it stands."""

    id: int
    product_id: int
    external_id: str
    state: str
    group_code: str | None
    content_hash: str | None
    excluded_by_id: int | None
    next_change_on: object

    def differs_from(self, built):
        """Whether what was built is another item than the one that is stored."""
        return any((getattr(self, name) or None) != (getattr(built, name) or None) for name in STORED)


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    change_count = fields.Integer(readonly=True, copy=False, help="Counts up with each change of the items.")
    assembled_count = fields.Integer(
        readonly=True, copy=False, help="The change up to which the file was put together."
    )

    # === CLAIM === #

    def _build_chunk(self, moment, *, after=None):
        """Build a chunk of the items that are to be built, and write what differs.

        :param datetime moment: of the build, UTC, without a zone
        :param int after: build those that are thought to be in order, from this product on
        :return: the claims, and those of them that were built to something else, by item
        :rtype: tuple[list[Claim], dict[Claim, Built]]
        """
        feed = self._in_own_terms()
        feed.env.flush_all()
        claims = feed._claim(after)
        if not claims:
            return [], {}
        products = feed.env["product.product"].browse(claim.product_id for claim in claims)
        built = feed.with_context(**{RECORDS: True})._build(products, moment)
        issues = feed._read_issues(claims)
        changed = {
            claim: built[claim.product_id]
            for claim in claims
            if claim.differs_from(built[claim.product_id])
            or issues.get(claim.id, set()) != _issue_rows(built[claim.product_id].issues)
        }
        feed._write_items(claims, changed, moment)
        return claims, changed

    def _claim(self, after):
        """Lock items; those that another worker holds are his.

        The state is the item's own: one that is left out only for what others of the feed have is fit to be sent.
        """
        [*rows] = self.env.execute_query(
            SQL(
                """
                SELECT id, product_id, external_id,
                       CASE WHEN state = %(left_out)s AND fragment IS NOT NULL THEN %(sent)s ELSE state END,
                       group_code, content_hash, excluded_by_id, next_change_on
                  FROM shop_feed_item
                 WHERE feed_id = %(feed)s AND %(which)s
              ORDER BY product_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
                """,
                feed=self.id,
                left_out=LEFT_OUT,
                sent=SENT,
                which=SQL("is_dirty") if after is None else SQL("NOT is_dirty AND product_id > %s", after),
                limit=CHUNK,
            )
        )
        return [Claim(*row) for row in rows]

    # === BUILD === #

    def _build(self, products, moment):
        """Items of products by their ids; nothing is written, and one that fails stops no other.

        :rtype: dict[int, Built]
        """
        offered = self._get_offered(products)
        built = {product.id: Built(f"P{product.id}", GONE) for product in products - offered}
        recipe = self._get_recipe()
        facts, faults = self._get_sound_facts(offered, moment, recipe.needs)
        for product in offered:
            problem = faults.get(product.id)
            if not problem:
                try:
                    built[product.id] = self._make_item(recipe, facts[product.id], moment)
                    continue
                except Exception as error:
                    _logger.exception("Product %s could not be built for feed %s", product.id, self.id)
                    problem = error
            built[product.id] = self._make_faulty_item(product, problem, moment)
        return built

    def _get_sound_facts(self, products, moment, needs):
        """Facts of the products of which they can be had, and what is in the way for the others.

        Where a chunk fails, its halves are tried, down to the products that are to blame.
        """
        facts, faults, parts = {}, {}, [products] if products else []
        while parts:
            part = parts.pop()
            try:
                with self.env.cr.savepoint():
                    facts.update(self._get_facts(part, moment, needs))
            except OperationalError:
                raise  # two workers met: the whole is done again
            except Exception as error:
                if len(part) > 1 and len(faults) < FAULTS_ONE_BY_ONE:
                    half = len(part) // 2
                    parts += [part[:half], part[half:]]
                    continue
                _logger.exception("Facts of products %s can't be had for feed %s", part.ids, self.id)
                faults.update(dict.fromkeys(part.ids, error))
        return facts, faults

    # === WRITE === #

    def _write_items(self, claims, changed, moment):
        """Write items and problems that differ; afterwards none of the claimed ones is to be built."""
        ids = tuple(claim.id for claim in claims)
        self.env.cr.execute(
            SQL("UPDATE shop_feed_item SET is_dirty = FALSE, built_on = %s WHERE id IN %s", moment, ids)
        )
        if changed:
            self._update_items(changed)
            self._replace_issues(changed)
            self._check_groups(changed)
            self._count_change()
        for model in ("shop.feed.item", "shop.feed.issue"):
            self.env[model].invalidate_model()

    def _count_change(self):
        """The file is another one than was put together last."""
        self.env.cr.execute(
            SQL("UPDATE shop_feed SET change_count = COALESCE(change_count, 0) + 1 WHERE id IN %s", self._ids)
        )
        self.invalidate_recordset(["change_count"])

    def _update_items(self, changed):
        rows = [
            {
                "id": claim.id,
                **{name: getattr(built, name) for name in STORED},
                **{name: getattr(built, name) for name in ("values", "fragment")},
                **built.shelf._asdict(),
            }
            for claim, built in changed.items()
        ]
        names = [*STORED, *FOLLOWING]
        self.env.cr.execute(
            SQL(
                """
                UPDATE shop_feed_item item SET (%(names)s) = ROW(%(new)s)
                  FROM jsonb_populate_recordset(NULL::shop_feed_item, %(rows)s) new
                 WHERE item.id = new.id
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                new=SQL(", ").join(SQL.identifier("new", name) for name in names),
                rows=_as_json(rows),
            )
        )

    # === PROBLEMS === #

    def _read_issues(self, claims):
        """What is stored of the claimed items' own problems: sets of tuples by item."""
        found = {}
        for item_id, *row in self.env.execute_query(
            SQL(
                """SELECT item_id, field_name, code, severity, numbers::text FROM shop_feed_issue
                    WHERE item_id IN %s AND code NOT IN %s""",
                tuple(claim.id for claim in claims),
                GROUP_CODES,
            )
        ):
            *words, numbers = row
            found.setdefault(item_id, set()).add((*words, _as_json(json.loads(numbers or "{}"))))
        return found

    def _replace_issues(self, changed):
        """Delete and insert the problems of changed items."""
        ids = tuple(claim.id for claim in changed)
        self.env.cr.execute(SQL("DELETE FROM shop_feed_issue WHERE item_id IN %s AND code NOT IN %s", ids, GROUP_CODES))
        self._insert_issues(
            (claim.id, claim.product_id, each) for claim, built in changed.items() for each in built.issues
        )

    def _insert_issues(self, found):
        """Write problems of items of this feed, all at once.

        :param found: tuples of an item, its product and a problem
        """
        rows = [
            {
                "item_id": item_id,
                "product_id": product_id,
                "feed_id": self.id,
                "company_id": self.company_id.id,
                "code": each.code,
                "field_name": each.field,
                "severity": each.severity,
                "numbers": each.numbers,
            }
            for item_id, product_id, each in found
        ]
        if rows:
            insert_populated(self.env, "shop_feed_issue", _as_json(rows), list(rows[0]))


def _issue_rows(issues):
    return {(each.field, each.code, each.severity, _as_json(each.numbers)) for each in issues}


def _as_json(value):
    return json.dumps(value, default=str, sort_keys=True)
