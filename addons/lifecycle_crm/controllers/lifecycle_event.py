"""Where other systems tell what happened to a customer."""

from odoo import http
from odoo.http import request


class LifecycleEventController(http.Controller):
    @http.route("/lifecycle/event", type="json2", auth="bearer", methods=["POST"], save_session=False)
    def tell(self, **told):
        """Take down an outside event; see ``lifecycle.event._tell`` for what is told.

        The caller is a user of the customer lifecycle, by an API key of his. The same key again changes nothing.
        """
        event, is_new = request.env["lifecycle.event"]._tell(told)
        return {"id": event.id, "is_new": is_new}
