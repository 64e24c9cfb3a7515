"""One module a command of setup/."""
