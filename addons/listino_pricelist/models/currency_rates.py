"""Exchange rates of one company at one date, each asked once."""

from odoo.fields import Date


class Rates:
    """Converts prices without rounding them.

    :param company: whose rates
    :param date: a date or datetime
    """

    def __init__(self, company, date):
        self._company = company
        self._date = Date.to_date(date)
        self._rates = {}

    def convert(self, price, source_id, target_id):
        """A price in another currency; currencies by their ids.

        :return: unrounded
        """
        if source_id == target_id or not price:
            return price
        key = (source_id, target_id)
        if key not in self._rates:
            currencies = self._company.env["res.currency"]
            source, target = currencies.browse(source_id), currencies.browse(target_id)
            self._rates[key] = source._get_conversion_rate(source, target, self._company, self._date)
        return price * self._rates[key]
