from tests.cast import cast
from tests.private_files import private_files

__all__ = ["cast", "private_files"]
