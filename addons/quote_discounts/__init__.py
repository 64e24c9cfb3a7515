from . import controllers
from . import models
from . import wizard
from . import models, wizard
from . import controllers, models, wizard
