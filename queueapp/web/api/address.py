"""Where the API is; another version of it would stand beside this one."""

ADDRESS = "/api/v1"
