"""What people write down for the program: the branch file and the settings of a terminal.

Import from the modules: :mod:`~queueapp.config.branch_file`, :mod:`~queueapp.config.sample_branch`,
:mod:`~queueapp.config.branch_difference` and :mod:`~queueapp.config.settings`. Only the last one
needs pydantic, so the others stay quick to import.
"""
