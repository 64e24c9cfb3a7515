from . import (
    link,
    listino,
    listino_sending,
    online,
    portal,
)
