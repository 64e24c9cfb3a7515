"""Two managers press the same button of the same change at the same moment."""

import threading

from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .race_common import CommittedCase

WAIT = 60  # seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestChangingAtOnce(CommittedCase):
    """On cursors of their own, with what they need committed, and deleted afterwards."""

    def setUp(self):
        super().setUp()
        with self._environment() as env:
            product = env["product.template"].create({"name": "Horse", "list_price": 10.0})
            change = env["listino.change"].create(
                {"name": "Race", "percent": 10, "product_domain": repr([("product_tmpl_id", "=", product.id)])}
            )
            self.product_id, self.change_id = product.id, change.id
            self.addCleanup(self._clean)
            change.with_user(env.ref("base.user_admin")).action_preview()

    def _clean(self):
        with self._environment() as env:
            env.cr.execute(SQL("DELETE FROM listino_price_history WHERE product_tmpl_id = %s", self.product_id))
            env.cr.execute(SQL("DELETE FROM listino_change WHERE id = %s", self.change_id))
            env.invalidate_all()
            env["product.template"].browse(self.product_id).unlink()

    def _press(self, env, button):
        """Press a button as a manager; the message where it is refused."""
        change = env["listino.change"].browse(self.change_id).with_user(env.ref("base.user_admin"))

        def press():
            try:
                return getattr(change, button)()
            except UserError as error:
                return str(error)

        return retrying(press, env)

    def _press_in_thread(self, button, answers):
        def work():
            with self._environment() as env:
                answers.append(self._press(env, button))

        thread = threading.Thread(target=work)
        thread.dbname = self.registry.db_name
        thread.start()
        return thread

    def _assert_state(self, state, price, history_count):
        with self._environment() as env:
            self.assertEqual(env["listino.change"].browse(self.change_id).state, state)
            self.assertAlmostEqual(env["product.template"].browse(self.product_id).list_price, price, 9)
            domain = [("change_id", "=", self.change_id)]
            self.assertEqual(env["listino.price.history"].search_count(domain), history_count)

    def _press_twice(self, button):
        """Press it, and once more before the first is committed.

        :return: what the second answers
        """
        answers = []
        with self._environment() as env:
            change = env["listino.change"].browse(self.change_id).with_user(env.ref("base.user_admin"))
            getattr(change, button)()
            env.flush_all()
            thread = self._press_in_thread(button, answers)
            thread.join(1)
            env.cr.commit()
        thread.join(WAIT)
        self.assertFalse(thread.is_alive())
        return answers[0]

    @mute_logger("odoo.service.model", "odoo.sql_db")
    def test_the_prices_rise_once_and_fall_once(self):
        self.assertIsInstance(self._press_twice("action_approve"), str)
        self._assert_state("applied", 11.0, 1)
        self.assertIsInstance(self._press_twice("action_roll_back"), str)
        self._assert_state("rolled_back", 10.0, 2)

    @mute_logger("odoo.service.model", "odoo.sql_db")
    def test_whoever_looked_before_the_other_was_done_is_told(self):
        with self._environment() as late, self._environment() as early:
            self.assertEqual(late["listino.change"].browse(self.change_id).state, "previewed")
            self.assertIs(self._press(early, "action_approve"), True)
            self.assertIn("moved on", self._press(late, "action_approve"))
        self._assert_state("applied", 11.0, 1)

    @mute_logger("odoo.service.model", "odoo.sql_db")
    def test_a_price_typed_while_it_is_approved_is_not_written_unseen(self):
        with self._environment() as editor, self._environment() as approver:
            line = editor["listino.change"].browse(self.change_id).line_ids.with_user(editor.ref("base.user_admin"))
            self.assertEqual(line.change_id.state, "previewed")
            self.assertIs(self._press(approver, "action_approve"), True)
            with self.assertRaisesRegex(UserError, "approved meanwhile"):
                retrying(lambda: line.write({"new_price": 1.0}), editor)
        self._assert_state("applied", 11.0, 1)

    @mute_logger("odoo.service.model", "odoo.sql_db")
    def test_an_approval_that_is_killed_writes_nothing(self):
        with self._environment() as env:
            change = env["listino.change"].browse(self.change_id).with_user(env.ref("base.user_admin"))
            change.action_approve()
            self.assertEqual(change.state, "applied")
            env.flush_all()
            env.cr.rollback()
        self._assert_state("previewed", 10.0, 0)
