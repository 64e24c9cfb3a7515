"""The draft petition: the facts of the case, the law relied on, and what is visibly missing."""

import io
import zipfile

from freezegun import freeze_time
from lxml import etree

from odoo.fields import Command, Date
from odoo.tests import tagged

from ..evidence.odt import MIMETYPE
from ..models.dunning_evidence_gathering import COURT, Wishes
from ..promises.schedule import MONTH, split
from .notice_common import PROOF
from .test_evidence import TODAY, EvidenceFileCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestEvidencePetition(EvidenceFileCommon):
    def test_it_is_a_text_that_word_processors_open(self):
        evidence = self._make_evidence()
        with zipfile.ZipFile(io.BytesIO(evidence.petition_id.raw)) as file:
            self.assertEqual(file.infolist()[0].filename, "mimetype")
            self.assertEqual(file.infolist()[0].compress_type, zipfile.ZIP_STORED)
            self.assertEqual(file.read("mimetype").decode(), MIMETYPE)
            for name in file.namelist()[1:]:
                etree.fromstring(file.read(name))
            self.assertIn("BOZZA", file.read("styles.xml").decode())

    def test_it_states_the_claim_invoice_by_invoice(self):
        self._give_xml(self.move)
        self.customer.dunning_pec = "debitore@pec.example.com"
        self._pay(self.move, 200)
        self._scan()
        text = self._text(self._make_evidence(place="Torino"))
        self.assertIn("GIUDICE DI PACE DI TORINO", text)
        self.assertIn("BOZZA", text)
        self.assertIn(self.move.name, text)
        self.assertIn("del 15/01/2026, scaduta il 15/03/2026", text)
        self.assertIn("€\xa01.000,00, di cui €\xa0200,00 già pagati o accreditati: residuo €\xa0800,00", text)
        self.assertIn("a) €\xa0800,00 per capitale;", text)
        self.assertIn("artt. 2, 4 e 5 del D.Lgs. 231/2002", text)
        self.assertIn("€\xa040,00", text)
        self.assertIn("debitore@pec.example.com", text)
        self.assertIn("art. 634, secondo comma", text)
        self.assertIn("che sta in giudizio personalmente", text)

    def test_exhibits_have_the_numbers_of_the_index(self):
        self._give_xml(self.move)
        self._add(kind="delivery_note", name="DDT.pdf")
        evidence = self._make_evidence()
        text = self._text(evidence)
        paths = [path for path, kind, _sum in evidence.contents if kind not in ("", "petition")]
        self.assertTrue(paths)
        for number, path in enumerate(paths, 1):
            self.assertIn(f"{number}) ", text)
            self.assertIn(path, text)
        number = next(number for number, path in enumerate(paths, 1) if path.endswith(".xml"))
        self.assertIn(f"residuo €\xa01.000,00 (doc. {number});", text)

    def test_enforcement_at_once_is_asked_only_with_a_paper_the_debtor_signed(self):
        self.assertNotIn("esecuzione provvisoria", self._text(self._make_evidence()))
        self._add(is_signed=False)
        self.assertNotIn("esecuzione provvisoria", self._text(self._make_evidence()))
        self._add(is_signed=True, name="Signed.pdf")
        self.env.invalidate_all()
        text = self._text(self._make_evidence())
        self.assertIn("art. 642, secondo comma", text)
        self.assertIn("immediatamente", text)

    def test_what_is_not_known_is_a_visible_place_and_is_listed(self):
        self.customer.write({"street": False, "zip": False, "city": False, "vat": False})
        self.company.dunning_signatory = False
        evidence = self._make_evidence()
        text = self._text(evidence)
        for gap in ("indirizzo del debitore", "codice fiscale del debitore", "legale rappresentante del creditore"):
            self.assertIn(f"[… {gap}]", text)
            self.assertIn(f"{gap};", text)
            self.assertIn(gap, evidence.missing)
        self.assertIn("[… prova scritta del credito", text)

    def test_a_large_claim_goes_to_the_tribunal_by_a_lawyer(self):
        self._create_invoice(20000)
        self._scan()
        text = self._text(self._make_evidence(place="Torino"))
        self.assertIn("TRIBUNALE DI TORINO", text)
        self.assertIn("rappresentato e difeso", text)
        self.assertIn("[… avvocato", text)

    def test_the_notice_that_arrived_is_told_with_its_exhibits(self):
        notice = self._make_sent()
        self._enter(notice, "delivered", PROOF)
        text = self._text(self._make_evidence())
        self.assertIn(f"con diffida n. {notice.name} del 15/06/2026, inviata per lettera raccomandata", text)
        self.assertIn("pervenuta il 15/06/2026, il ricorrente ha chiesto il pagamento, senza esito (docc. ", text)

    def test_a_name_with_marks_is_printed_as_it_is(self):
        self.customer.name = "Rossi & <Figli> **S.n.c.**"
        self.assertIn("Rossi & <Figli> *S.n.c.*", self._text(self._make_evidence()))

    def test_a_consumer_owes_no_compensation_and_is_sued_where_he_lives(self):
        self.case.policy_id = self.env.ref("dunning_it.dunning_policy_consumer")
        text = self._text(self._make_evidence())
        self.assertIn("residente in", text)
        self.assertIn("foro di residenza o domicilio del consumatore", text)
        self.assertNotIn("231/2002", text)

    def test_a_written_promise_acknowledges_the_debt(self):
        values = {
            "case_id": self.case.id,
            "amount": 500,
            "amount_until_then": 500,
            "date": "2026-06-30",
            "made_date": "2026-06-10",
            "snapshot": self.case._take_snapshot(),
        }
        self.env["dunning.promise"].create({**values, "source": "call"})
        wishes = Wishes(purpose=COURT, day=TODAY)
        self.assertFalse(self.case._get_petition_facts([], wishes).acknowledgements)
        self.env["dunning.promise"].create({**values, "source": "letter"})
        self.assertIn("il 10/06/2026 ha promesso per iscritto", self._text(self._make_evidence()))

    def test_interest_that_was_invoiced_is_asked_once_and_bears_none(self):
        self.company._fill_dunning_charges()
        with freeze_time("2026-05-14 08:00:00"):
            note = self.case._charge(Date.to_date("2026-05-14"))
            note.write(
                {"invoice_payment_term_id": False, "invoice_date": "2026-05-14", "invoice_date_due": "2026-05-20"}
            )
            note.action_post()
        self._scan()
        text = self._text(self._make_evidence())
        self.assertIn(f"nota di debito **{note.name}** per interessi e spese".replace("**", ""), text)
        self.assertIn("compresi gli interessi e le spese già fatturati", text)
        self.assertIn(f"esclusi quelli già fatturati con {note.name}", text)
        self.assertIn("non si chiedono interessi (art. 1283 c.c.)", text)

    def test_the_debtor_has_his_own_seat_not_that_of_the_office_that_pays(self):
        office = {"name": "Ufficio pagamenti", "type": "invoice", "street": "Via Brera 9", "city": "Milano"}
        self.customer.child_ids = [Command.create(office)]
        text = self._text(self._make_evidence())
        self.assertIn("con sede in Corso Francia 2, 10143 Torino", text)
        self.assertNotIn("Via Brera 9", text)

    def test_what_was_credited_is_not_told_as_paid(self):
        refund = self._create_invoice(200, move_type="out_refund", date="2026-04-01")
        (self._get_item(refund) + self._get_item(self.move)).reconcile()
        self._scan()
        text = self._text(self._make_evidence())
        self.assertIn("€\xa01.000,00, di cui €\xa0200,00 già pagati o accreditati: residuo €\xa0800,00", text)

    def test_a_promise_about_what_was_paid_long_ago_acknowledges_nothing(self):
        self.case._promise(split(100000, 1, Date.to_date("2026-06-30"), MONTH), source="letter")
        self.assertIn("promesso per iscritto", self._text(self._make_evidence()))
        self._create_invoice(700, due="2026-05-15")
        self._scan()
        self._pay(self.move)
        self._scan()
        self.assertEqual(self.case.amount_due, 700)
        self.assertNotIn("promesso per iscritto", self._text(self._make_evidence()))
        self.assertNotIn("promise", self.case._get_document_codes())

    def test_a_notice_that_did_not_arrive_is_told_as_such(self):
        notice = self._make_sent()
        self._enter(notice, "returned", PROOF, return_reason="unknown")
        self.assertIn("non recapitata", self._text(self._make_evidence()))

    def test_an_entry_that_is_no_invoice_is_not_called_one(self):
        receivable = self._get_item(self.move).account_id
        other = self.env["account.account"].search([("account_type", "=", "income")], limit=1)
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-01-15",
                "line_ids": [
                    Command.create(
                        {
                            "name": "Opening",
                            "account_id": receivable.id,
                            "partner_id": self.customer.id,
                            "date_maturity": "2026-03-15",
                            "debit": 300,
                            "no_followup": False,
                        }
                    ),
                    Command.create({"name": "Opening", "account_id": other.id, "credit": 300}),
                ],
            }
        )
        entry.action_post()
        self._scan()
        text = self._text(self._make_evidence())
        self.assertIn(f"scrittura contabile {entry.name} del 15/01/2026", text)
        self.assertNotIn(f"fattura {entry.name}", text)
        self.assertIn(f"fattura {self.move.name}", text)
        self.assertIn("[… documenti da produrre]", text)

    def test_where_credits_cover_the_claim_no_principal_is_asked(self):
        self._create_invoice(1500, move_type="out_refund", date="2026-04-01")
        evidence = self._make_evidence()
        text = self._text(evidence)
        self.assertNotIn("-€", text)
        self.assertIn("a) [… capitale, che i crediti del debitore coprono]", text)
        self.assertIn("capitale, che i crediti del debitore coprono", evidence.missing)

    def test_in_another_currency_value_and_fee_are_in_euro(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": dollar.id, "rate": 2})
        abroad = self._create_customer("Diner")
        self._create_invoice(3000, partner=abroad, currency_id=dollar.id)
        self.case = self._scan(abroad)
        text = self._text(self._make_evidence())
        self.assertIn("a) $\xa03.000,00 per capitale;", text)
        self.assertIn("la domanda valendo €\xa01.537,96", text)
        self.assertIn("il contributo dovuto, ridotto alla metà per il procedimento monitorio, è di €\xa049,00", text)

    def test_a_fee_that_the_table_lacks_is_a_visible_place(self):
        self.env["dunning.legal.value"].search([("code", "=", "court_fee")]).unlink()
        evidence = self._make_evidence()
        self.assertIn("è di [… contributo unificato].", self._text(evidence))
        self.assertIn("contributo unificato", evidence.missing)
