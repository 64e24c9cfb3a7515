import { onWillUnmount, useEffect } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

const INTERVAL = 2000; // milliseconds
const MOVING = ["queued", "running"];

/** The progress of a job that a scheduled action does: looks again every two seconds until it is over. */
export class ListinoProgressField extends ProgressBarField {
    setup() {
        super.setup();
        this.timer = null;
        useEffect(
            (state) => this.follow(state),
            () => [this.props.record.data.state],
        );
        onWillUnmount(() => clearTimeout(this.timer));
    }

    follow(state) {
        clearTimeout(this.timer);
        if (MOVING.includes(state)) {
            this.timer = setTimeout(async () => {
                await this.props.record.load();
                this.follow(this.props.record.data.state);
            }, INTERVAL);
        }
    }
}

registry.category("fields").add("listino_progress", {
    ...progressBarField,
    component: ListinoProgressField,
});
