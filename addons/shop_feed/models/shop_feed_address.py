"""The address of a feed: who knows it may fetch. What is secret in it is told once and kept as a hash."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ..serving.keys import hashed, is_one_of, new_key

LOGIN = "feed"  # of HTTP Basic; what is secret is the password


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    token_hash = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    former_token_hash = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    password_hash = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    former_password_hash = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    token_set_on = fields.Datetime(string="Address Made On", readonly=True, copy=False)
    former_token_until = fields.Datetime(string="Former Address Works Until", readonly=True, copy=False)
    has_password = fields.Boolean(string="Asks for a Password", readonly=True, copy=False)

    # === MAKING === #

    def _make_address(self, grace_days=0, has_password=False):
        """Give the feed a new address; the one before works for some days more.

        :return: the address and the password (empty without one), which nobody can find out afterwards
        """
        self.ensure_one()
        token, password = new_key(), new_key() if has_password else ""
        now = fields.Datetime.now()
        self.write(
            {
                "former_token_hash": self.token_hash if grace_days else False,
                "former_password_hash": self.password_hash or "",  # empty: none was asked for
                "former_token_until": now + timedelta(days=grace_days) if self.token_hash and grace_days else False,
                "token_hash": hashed(token),
                "token_set_on": now,
                "password_hash": hashed(password) if password else False,
                "has_password": has_password,
            }
        )
        self.message_post(body=self.env._("%(user)s has made a new address of this feed.", user=self.env.user.name))
        return self._get_address(token), password

    def _get_address(self, token):
        base = self.website_id.get_base_url() if self.website_id else self.get_base_url()
        extension = "xlsx" if self.format == "xlsx" else self._get_shape().extension
        return f"{base}/feed/{self.id}/{token}.{extension}"

    @api.model
    def _get_login(self):
        """The user name that goes with a password."""
        return LOGIN

    # === FINDING === #

    @api.model
    def _find_served(self, number, token, extension):
        """What is served at an address, in one query.

        :return: a dictionary of what a client needs; None for every address at which nothing is, whatever the reason,
            after the same work
        """
        self.flush_model(
            [
                "token_hash",
                "former_token_hash",
                "former_token_until",
                "password_hash",
                "former_password_hash",
                "build_id",
                "active",
            ]
        )
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT feed.id AS feed_id, feed.token_hash, feed.password_hash, feed.former_password_hash,
                       CASE WHEN feed.former_token_until > %s THEN feed.former_token_hash END AS former_token_hash,
                       build.id AS build_id, build.sha256, build.extension, build.content_type,
                       build.plain_id, build.packed_id, plain.file_size AS size, packed.file_size AS packed_size
                  FROM shop_feed feed
                  JOIN shop_feed_build build ON build.id = feed.build_id
                  JOIN ir_attachment plain ON plain.id = build.plain_id
                  JOIN ir_attachment packed ON packed.id = build.packed_id
                 WHERE feed.id = %s AND feed.active
                """,
                fields.Datetime.now(),
                number,
            )
        )
        served = rows[0] if rows else {}
        is_new, is_former = (is_one_of(token, [served.get(name)]) for name in ("token_hash", "former_token_hash"))
        if is_former and served["former_password_hash"] is not None:
            served["password_hash"] = served["former_password_hash"]
        return served if is_new | is_former and served.get("extension") == extension else None

    @api.model
    def _is_password(self, served, authorization):
        """Whether the client may have what is served.

        :param dict served: by :meth:`_find_served`
        :param authorization: of HTTP Basic, as werkzeug reads it; None without
        """
        if not served["password_hash"]:
            return True
        login, password = (authorization.username, authorization.password) if authorization else ("", "")
        return is_one_of(password or "", [served["password_hash"]]) and login == self._get_login()
