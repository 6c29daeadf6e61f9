"""Where a branch lives: tables, transactions and the change feed, on SQLite and PostgreSQL."""
