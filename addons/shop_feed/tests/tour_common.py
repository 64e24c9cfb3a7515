"""What tours of feeds share."""


def speak_english(user):
    """Have a user read English, whatever the database speaks: an Italian one has put it away."""
    user.env["res.lang"]._activate_lang("en_US")
    user.lang = "en_US"
