"""What everything else stands on."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from ..channels.shipped import shipped


@tagged("post_install", "-at_install")
class TestGround(TransactionCase):
    def test_channels_in_the_database_are_those_of_the_files(self):
        for code, channel in shipped().items():
            record = self.env["shop.feed.channel"].search([("code", "=", code)])
            self.assertEqual(record._get_specification().fields, channel.fields, code)

    def test_a_specification_is_not_changed_but_its_copy_is(self):
        channel = self.env.ref("shop_feed.channel_google").with_user(self.env.ref("base.user_admin"))
        with self.assertRaises(UserError):
            channel.field_ids[0].max_length = 7
        with self.assertRaises(UserError):
            channel.field_ids[0].unlink()
        copy = channel.copy()
        copy.field_ids[0].max_length = 7
        self.assertEqual(copy._get_specification().fields[0].max_length, 7)

    def test_a_field_that_makes_no_sense_is_refused(self):
        channel = self.env.ref("shop_feed.channel_generic")
        with self.assertRaises(ValidationError):
            self.env["shop.feed.channel.field"].create({"channel_id": channel.id, "name": "x", "traits": "odd"})
