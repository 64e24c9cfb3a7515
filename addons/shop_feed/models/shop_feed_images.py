"""Pictures: addresses that change when the picture does, and only then."""

from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ..channels.amounts import Picture
from ..links import outside

CHECKSUM_DIGITS = 12
EXTENSIONS = {"image/jpeg": "jpg", "image/svg+xml": "svg"}  # others are called as their kind
MODEL_FIELDS = {
    "product.product": "image_variant_1024",
    "product.template": "image_1024",
    "product.image": "image_1024",
}
SHOWN = "image_1024"  # what a page of the product shows: the variant's own picture, otherwise that of the whole


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_image_facts(self, products, moment):
        """The main picture and further ones, as attachments know them: nothing is asked of each product."""
        if self.shop == "external" and self.image_template:
            return self._get_outside_images(products)
        own, whole, extras = self._get_pictures(products)
        facts = {}
        for product in products:
            template_id = product.product_tmpl_id.id
            others = extras["product_variant_id", product.id] + extras["product_tmpl_id", template_id]
            main = own.get(product.id) or whole.get(template_id)
            facts[product.id] = {"image_link": main or "", "additional_image_link": others}
        return facts

    def _get_outside_images(self, products):
        addresses = {
            product.id: outside.filled(self.image_template, self._get_outside_values(product)) for product in products
        }
        return {product_id: {"image_link": address} for product_id, address in addresses.items()}

    def _get_pictures(self, products):
        """The :class:`Picture` of each variant and template that has its own, and lists of further ones."""
        templates = products.product_tmpl_id
        further = self._get_further_images(products, templates)
        records = {"product.product": products, "product.template": templates, "product.image": further}
        attachments = self.env["ir.attachment"].search_fetch(
            Domain.OR(
                Domain("res_model", "=", model)
                & Domain("res_field", "=", MODEL_FIELDS[model])
                & Domain("res_id", "in", found.ids)
                for model, found in records.items()
            ),
            ["res_model", "res_id", "checksum", "mimetype", "store_fname"],
        )
        sizes = self.env["shop.feed.picture"]._get_sizes(attachments)
        root = (self.website_id or self).get_base_url()
        pictures = defaultdict(dict)
        for attachment in attachments:
            picture = _picture(root, attachment, sizes.get(attachment.checksum, (0, 0)))
            pictures[attachment.res_model][attachment.res_id] = picture
        extras = defaultdict(list)
        for image in further:
            if picture := pictures["product.image"].get(image.id):
                extras[_place(image)].append(picture)
        return pictures["product.product"], pictures["product.template"], extras

    def _get_further_images(self, products, templates):
        """Pictures beside the main one in the shop's order; stills of films are none."""
        of_variants = Domain("product_variant_id", "in", products.ids)
        of_templates = Domain("product_tmpl_id", "in", templates.ids) & Domain("product_variant_id", "=", False)
        return self.env["product.image"].search_fetch(
            Domain("video_url", "in", (False, "")) & (of_variants | of_templates),
            ["product_variant_id", "product_tmpl_id"],
            order="sequence, id",
        )


def _place(image):
    """Whose further picture it is."""
    name = "product_variant_id" if image.product_variant_id else "product_tmpl_id"
    return name, image[name].id


def _picture(root, attachment, size):
    """With a name that ends as the file does: some channels go by it."""
    kind = attachment.mimetype or ""
    extension = EXTENSIONS.get(kind, kind.rpartition("/")[2])
    path = f"/web/image/{attachment.res_model}/{attachment.res_id}/{SHOWN}/{attachment.res_id}.{extension}"
    unique = (attachment.checksum or "")[:CHECKSUM_DIGITS]
    return Picture(f"{root}{path}?unique={unique}", *size, kind)
