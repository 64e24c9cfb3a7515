"""Plays to begin with: a company's copy of the presets, with their words. The owner starts those that he wants."""

from markupsafe import Markup

from odoo import models
from odoo.fields import Command
from odoo.tools import LazyTranslate

from ..plays.presets import PLAYS
from ..plays.steps import AGAIN, STOPS, Step

_lt = LazyTranslate(__name__)

NAMES = {
    "thank_you": _lt("Thank-you after the first order"),
    "post_sale": _lt("After the delivery: order, shipment, invoice, returns"),
    "feedback": _lt("How was it?"),
    "check_up": _lt("Check-up of regulars"),
    "offer": _lt("What else we sell"),
    "bonus": _lt("Bonus for becoming a regular"),
    "reorder": _lt("Time to order again"),
    "keep": _lt("Keep who is at risk"),
    "win_back": _lt("Win back who is lost"),
    "testimonial": _lt("Testimonials from the satisfied"),
}
STEPS = {
    "mail": _lt("Write"),
    "papers": _lt("Tell the facts"),
    "question": _lt("Ask how it was"),
    "reminder": _lt("Remind once"),
    "call": _lt("Call"),
    "voucher": _lt("Give a voucher"),
    "request": _lt("Ask for a testimonial"),
    AGAIN: _lt("Now and then"),
}
SCRIPTS = {
    "reorder": (
        _lt("Say who you are, and ask whether it is a good moment."),
        _lt("You usually order around now: do you need anything?"),
        _lt("If not: when shall I call again? Note the date that the customer names."),
    ),
    "keep": (
        _lt("Say who you are, and ask whether it is a good moment."),
        _lt("We have not heard from you for a while. Was everything all right with the last order?"),
        _lt("Listen, and do not defend us. If something went wrong, say what happens now and by when."),
        _lt("Ask when a call would suit, and note the date that the customer names."),
    ),
    "win_back": (
        _lt("Say who you are, and ask whether it is a good moment."),
        _lt("You used to buy from us. Why did you stop: the goods, the price, the service, or no need any more?"),
        _lt("Write the reason down in the customer's own words. If it was a mistake of ours, say so and put it right."),
        _lt("If the customer wants no more calls, say thank you and note it at once."),
    ),
}
TEMPLATES = {
    "thank_you": {"mail": "thank_you"},
    "post_sale": {"papers": "papers"},
    "feedback": {"question": "question", "reminder": "reminder"},
    "check_up": {"question": "check_up", AGAIN: "check_up"},
    "offer": {"mail": "offer"},
    "bonus": {"voucher": "voucher"},
    "reorder": {"mail": "reorder"},
    "keep": {"mail": "keep"},
    "win_back": {"mail": "win_back", "voucher": "voucher", AGAIN: "slow"},
    "testimonial": {"request": "testimonial"},
}
PURPOSES = {
    "thank_you": "feedback",
    "post_sale": "service",
    "feedback": "feedback",
    "check_up": "feedback",
    "testimonial": "testimonial",
}  # all others are marketing
ASKS = {"feedback": "order", "check_up": "check_up", "testimonial": "testimonial"}
OTHERS = {
    "post_sale": {"holdout_percent": 0},
    "feedback": {"holdout_percent": 0},
    "testimonial": {"holdout_percent": 0, "least_score": 4, "again_days": 365},
    "reorder": {"again_days": 30},
}


class ResCompany(models.Model):
    _inherit = "res.company"

    def _lifecycle_load_plays(self):
        """Give companies the plays that they have not got yet, as drafts; their own copies are left alone.

        A play for a stage that a company has not got is left out; so load the stages first.

        :return: the new ``lifecycle.play`` records
        """
        made = self.env["lifecycle.play"]
        for company in self:
            stages = self.env["lifecycle.stage"].search([("company_id", "=", company.id)])
            by_code = {stage.code: stage for stage in stages}
            known = self.env["lifecycle.play"].search([("company_id", "=", company.id)]).mapped("code")
            for place, preset in enumerate(PLAYS, 1):
                if preset.code not in known and (not preset.stage or preset.stage in by_code):
                    stage = by_code.get(preset.stage, stages.browse())
                    made |= company._create_lifecycle_play(preset, stage, 10 * place)
        return made

    def _create_lifecycle_play(self, preset, stage, sequence):
        plays = self.env["lifecycle.play"].sudo().with_context(lang="en_US")  # loaded when the company is made
        play = plays.create(
            {
                "name": NAMES[preset.code]._translate("en_US"),
                "code": preset.code,
                "company_id": self.id,
                "sequence": sequence,
                "stage_id": stage.id,
                "user_id": False,
                "cadence_days": preset.cadence or 0,
                **{f"stop_on_{stop}": stop in preset.stops for stop in STOPS},
                "step_ids": [
                    Command.create(self._prepare_lifecycle_step(preset, step, 10 * place))
                    for place, step in enumerate(self._get_lifecycle_preset_steps(preset), 1)
                ],
                **OTHERS.get(preset.code, {}),
            }
        )
        self._translate_lifecycle_play(play)
        return play

    def _get_lifecycle_preset_steps(self, preset):
        """The ladder, and what is repeated after it."""
        if not preset.cadence:
            return preset.steps
        return (*preset.steps, Step(AGAIN, preset.steps[-1].trigger, 0, preset.cadence_action))

    def _prepare_lifecycle_step(self, preset, step, sequence):
        purpose = PURPOSES.get(preset.code, "marketing")
        template = TEMPLATES[preset.code].get(step.code)
        return {
            "name": STEPS[step.code]._translate("en_US"),
            "code": step.code,
            "sequence": sequence,
            "trigger": step.trigger,
            "days": step.days,
            "is_cadence": step.code == AGAIN,
            "action": step.action,
            "purpose_id": self.env.ref(f"lifecycle_crm.lifecycle_purpose_{purpose}").id,
            "is_promotional": purpose == "marketing",
            "template_id": template and self.env.ref(f"lifecycle_crm.mail_template_{template}").id,
            "script": self._get_lifecycle_script(preset.code, "en_US") if step.action == "call" else False,
            "asks": ASKS.get(preset.code) if template else False,
            "is_offer": preset.code == "offer",
        }

    def _get_lifecycle_script(self, code, lang):
        return Markup().join(Markup("<p>%s</p>") % line._translate(lang) for line in SCRIPTS[code])

    def _translate_lifecycle_play(self, play):
        """The words of the presets in all languages that the database speaks."""
        for lang in {code for code, _name in self.env["res.lang"].get_installed()} - {"en_US"}:
            play.with_context(lang=lang).name = NAMES[play.code]._translate(lang)
            for step in play.step_ids:
                step.with_context(lang=lang).name = STEPS[step.code]._translate(lang)
                if step.action == "call":
                    lines = {line._translate("en_US"): line._translate(lang) for line in SCRIPTS[play.code]}
                    step.update_field_translations("script", {lang: lines})
