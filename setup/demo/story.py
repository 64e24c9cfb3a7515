"""What every theme of the story shares: the day on which it is told, the dice, and who and what has been made."""

import random
from datetime import datetime, time, timedelta

from odoo import fields
from odoo.tools import SQL

SEED = 19
FRIDAY = 4
OPENING = time(8, 30)  # UTC


class Story:
    """A telling of the story in a database; equal days and databases give equal stories.

    :param odoo.api.Environment env: of the superuser, as Odoo's shell gives it
    :param float scale: how much of the two years is told: 1 for all, less for a test
    """

    def __init__(self, env, scale=1.0):
        quiet = {
            "tracking_disable": True,
            "mail_auto_subscribe_no_notify": True,
            "mail_activity_quick_update": True,
            "mail_notify_force_send": False,
            "skip_sms": True,
        }
        self.env = env(context={**env.context, "lang": "it_IT", "tz": "Europe/Rome", **quiet})
        self.scale = scale
        self.random = random.Random(SEED)  # noqa: S311 - the same dice each time are wanted
        self.company = self.env.company
        self.today = fields.Date.today()
        self.users = {}  # by login
        self.categories = {}  # of products, by name
        self.goods = {}  # variants, by code
        self.lists = {}  # price lists, by key
        self.tags = {}  # of partners, by name
        self.partners = {}  # by key
        self.orders = {}  # planned orders as they were made, by their place in the plan

    def day(self, ago):
        """The date so many days ago."""
        return self.today - timedelta(ago)

    def moment(self, ago, at=OPENING):
        """The moment so many days ago, at an hour of the shop; never one that is still to come."""
        return min(datetime.combine(self.day(ago), at), fields.Datetime.now())

    def working_moment(self, ago):
        """The same on a working day: what would be a Saturday or Sunday is the Friday before."""
        return self.moment(ago + max(self.day(ago).weekday() - FRIDAY, 0))

    def date_back(self, moments, name="create_date"):
        """Let records seem made, or confirmed, at their moments: the one thing that no ordinary call can tell.

        Their other dates are written by the fields that a user has.

        :param dict moments: by record, all of one model
        :param str name: the date, a stored field
        """
        if not moments:
            return
        records = next(iter(moments)).union(*moments)
        records.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = told.moment FROM unnest(%s, %s::timestamp[]) AS told(id, moment)"
                " WHERE %s = told.id",
                SQL.identifier(records._table),
                SQL.identifier(name),
                [record.id for record in moments],
                list(moments.values()),
                SQL.identifier(records._table, "id"),
            )
        )
        records.invalidate_recordset([name])
        records.modified([name])

    def name(self, record, name):
        """Give a record an external name, by which the test and the screens find it."""
        self.env["ir.model.data"].create(
            {"module": "bottega_story", "name": name, "model": record._name, "res_id": record.id, "noupdate": True}
        )
        return record
