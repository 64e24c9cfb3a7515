import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** Requests for approval, with the buttons that decide several at once only where each of them is the reader's. */
export class RequestListController extends ListController {
    /** In the list's header `can_decide` speaks of all that are selected. */
    evalViewModifier(modifier) {
        const { evalContext, selection } = this.model.root;
        const decidable = selection.every((request) => request.data.can_decide);
        return evaluateBooleanExpr(modifier, { ...evalContext, can_decide: decidable });
    }
}

registry.category("views").add("quote_discount_request_list", { ...listView, Controller: RequestListController });
