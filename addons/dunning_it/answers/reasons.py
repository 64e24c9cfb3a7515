"""Why a customer objects."""

REASONS = [
    ("not_delivered", "Goods or service not delivered"),
    ("defect", "Goods or service with defects"),
    ("price", "Price or discount not as agreed"),
    ("quantity", "Quantity not as agreed"),
    ("not_ordered", "Not ordered"),
    ("already_paid", "Already paid"),
    ("document", "Invoice wrong or not received"),
    ("other", "Other"),
]
