"""Links to a price list: their tokens, what ends them, their passwords, and who may do what with them."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..models.listino_share import SERVER_FIELDS
from .test_document import DocumentCommon


class ShareCommon(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Gino", "email": "gino@example.com"})
        cls.Share = cls.env["listino.share"]

    @classmethod
    def _create_share(cls, **values):
        return cls.env["listino.share"].create({"document_id": cls.document.id, **values})

    def _token(self, share):
        return share._get_path().rpartition("/")[2]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestShare(ShareCommon):
    def test_a_link_opens_what_it_was_made_for(self):
        share = self._create_share()
        self.assertEqual(self.Share._find(self._token(share)), share)
        self.assertTrue(share._get_url().startswith("http"))
        self.assertEqual(share.url, share._get_url())

    def test_a_link_is_valid_through_its_last_day(self):
        share = self._create_share(expiry_date="2026-03-02")
        token = self._token(share)
        self.assertTrue(self.Share._find(token))
        with freeze_time("2026-03-03 10:00:00"):
            self.assertFalse(self.Share._find(token))

    def test_the_day_is_that_of_the_author(self):
        seller = self._create_salesperson()
        seller.tz = "Pacific/Kiritimati"
        share = self.Share.with_user(seller).create({"document_id": self.document.id, "expiry_date": "2026-03-02"})
        self.assertFalse(self.Share._find(self._token(share)), "there it is the 3rd already")

    def test_what_ends_a_link(self):
        for end in (
            lambda share: share.action_revoke(),
            lambda share: share.document_id.write({"active": False}),
            lambda share: share.write({"nonce": "another"}),
            lambda share: share.unlink(),
        ):
            share = self._create_share(document_id=self._create_document().id)
            token = self._token(share)
            self.assertTrue(self.Share._find(token))
            end(share)
            self.assertFalse(self.Share._find(token))

    def test_a_link_for_everybody_ends_when_the_document_becomes_a_customers(self):
        share, own = self._create_share(), self._create_share(partner_id=self.customer.id)
        self.document.partner_id = self.customer
        self.assertFalse(self.Share._find(self._token(share)), "it would show his prices to whoever has it")
        self.assertTrue(self.Share._find(self._token(own)))

    def test_nothing_else_opens_a_link(self):
        share, other = self._create_share(), self._create_share()
        signature = self._token(share).partition("-")[2]
        for token in (
            "",
            "0",
            f"{share.id}",
            f"{share.id}-",
            f"{other.id}-{signature}",
            f"{share.id}-{signature[:-1]}",
            f"{share.id}-{signature.upper()}" if signature.upper() != signature else "x",
            f" {share.id}-{signature}",
            f"{share.id}-{signature}\n",
            f"0{share.id}-{signature}",
            "1-" + "0" * 10_000,
            "à" * 50,
            "\x00",
            f"{2**31}-{signature}",
            None,
        ):
            self.assertFalse(self.Share._find(token), token)

    def test_a_link_of_another_database_opens_nothing(self):
        token = self._token(self._create_share())
        self.env["ir.config_parameter"].set_param("database.secret", "another database")
        self.assertFalse(self.Share._find(token))

    def test_sharing_again_gives_the_same_link_as_long_as_asked(self):
        share = self.Share._share(self.document, self.customer, days=10)
        again = self.Share._share(self.document, self.customer, days=30)
        self.assertEqual((again, str(again.expiry_date)), (share, "2026-04-01"))
        self.assertEqual(self.Share._share(self.document, self.customer, days=1).expiry_date, again.expiry_date)

    def test_sharing_again_gives_no_link_of_another_kind(self):
        share = self.Share._share(self.document, self.customer)
        gina = self.env["res.partner"].create({"name": "Gina"})
        self.assertNotEqual(self.Share._share(self.document, gina), share)
        self.assertNotEqual(self.Share._share(self._create_document(), self.customer), share)
        share.password = "basilico"
        self.assertNotEqual(self.Share._share(self.document, self.customer), share)

    def test_prospects_share_no_link(self):
        nobody = self.env["res.partner"]
        first, second = (self.Share._share(self.document, nobody) for _ in range(2))
        self.assertNotEqual(first, second)
        known = [self.Share._share(self.document, nobody, email="a@example.com") for _ in range(2)]
        self.assertEqual(*known)
        self.assertNotEqual(self.Share._share(self.document, nobody, email="b@example.com"), known[0])

    def test_a_revoked_link_is_not_given_again(self):
        share = self.Share._share(self.document, self.customer)
        share.action_revoke()
        self.assertNotEqual(self.Share._share(self.document, self.customer), share)

    def test_the_reader_of_a_customers_document_is_that_customer(self):
        document = self._create_document(partner_id=self.customer.id)
        self.assertEqual(self._create_share(document_id=document.id).partner_id, self.customer)

    def test_bad_input_is_refused_with_what_to_do(self):
        with self.assertRaisesRegex(ValidationError, r"three years at most. Choose a day before \d\d/\d\d/\d{4}"):
            self._create_share(expiry_date="2099-01-01")
        with self.assertRaisesRegex(ValidationError, "no e-mail address"):
            self._create_share(email="gino at home")


@tagged("post_install", "-at_install")
class TestShareAccess(ShareCommon):
    def test_a_salesperson_shares_and_changes_only_his_own(self):
        seller = self._create_salesperson()
        mine = self.Share.with_user(seller)._share(self.document, self.customer)
        mine.write({"password": "basilico", "expiry_date": mine.expiry_date})
        self.assertTrue(mine.has_password)
        self.assertTrue(mine.url)
        mine.action_revoke()
        self.assertEqual(mine.state, "revoked")
        other = self._create_share().with_user(seller)
        self.assertTrue(other.url)
        for call in (other.action_revoke, lambda: other.write({"email": "a@example.com"}), other.unlink):
            with self.assertRaises(AccessError):
                call()

    def test_a_manager_revokes_everybodys(self):
        share = self._create_share().with_user(self._create_manager())
        share.action_revoke()
        self.assertTrue(share.revoked)

    def test_others_see_no_links(self):
        share = self._create_share()
        for groups in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, f"nobody_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                share.with_user(user).read(["url"])

    def test_links_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        manager = new_test_user(
            self.env,
            "other_manager",
            groups="sales_team.group_sale_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        with self.assertRaises(AccessError):
            self._create_share().with_user(manager).read(["url"])

    def test_nobody_sets_secrets_or_openings_by_hand(self):
        manager = self._create_manager()
        share = self._create_share()
        for name in sorted(SERVER_FIELDS):
            value = "x" if self.Share._fields[name].type == "char" else 7
            value = "2026-01-01 00:00:00" if self.Share._fields[name].type == "datetime" else value
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                share.with_user(manager).write({name: value})
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.Share.with_user(manager).create({"document_id": self.document.id, name: value})
            smuggled = self.Share.with_user(manager).with_context(**{f"default_{name}": value})
            created = smuggled.create({"document_id": self.document.id}).sudo()
            self.assertNotEqual(created[name], value, name)

    def test_nobody_reads_secrets(self):
        share = self._create_share(password="basilico").with_user(self._create_manager())
        self.assertFalse(share.password)
        for name in ("nonce", "password_hash"):
            with self.assertRaises(AccessError):
                share.read([name])
            with self.assertRaises(AccessError):
                share.search([(name, "=like", "a%")])

    def test_what_a_link_shows_does_not_change(self):
        share = self._create_share().with_user(self._create_manager())
        for values in ({"document_id": self._create_document().id}, {"partner_id": self.customer.id}):
            with self.assertRaisesRegex(AccessError, "make a new one"):
                share.write(values)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestShareOfRevision(ShareCommon):
    def test_sharing_a_revision_is_not_sharing_the_current_prices(self):
        publication = self.document._publish("First")
        current = self.Share._share(self.document, self.customer)
        frozen = self.Share._share(self.document, self.customer, publication=publication)
        self.assertNotEqual(current, frozen)
        self.assertEqual(self.Share._share(self.document, self.customer, publication=publication), frozen)

    def test_the_revision_of_a_customer_is_for_nobody_else(self):
        publication = self.document._publish("For Gino", partner=self.customer)
        self.assertTrue(self._create_share(publication_id=publication.id, partner_id=self.customer.id))
        for partner in (self.env["res.partner"].create({"name": "Gina"}), self.env["res.partner"]):
            with self.assertRaisesRegex(ValidationError, "Nobody else"):
                self._create_share(publication_id=publication.id, partner_id=partner.id)

    def test_the_revision_of_another_document_is_refused(self):
        publication = self._create_document()._publish("Other")
        with self.assertRaisesRegex(ValidationError, "another document"):
            self._create_share(publication_id=publication.id)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestShareWizard(ShareCommon):
    def _wizard(self, **values):
        form = Form(self.env["listino.share.wizard"].with_context(default_document_id=self.document.id))
        for name, value in values.items():
            form[name] = value
        return form.save()

    def test_the_link_is_made_and_shown(self):
        wizard = self._wizard(email="ada@example.com", expiry_date="2026-12-31")
        action = wizard.action_share()
        self.assertEqual((action["res_model"], action["res_id"]), ("listino.share.wizard", wizard.id))
        self.assertEqual(wizard.url, wizard.share_id._get_url())
        self.assertEqual(wizard.share_id.email, "ada@example.com")

    def test_the_password_stays_nowhere(self):
        wizard = self._wizard(password="basilico")
        wizard.action_share()
        self.assertFalse(wizard.password)
        self.assertTrue(wizard.share_id.has_password)
        self.assertNotIn("basilico", wizard.share_id.sudo().password_hash)

    def test_the_customer_of_the_document_is_proposed(self):
        self.document.partner_id = self.customer
        self.assertEqual(self._wizard().partner_id, self.customer)

    def test_a_salesperson_shares_from_the_document(self):
        seller = self._create_salesperson()
        action = self.document.with_user(seller).action_share()
        self.assertEqual(action["context"]["default_document_id"], self.document.id)
        wizard = self.env["listino.share.wizard"].with_user(seller).create({"document_id": self.document.id})
        wizard.action_share()
        self.assertEqual(wizard.share_id.create_uid, seller)
