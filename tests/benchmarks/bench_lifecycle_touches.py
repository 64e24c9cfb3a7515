"""Plays: what it costs to plan contacts, to ask the gate about them, and to turn them into mails."""

import datetime

from odoo import SUPERUSER_ID

from .bench_lifecycle import LIFECYCLE
from .framework import alone, benchmark
from .measuring import measure

NAMES, STAGE = "Customer %d", "bench_lost"
BODY = """<p>Dear <t t-out="object.partner_id.name"/>,</p>
<p>we have not heard from you for some time. Is there anything that we could do better?</p>
<p>Yours, <t t-out="object.company_id.name"/></p>"""


def create_play(env):
    stage = env["lifecycle.stage"].create({"name": "Lost", "code": STAGE, "phase": "separation"})
    template = env["mail.template"].create(
        {
            "name": "We miss you",
            "model_id": env["ir.model"]._get_id("lifecycle.touch"),
            "subject": "We miss you, {{ object.partner_id.name }}",
            "body_html": BODY,
            "email_layout_xmlid": "mail.mail_notification_light",
        }
    )
    step = {
        "name": "Mail",
        "code": "mail",
        "purpose_id": env.ref("lifecycle_crm.lifecycle_purpose_feedback").id,
        "template_id": template.id,
    }
    return env["lifecycle.play"].create(
        {
            "name": "Win back",
            "code": "bench_win_back",
            "stage_id": stage.id,
            "holdout_percent": 0,
            "step_ids": [(0, 0, step)],
        }
    )


def create_lost_customers(env, play, count):
    """Customers who have entered the stage of a play, and who may be written to."""
    partners = env["res.partner"].create(
        [
            {"name": NAMES % place, "email": f"customer{place}@example.com", "lang": ("en_US", "it_IT")[place % 2]}
            for place in range(count)
        ]
    )
    moment = play.started_on + datetime.timedelta(hours=1)
    place = {"company_id": env.company.id}
    env["lifecycle.status"].create(
        [{**place, "partner_id": each.id, "stage_id": play.stage_id.id, "stage_since": moment} for each in partners]
    )
    env["lifecycle.transition"].create(
        [
            {**place, "partner_id": each.id, "to_stage_id": play.stage_id.id, "moment": moment, "cause": "silence"}
            for each in partners
        ]
    )
    consent = {**place, "purpose_id": play.step_ids.purpose_id.id, "state": "granted"}
    env["lifecycle.consent"].create([{**consent, "partner_id": each.id} for each in partners])


def plan_and_make(env, play):
    """What both scheduled actions do, until nothing is left.

    :return: how many mails there are
    """
    env["lifecycle.play"]._cron_plan()
    env["lifecycle.touch"]._cron_send()
    return env["lifecycle.touch"].search_count([("play_id", "=", play.id), ("mail_id.state", "=", "outgoing")])


@benchmark("lifecycle_touches", size=10_000, addons=LIFECYCLE, targets=["queries_ours <= 2000"])
def lifecycle_touches(env, size):
    """Contacts planned, asked about and turned into mails."""
    env = env(user=SUPERUSER_ID)  # as scheduled actions run
    env["res.lang"]._activate_lang("it_IT")
    env["res.lang"]._activate_lang("en_US")
    play = create_play(env)
    play.action_start()
    play.started_on -= datetime.timedelta(2)  # so that nothing waits for this morning
    create_lost_customers(env, play, size)
    ours = measure(env, lambda: plan_and_make(env, play))
    if ours.answer != size:
        raise AssertionError(f"{ours.answer} mails of {size}")
    return alone(ours)
