"""Functions that are compiled to machine code, once a machine: the only door to numba.

What was compiled is kept in the user's cache folder, so that only the first forecaster on a machine
spends the seconds that it takes. Importing this takes about 0.3 s and 100 MB: it belongs into
the forecaster's own process and into commands, never into a terminal.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import numba

from queueapp.config.caches import compiled_code_folder

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """``function`` as machine code; same arguments, same answers, IEEE arithmetic.

    It makes no arrays, it fills those that it is given: so nothing has to be counted by whom it is
    still used. Counting the arrays of a scene at each look at one of them took 90 % of the time.
    """
    return _machine_code(function, is_called_from_python=True)


def compiled_within(function: Function) -> Function:
    """``function`` as machine code that only compiled functions call.

    Translating a scene's hundred arrays from Python into arguments is most of what there is to
    compile; so only those functions have such a door that need it.
    """
    return _machine_code(function, is_called_from_python=False)


def _machine_code(function: Function, *, is_called_from_python: bool) -> Function:
    vars(numba.config)["CACHE_DIR"] = str(machine_code_folder())
    options = {
        "cache": True,
        "error_model": "numpy",
        "_nrt": False,
        "no_cpython_wrapper": not is_called_from_python,
        "no_cfunc_wrapper": True,
    }
    return cast("Function", numba.jit(nopython=True, **options)(function))  # type: ignore[call-overload] # its stubs leave options out


def machine_code_folder() -> Path:
    """Where what is compiled from these sources is kept."""
    return compiled_code_folder() / _FINGERPRINT


def _fingerprint() -> str:
    """Another for every change of the sources: numba looks at one file, not at what it calls."""
    here = Path(__file__).parent
    sources = [*sorted(here.glob("kernel*.py")), here / "scene.py", Path(__file__)]
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


_FINGERPRINT = _fingerprint()
