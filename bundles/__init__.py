"""An answer with all that it rests on in one file that can be kept, sent, cited and checked."""

from .crate import Bundle, Question, write_bundle
from .verify import Verdict, read_bundle, verify

__all__ = ["Bundle", "Question", "Verdict", "read_bundle", "verify", "write_bundle"]
