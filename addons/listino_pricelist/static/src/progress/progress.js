import { onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

const EVERY = 2000; // milliseconds

/** A progress bar that looks again by itself while the record's job is running. */
export class ListinoProgressField extends ProgressBarField {
    setup() {
        super.setup();
        const timer = setInterval(() => this.refresh(), EVERY);
        onWillUnmount(() => clearInterval(timer));
    }

    async refresh() {
        const { record } = this.props;
        if (record.data.state === "running" && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("fields").add("listino_progress", { ...progressBarField, component: ListinoProgressField });
