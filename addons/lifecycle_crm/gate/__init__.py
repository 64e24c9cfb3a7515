"""May this contact be made now? One gate for every play and every channel, without the ORM.

The law is that of facts and settings handed in; a lawyer has the last word on what the settings are.
"""
