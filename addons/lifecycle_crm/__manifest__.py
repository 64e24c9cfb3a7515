{
    "name": "Customer Lifecycle",
    "summary": "Where every customer stands, why, and what to do today, without ever pestering anybody",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "depends": ["sale_crm", "sale_stock", "sale_loyalty", "mass_mailing", "rating"],
    "data": [
        "security/lifecycle_groups.xml",
        "security/ir.model.access.csv",
        "security/lifecycle_rules.xml",
        "data/lifecycle_purpose_data.xml",
        "security/lifecycle_glance_rules.xml",
        "data/lifecycle_privacy_cron.xml",
        "wizard/lifecycle_privacy_wizard_views.xml",
        "views/lifecycle_menus.xml",
        "views/lifecycle_dashboard_views.xml",
        "views/lifecycle_cohort_views.xml",
    ],
    "demo": ["demo/lifecycle_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "lifecycle_crm/static/src/dashboard/**/*",
        ],
    },
    "application": True,
}
