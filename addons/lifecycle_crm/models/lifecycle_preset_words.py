"""Names of the stages and rules that a company begins with, in the language of the environment."""


def stage_words(env):
    """Name and advice of each stage of :data:`stages.presets.STAGES`, by code."""
    return {
        "regular": (
            env._("Regular"),
            env._("Thank, ask how it is going, show what else there is. Never let a complaint wait."),
        ),
        "occasional": (
            env._("Occasional"),
            env._("Find out what is missing for the next order: show what goes with what was bought."),
        ),
        "new": (
            env._("New customer"),
            env._("Thank for the first order, see that all arrives, and ask how it was."),
        ),
        "at_risk": (
            env._("At risk"),
            env._("The usual time has passed: call before the customer has got used to somebody else."),
        ),
        "lost": (env._("Lost"), env._("Win back: a letter, a call, a voucher; then now and then. Never give up.")),
        "ended": (
            env._("Ended"),
            env._("The relation is over in words: leave in peace, and part as friends."),
        ),
        "prospect": (
            env._("Prospect"),
            env._("Answer fast, ask the five questions, make the offer."),
        ),
        "cold_prospect": (
            env._("Cold prospect"),
            env._("The offer has been lying for long: ask once more what stands against it."),
        ),
        "contact": (
            env._("Contact"),
            env._("Has not asked for anything yet: find out what would be of use."),
        ),
    }


def rule_words(env):
    """The name of each rule of the presets, by code."""
    return {
        "ended": env._("The relation ended in words"),
        "cold_prospect": env._("Asked long ago, never ordered"),
        "prospect": env._("Has asked, not ordered yet"),
        "contact": env._("Has neither asked nor ordered"),
        "lost_once": env._("One order, silent for very long"),
        "lost_seldom": env._("Few orders, silent for very long"),
        "lost_often": env._("Many orders, silent for very long"),
        "at_risk_once": env._("One order, silent for long"),
        "at_risk_seldom": env._("Few orders, silent for long"),
        "at_risk_often": env._("Many orders, silent for long"),
        "regular": env._("Many orders"),
        "new": env._("One order"),
        "occasional": env._("Everybody else"),
    }
