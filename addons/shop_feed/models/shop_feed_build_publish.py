"""Publishing: a build is served from one moment to the next, by itself or by the word of a person."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

KEPT = 10  # builds of a feed
FILES = ("plain_id", "packed_id", "contents_id")
HELD_ACTIVITY = "shop_feed.mail_activity_type_held"


class ShopFeedBuild(models.Model):
    _inherit = "shop.feed.build"

    # === FILES === #

    def _attach(self, files):
        """Keep the files, for those who may read the build.

        :param Files files: of the assembly
        """
        name, attach = f"feed-{self.feed_id.id}.{self.extension}", self._attach_stream
        self.write(
            {
                "plain_id": attach(name, self.content_type.partition(";")[0], files.plain).id,
                "packed_id": attach(f"{name}.gz", "application/gzip", files.packed).id,
                "contents_id": attach("items.txt", "text/plain", files.contents).id,
            }
        )

    def _attach_stream(self, name, mimetype, stream):
        vals = {"name": name, "mimetype": mimetype, "res_model": self._name, "res_id": self.id}
        attachment = self.env["ir.attachment"].create(vals)
        attachment._store_stream(stream)
        return attachment

    def _is_whole(self):
        """Whether all its files are there."""
        try:
            for name in FILES:
                self[name]._open_stream().close()
        except (OSError, ValueError):  # lost on the disk, or never attached
            return False
        return True

    def _remove_files(self):
        """Nobody will ask for them any more."""
        for name in FILES:
            self.mapped(name).unlink()

    # === SERVED === #

    def _publish(self):
        """Serve it from now on: who fetches gets all of it, or all of the one before."""
        feed = self.feed_id
        feed.flush_recordset(["build_id"])
        self.env.cr.execute(SQL("UPDATE shop_feed SET build_id = %s WHERE id = %s", self.id, feed.id))
        feed.invalidate_recordset(["build_id"])
        feed._remove_old_builds()

    @api.autovacuum
    def _gc_builds(self):
        """Builds that failed or were rejected, too, are not kept for ever."""
        for feed in self.env["shop.feed"].with_context(active_test=False).search([("build_ids", "!=", False)]):
            feed._remove_old_builds()

    # === HELD === #

    def _ask(self):
        """Have the feed's owner decide."""
        feed = self.feed_id
        feed._close_question()
        owner = feed._get_owner()
        note = feed.with_context(lang=owner.lang).env["shop.feed.build"].browse(self.id)._get_question()
        feed.with_context(lang=owner.lang).activity_schedule(HELD_ACTIVITY, user_id=owner.id, note=note)

    def _get_question(self):
        """Why it waits, with the numbers."""
        reasons = " ".join(self._get_hold_sentence(hold) for hold in self.holds)
        if self.feed_id.build_id:
            return self.env._("%(reasons)s Until you decide, the file from before is served.", reasons=reasons)
        return self.env._("%(reasons)s Until you decide, nothing is served.", reasons=reasons)

    def _get_hold_sentence(self, hold):
        """A reason to wait, in a sentence.

        :param dict hold: ``code`` and ``numbers`` of :mod:`builds.guard`
        """
        numbers = hold["numbers"]
        match hold["code"]:
            case "empty" if numbers["left_out"]:
                return self.env._("The new file is empty: all %(left_out)s entries have errors.", **numbers)
            case "empty":
                return self.env._("The new file is empty; the one before had %(before)s entries.", **numbers)
            case "lost":
                return self.env._(
                    "%(lost)s of %(before)s entries would disappear: more than %(limit)s%% of them.", **numbers
                )
            case "left_out":
                return self.env._(
                    "%(left_out)s of %(meant)s entries have errors: more than %(limit)s%% of them.", **numbers
                )
        return hold["code"]

    def _supersede(self):
        """A newer file takes the place of those that wait."""
        if self:
            spoken = self.with_context(lang=self.feed_id._get_owner().lang).env
            self.write({"state": "rejected", "remark": spoken._("A newer file took its place.")})
            self._remove_files()
            self.feed_id._close_question()

    # === ACTIONS === #

    def action_publish_anyway(self):
        """Serve a build that waits: what it loses is meant to go."""
        for build in self._get_decidable():
            if not build.item_count:
                raise UserError(
                    self.env._(
                        "An empty file makes the channel delete all it has, so it is never served: "
                        "if that is what you want, archive the feed."
                    )
                )
            if not build._is_whole():
                raise UserError(self.env._("The files of this build are gone: wait for the next one."))
            build.state = "good"
            build._publish()
            build._log_decision(self.env._("%(user)s has published it anyway.", user=self.env.user.name))

    def action_reject(self):
        """Don't serve a build that waits: the one before stays until products change again."""
        for build in self._get_decidable():
            build.state = "rejected"
            build._remove_files()
            build._log_decision(self.env._("%(user)s has rejected it.", user=self.env.user.name))

    def _get_decidable(self):
        """These builds, as the server, if a person may decide on them.

        :raise AccessError: for whoever is no manager of the feed's company
        :raise UserError: where one of them doesn't wait
        """
        self.feed_id.check_access("write")
        if not self.env.user.has_group("shop_feed.group_feed_manager"):
            raise AccessError(self.env._("Only managers of feeds decide what is served."))
        if any(build.state != "held" for build in self):
            raise UserError(self.env._("This build doesn't wait for anybody any more: reload the page."))
        return self.sudo()  # builds are the server's; who may decide has been asked

    def _log_decision(self, remark):
        self.remark, self.ended_on = remark, fields.Datetime.now()
        self.feed_id._close_question(remark)


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def unlink(self):
        # OVERRIDE: the files of builds go with them; the database deletes builds by itself.
        attachments = self.env["ir.attachment"].sudo()  # only the server reaches files of builds
        for name in FILES:
            attachments |= self.build_ids.sudo().mapped(name)  # likewise
        result = super().unlink()
        attachments.unlink()
        return result

    def _remove_old_builds(self):
        """Keep some builds, those that wait, and the one that was fetched last: what has changed since is shown."""
        old = self.env["shop.feed.build"].search([("feed_id", "=", self.id), ("state", "!=", "held")], offset=KEPT)
        (old - self._get_newest_build() - self.build_id - self._get_last_fetch().build_id).unlink()

    def _get_owner(self):
        """Who is asked: the owner, or another manager of the company where he is gone or has lost the right."""
        managers = self.env.ref("shop_feed.group_feed_manager").all_user_ids
        managers = managers.filtered(lambda user: user.active and self.company_id in user.company_ids)
        return self.user_id if self.user_id in managers else managers.sorted("id")[:1] or self.env.ref("base.user_root")

    def _close_question(self, remark=""):
        """What was asked is answered."""
        if remark:
            self.activity_feedback([HELD_ACTIVITY], feedback=remark)
        else:
            self.activity_unlink([HELD_ACTIVITY])
