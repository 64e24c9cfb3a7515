import { registry } from "@web/core/registry";

const CSV = ["Cod. Art.;Descrizione;Prezzo €;Colore", "TOUR1;Fusilli;1,30;Rosso", "TOUR2;Farfalle;a richiesta;Blu"];

function chooseFile(input) {
    const transfer = new window.DataTransfer();
    transfer.items.add(new window.File([CSV.join("\n")], "tour.csv", { type: "text/csv" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("listino_import_tour", {
    url: "/odoo/action-listino_pricelist.listino_import_action",
    steps: () => [
        {
            content: "Begin an import",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Choose a file",
            trigger: ".o_field_widget[name=file] input[type=file]:not(:visible)",
            run() {
                chooseFile(this.anchor);
            },
        },
        {
            content: "Its columns are recognised",
            trigger: ".o_field_widget[name=column_ids] .o_data_row:nth-child(3):contains('Prezzo €'):contains('Price')",
        },
        {
            content: "One of them is not: say what it is",
            trigger: ".o_field_widget[name=column_ids] .o_data_row:nth-child(4) td[name=field_name]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=column_ids] .o_data_row:nth-child(4) .o_field_widget[name=field_name] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains('Sales description')",
            run: "click",
        },
        {
            content: "See what would happen",
            trigger: "button[name=action_preview]",
            run: "click",
        },
        {
            content: "One row is refused and says why",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('TOUR2'):contains('There is no price')",
        },
        {
            content: "The other creates a product",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('TOUR1'):contains('Create')",
        },
        {
            content: "Import",
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            content: "Even without the refused row",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Done')",
        },
        {
            content: "Look at the products",
            trigger: "button[name=action_view_products]",
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains('Fusilli'), .o_data_row:contains('Fusilli')",
        },
    ],
});
