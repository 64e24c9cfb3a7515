import { patch } from "@web/core/utils/patch";
import { WebsiteSale } from "@website_sale/interactions/website_sale";

patch(WebsiteSale.prototype, {
    /**
     * What may be struck out, and for how long it has been sold, differ from variant to variant.
     *
     * @override
     */
    _onChangeCombination(ev, parent, combination) {
        super._onChangeCombination(...arguments);
        const compared = parent.querySelector(".oe_compare_list_price");
        if (compared) {
            const isShown = !combination.has_discounted_price && combination.compare_list_price > combination.price;
            compared.classList.toggle("d-none", !isShown);
            const amount = compared.querySelector(".oe_currency_value");
            if (isShown && amount) {
                amount.textContent = this._priceToStr(combination.compare_list_price, combination.currency_precision);
            }
        }
        const sold = parent.querySelector(".o_feed_days");
        if (sold) {
            sold.classList.toggle("d-none", !combination.feed_days);
            sold.querySelector("span").textContent = combination.feed_days || "";
        }
    },
});
