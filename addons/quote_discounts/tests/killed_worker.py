"""A process that runs a scheduled action as Odoo's workers do, and is killed in the middle of it.

Not a test: :mod:`.test_killed_worker` starts it, since no test can kill its own process.
"""

import json
import os
import signal
import sys


def main(settings):
    """Run a scheduled action; die by signal 9 when it has called a method so many times.

    :param dict settings: options of Odoo, the database, the action, the model and method, the number of calls, and
        constants of modules that are smaller than usual
    """
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(settings["options"], setup_logging=False)
    registry = Registry(settings["database"])
    for module, constants in settings["constants"].items():
        if missing := constants.keys() - vars(sys.modules[module]).keys():
            raise LookupError(f"{module} has no {', '.join(missing)}")
        vars(sys.modules[module]).update(constants)
    die_in(registry[settings["model"]], settings["method"], settings["calls"])
    with registry.cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {}).ref(settings["action"]).method_direct_trigger()


def die_in(model, name, calls):
    method, done = getattr(model, name), []

    def dying(self, *args, **kwargs):
        result = method(self, *args, **kwargs)
        done.append(self)
        if len(done) == calls:
            self.env.flush_all()
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(model, name, dying)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
