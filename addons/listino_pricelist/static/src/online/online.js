import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { Interaction } from "@web/public/interaction";

/**
 * Keeps what a reader wants to ask for while he leafs through a price list, in his browser alone, and folds categories.
 * Without it the pages work too: a form then holds what is typed on one page.
 */
export class ListinoOnline extends Interaction {
    static selector = ".o_listino_online";
    dynamicContent = {
        ".o_listino_fold": {
            "t-on-click": this.onFold,
            "t-att-class": () => ({ "d-none": !this.sections.length }),
            "t-out": () => (this.isFolded ? _t("Unfold all") : _t("Fold all")),
        },
        ".o_listino_form input, .o_listino_form select": { "t-on-input": this.onType },
        ".o_listino_form": { "t-on-submit": this.onAsk },
        ".o_listino_review input[name^=qty_]": { "t-on-input": this.onReview },
        ".o_listino_review form": { "t-on-submit": this.onSend },
        ".o_listino_bar_count": { "t-out": () => this.countText },
    };

    setup() {
        this.key = `listino:${this.el.dataset.basket}`;
        this.sections = [...this.el.querySelectorAll(".o_listino_section")];
        this.isFolded = false;
        this.basket = this.read();
        if (this.el.matches(".o_listino_sent")) {
            this.basket = {};
            this.write();
        }
    }

    start() {
        for (const input of this.inputs) {
            const wanted = this.basket[this.idOf(input)];
            if (input.value) {
                this.keep(this.idOf(input), input.value, this.selectOf(input)?.value); // typed before this ran
            } else if (wanted) {
                input.value = wanted.quantity;
                const select = this.selectOf(input);
                if (select && wanted.variant) {
                    select.value = wanted.variant;
                }
            }
            this.mark(input);
        }
    }

    get inputs() {
        return [...this.el.querySelectorAll(".o_listino_form input[name^=qty_]")];
    }

    get countText() {
        const count = Object.keys(this.basket).length;
        if (!count) {
            return _t("Type quantities to ask for a quote");
        }
        return count === 1 ? _t("1 product chosen") : _t("%s products chosen", count);
    }

    // The browser may refuse to keep anything (private mode); what is typed on the page is sent all the same.

    read() {
        try {
            return JSON.parse(window.sessionStorage.getItem(this.key)) || {};
        } catch {
            return {};
        }
    }

    write() {
        try {
            window.sessionStorage.setItem(this.key, JSON.stringify(this.basket));
        } catch {
            // nothing is kept from one page to the next
        }
    }

    idOf(input) {
        return input.name.split("_")[1];
    }

    selectOf(input) {
        return input.closest("tr").querySelector("select");
    }

    mark(input) {
        input.closest("tr").classList.toggle("o_listino_chosen", Number(input.value) > 0);
    }

    onType(ev) {
        const input = ev.currentTarget.closest("tr").querySelector("input[name^=qty_]");
        this.keep(this.idOf(input), input.value, this.selectOf(input)?.value);
        this.mark(input);
    }

    /** What was corrected in the review counts in the list too, there under the row of its variant. */
    onReview(ev) {
        const productId = this.idOf(ev.currentTarget);
        const row = Object.keys(this.basket).find((id) => (this.basket[id].variant || id) === productId);
        this.keep(row || productId, ev.currentTarget.value, this.basket[row]?.variant);
    }

    keep(id, quantity, variant) {
        if (Number(quantity) > 0) {
            this.basket[id] = { quantity, variant };
        } else {
            delete this.basket[id];
        }
        this.write();
    }

    onFold() {
        this.isFolded = !this.isFolded;
        for (const section of this.sections) {
            section.open = !this.isFolded;
        }
    }

    /** Send what was chosen on other pages too, and no empty fields. */
    onAsk(ev) {
        const form = ev.currentTarget;
        const here = new Set();
        for (const input of this.inputs) {
            here.add(this.idOf(input));
            const isEmpty = !(Number(input.value) > 0);
            input.disabled = isEmpty;
            const select = this.selectOf(input);
            if (select) {
                select.disabled = isEmpty;
            }
        }
        for (const [id, { quantity, variant }] of Object.entries(this.basket)) {
            if (!here.has(id)) {
                this.addHidden(form, `qty_${id}`, quantity);
                if (variant) {
                    this.addHidden(form, `variant_${id}`, variant);
                }
            }
        }
        this.waitForTimeout(() => this.enable(), 1000); // for whoever comes back by the browser's button
    }

    enable() {
        for (const field of this.el.querySelectorAll(".o_listino_form :disabled")) {
            field.disabled = false;
        }
        for (const field of this.el.querySelectorAll(".o_listino_form .o_listino_elsewhere")) {
            field.remove();
        }
    }

    addHidden(form, name, value) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value, className: "o_listino_elsewhere" });
        form.append(field);
    }

    onSend(ev) {
        ev.currentTarget.querySelector("button[type=submit]").disabled = true;
    }
}

registry.category("public.interactions").add("listino_pricelist.online", ListinoOnline);
