import { onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** The form of a call, which gives the customer back to the colleagues however it is closed. */
export class CallFormController extends FormController {
    setup() {
        super.setup();
        const { orm } = this.env.services; // it outlives the form
        onWillUnmount(() => orm.silent.call(this.props.resModel, "action_release", [[this.model.root.resId]]));
    }
}

registry.category("views").add("lifecycle_call_form", { ...formView, Controller: CallFormController });
