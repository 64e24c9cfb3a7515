"""Builders for formal notices: a case whose next step is one, the files of its way, and certified mail."""

import base64

from .common import DunningCommon
from .outbox_common import MailServer
from .pec_samples import RECIPIENT, SENDER

SCAN = b"%PDF-1.7 the letter with a signature in ink"
SIGNED = b"%PDF-1.7 /Type /Sig /ByteRange [0 10 20 30]"
PROOF = b"%PDF-1.7 the return receipt"


class NoticeCommon(MailServer, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "vat": "IT01234560157",
                "street": "Via Po 1",
                "city": "Torino",
                "phone": "+39 011 555 0101",
                "dunning_signatory": "Maria Rossi",
                "dunning_signatory_role": "Legal representative",
            }
        )
        cls.customer.write({"vat": "IT12345670017", "street": "Corso Francia 2", "zip": "10143", "city": "Torino"})
        cls.env["res.partner.bank"].create(
            {"acc_number": "IT60X0542811101000000123456", "partner_id": cls.company.partner_id.id}
        )
        cls.stage = cls.business.stage_ids.filtered(lambda stage: stage.kind == "notice")
        cls.move = cls._create_invoice(1000)
        cls.case = cls._scan()
        cls.case.stage_id = cls.stage
        cls._scan()

    # === REGISTERED LETTER === #

    def _make(self, case=None):
        """A draft, made by a user."""
        action = (case or self.case).with_user(self.user).action_make_notice()
        return self.env["dunning.notice"].browse(action["res_id"]).with_user(self.user)

    def _make_ready(self, **values):
        notice = self._make()
        notice.write(values)
        notice.action_ready()
        return notice

    def _make_sent(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        self._enter(notice, "sent", tracking_number="RR123456789IT")
        return notice

    def _enter(self, notice, kind, content=None, **values):
        """What happened to a notice, as a person enters it."""
        vals = {"notice_id": notice.id, "kind": kind, **values}
        if content is not None:
            vals |= {"file": base64.b64encode(content), "file_name": "file.pdf"}
        self.env["dunning.notice.event"].with_user(notice.env.user).create(vals).action_confirm()

    # === PEC === #

    @classmethod
    def _set_up_pec(cls):
        server = cls.env["ir.mail_server"].create(
            {"name": "PEC", "smtp_host": "smtp.pec.example.com", "from_filter": SENDER}
        )
        cls.company.dunning_pec_server_id = server
        cls.customer.write(
            {
                "dunning_pec": RECIPIENT,
                "dunning_pec_register": "inipec",
                "dunning_pec_checked_date": "2026-06-01",
            }
        )

    def _make_signed_pec(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SIGNED)
        return notice

    def _send_pec(self, notice):
        notice.action_send_pec()
        self._run_cron()

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("dunning_it.ir_cron_dunning_notice").method_direct_trigger()
        self.env.invalidate_all()

    def _receive(self, sample):
        """A mail comes in."""
        self.env["mail.thread"].message_process(False, sample.message())
        self.env.invalidate_all()
