"""The words of the channels' own libraries, copied from them: what our specification may say and nothing else.

``facebook-business`` 26.0.3, ``adobjects/productitem.py``; ``google-shopping-merchant-products`` 1.9.0,
``merchant_products_v1/types/products_common.py`` (written there in capitals, without the unspecified one).
"""

META = {
    "age_group": {"adult", "all ages", "infant", "kids", "newborn", "teen", "toddler"},
    "availability": {
        "available for order",
        "discontinued",
        "in stock",
        "mark_as_expired",
        "mark_as_sold",
        "out of stock",
        "pending",
        "preorder",
    },
    "condition": {"cpo", "new", "open_box_new", "refurbished", "used", "used_fair", "used_good", "used_like_new"},
    "gender": {"female", "male", "unisex"},
}
GOOGLE = {
    "age_group": {"adult", "kids", "toddler", "infant", "newborn"},
    "availability": {"in_stock", "out_of_stock", "preorder", "limited_availability", "backorder"},
    "condition": {"new", "used", "refurbished"},
    "gender": {"male", "female", "unisex"},
    "size_system": {"AU", "BR", "CN", "DE", "EU", "FR", "IT", "JP", "MEX", "UK", "US"},
}
# Fields of Google's library by the names of its data specification: it has the plural where a field has several values.
GOOGLE_FIELDS = {
    "id": "offer_id",
    "additional_image_link": "additional_image_links",
    "gtin": "gtins",
    "product_type": "product_types",
    "product_highlight": "product_highlights",
    "promotion_id": "promotion_ids",
    "certification": "certifications",
    "loyalty_program": "loyalty_programs",
}
GOOGLE_ATTRIBUTES = frozenset(
    [
        "identifier_exists",
        "is_bundle",
        "title",
        "description",
        "link",
        "mobile_link",
        "image_link",
        "additional_image_links",
        "expiration_date",
        "adult",
        "age_group",
        "availability",
        "availability_date",
        "brand",
        "color",
        "condition",
        "gender",
        "google_product_category",
        "gtins",
        "item_group_id",
        "material",
        "mpn",
        "pattern",
        "price",
        "product_types",
        "sale_price",
        "sale_price_effective_date",
        "shipping",
        "shipping_weight",
        "shipping_label",
        "size",
        "size_system",
        "unit_pricing_measure",
        "unit_pricing_base_measure",
        "multipack",
        "product_highlights",
        "promotion_ids",
        "custom_label_0",
        "custom_label_1",
        "custom_label_2",
        "custom_label_3",
        "custom_label_4",
        "certifications",
        "loyalty_programs",
    ]
)
# ``LoyaltyProgram`` of the same library.
GOOGLE_LOYALTY = {
    "program_label",
    "tier_label",
    "price",
    "cashback_for_future_use",
    "loyalty_points",
    "member_price_effective_date",
    "shipping_label",
}
GOOGLE_SHIPPING = {"price", "country", "region", "service"}
