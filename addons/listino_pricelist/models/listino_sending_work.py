"""The scheduled action that sends price lists."""

from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..freezing.content import FrozenListing
from ..freezing.difference import DifferentCurrencies, compare
from ..sending.outcome import words_of
from ..sending.schedule import next_daily, next_monthly

LOST_AFTER = 15  # minutes in which a worker that has claimed a mail hands it over


class ListinoSending(models.Model):
    _inherit = "listino.sending"

    @api.model
    def _trigger_work(self, at=None):
        self.env.ref("listino_pricelist.ir_cron_listino_sending")._trigger(at)

    @api.model
    def _cron_send(self):
        """Open what is due, send what waits, one reader at a time; what another worker holds is left to it."""
        self._open_due()
        Line = self.env["listino.sending.line"]
        Line._settle_lost(fields.Datetime.now() - timedelta(minutes=LOST_AFTER))
        waiting = Line.search(Line._get_work_domain(), order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        is_reached = True
        for line in waiting:
            is_reached = line._work()
            if not self.env["ir.cron"]._commit_progress(1) or not is_reached:
                break
        self._close_finished()
        if is_reached and Line.search_count(Line._get_work_domain(), limit=1):
            self._trigger_work()

    # === CYCLES === #

    @api.model
    def _open_due(self):
        """Write down the readers of every sending that is due, so that each gets one mail a cycle."""
        domain = [("state", "in", ["planned", "running"]), ("next_date", "<=", fields.Datetime.now())]
        for sending in self.search(domain):
            self.env["ir.cron"]._commit_progress()  # look at the newest state of each
            if sending.try_lock_for_update().filtered_domain(domain):
                sending._open_cycle()
        self.env["ir.cron"]._commit_progress()

    def _open_cycle(self):
        """Make the lines of the cycle that is due and plan the next one; an error pauses this sending alone."""
        try:
            with self.env.cr.savepoint():
                self._create_lines(self._get_cycle())
                self.write({"state": "running", "next_date": self._get_next_date(), "problem": False})
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
            raise
        except Exception as error:  # noqa: BLE001 - one bad sending must not stop the others
            self.write({"state": "paused", "problem": words_of(error)})

    def _get_cycle(self):
        """What a reader gets one mail for: the whole sending, a month, or a day."""
        planned = self._to_local(self.next_date)
        return {"once": "1", "monthly": f"{planned:%Y-%m}", "on_change": f"{planned:%Y-%m-%d}"}[self.schedule]

    def _get_next_date(self):
        """When the next cycle is due, at the same time of the day where the sender is; False: never."""
        planned, now = self._to_local(self.next_date), self._to_local(fields.Datetime.now())
        if self.schedule == "monthly":
            return self._to_utc(next_monthly(planned, self.month_day, now))
        return self._to_utc(next_daily(planned, now)) if self.schedule == "on_change" else False

    def _get_timezone(self):
        return pytz.timezone(self.user_id.tz or self.company_id.partner_id.tz or "UTC")

    def _to_local(self, moment):
        return pytz.utc.localize(moment).astimezone(self._get_timezone()).replace(tzinfo=None)

    def _to_utc(self, moment):
        return self._get_timezone().localize(moment).astimezone(pytz.utc).replace(tzinfo=None)

    def _create_lines(self, cycle):
        Line = self.env["listino.sending.line"]
        known = Line.search([("sending_id", "=", self.id), ("cycle", "=", cycle)])
        keys = {(line.partner_id.id or line.email) for line in known}
        new = [each for each in self._get_recipients() if (each.partner.id or each.email) not in keys]
        if self.schedule == "on_change":
            new = self._get_changed(new)
        Line.with_context(tracking_disable=True, mail_create_nosubscribe=True).create(
            [self._prepare_line_vals(recipient, cycle) for recipient in new]
        )

    def _prepare_line_vals(self, recipient, cycle):
        return {
            "sending_id": self.id,
            "cycle": cycle,
            "partner_id": recipient.partner.id,
            "name": recipient.name or recipient.email,
            "email": recipient.email,
        }

    @api.model
    def _close_finished(self):
        """What has no mail left to send is done, or waits for its next date."""
        busy = self.env["listino.sending.line"]._read_group(
            [("state", "in", ["waiting", "handing"]), ("sending_id.state", "=", "running")], ["sending_id"]
        )
        domain = Domain("state", "=", "running") & Domain("id", "not in", [sending.id for (sending,) in busy])
        idle = self.search(domain & (Domain("next_date", "=", False) | Domain("next_date", ">", fields.Datetime.now())))
        idle = idle.try_lock_for_update().filtered_domain([("state", "=", "running")])
        idle.filtered("next_date").state = "planned"
        idle.filtered(lambda sending: not sending.next_date).state = "done"

    # === CHANGES === #

    def _get_changed(self, recipients):
        """Those whose prices are not those they got last, or who have got none yet.

        Readers of the same list, taxes and language have the same prices: these are reckoned once for all of them.
        """
        last = self._get_last_lines(recipients)
        contents, answers, changed = {}, {}, []
        for recipient in recipients:
            line = last.get(recipient.partner.id or recipient.email)
            if not line:
                changed.append(recipient)
                continue
            group = self._get_price_group(recipient)
            if (group, line.sha256) not in answers:
                answers[group, line.sha256] = self._is_changed(line, recipient, contents, group)
            if answers[group, line.sha256]:
                changed.append(recipient)
        return changed

    def _get_price_group(self, recipient):
        """What makes two readers' prices the same; a hook for prices that depend on more."""
        partner = recipient.partner.with_company(self.company_id)
        position = self.env["account.fiscal.position"].with_company(self.company_id)._get_fiscal_position(partner)
        return partner.property_product_pricelist.id, position.id, partner.lang

    def _is_changed(self, line, recipient, contents, group):
        """Whether a reader's prices are other than those of a line; an error counts, for his mail will tell it."""
        try:
            with self.env.cr.savepoint():  # the database's own errors would end the whole cycle
                if group not in contents:
                    contents[group] = self._freeze(self._get_source(recipient.partner))
                return is_different(line._get_frozen(), contents[group])
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
            raise
        except Exception:  # noqa: BLE001 - see the docstring
            return True

    @api.model
    def _freeze(self, source):
        if isinstance(source, FrozenListing):
            return source
        return FrozenListing.of(source, source.pricelist.currency_id.name)

    def _get_source(self, partner):
        """The content for one reader: his own list, taxes and language; or the revision that is sent."""
        if self.publication_id:
            return self._as_sender(self.publication_id)._get_frozen()
        return self._get_document()._get_builder(partner or None)

    def _get_last_lines(self, recipients):
        """The last line of each recipient that has, or may have, brought him this document.

        :return: a dict by partner id, or by address where there is no partner
        """
        Line = self.env["listino.sending.line"]
        whom = Domain("partner_id", "in", [each.partner.id for each in recipients if each.partner])
        typed = [each.email for each in recipients if not each.partner]
        whom |= Domain("partner_id", "=", False) & Domain("email", "in", typed)
        last = {}
        for partner, email, line_id in Line._read_group(
            whom & Line._get_received_domain(self), ["partner_id", "email"], ["id:max"]
        ):
            key = partner.id or email
            last[key] = max(last.get(key, 0), line_id)
        return {key: Line.browse(line_id) for key, line_id in last.items()}


def is_different(old, new):
    """Whether any price of two contents differs; in another currency, all do."""
    try:
        return bool(compare(old, new))
    except DifferentCurrencies:
        return True
