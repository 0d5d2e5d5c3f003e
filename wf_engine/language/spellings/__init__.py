"""Old spellings (language §10): read as what they mean today, with every place where it stands in the text.

`modernised(record, node)` gives a record's map in today's spelling and what there is to say of it; whoever reads the
map afterwards meets no old spelling.
"""

from wf_engine.language.spellings.meaning import meaning
from wf_engine.language.spellings.model import OLD_KINDS, Modern
from wf_engine.language.spellings.pipeline import OLD_OPERATIONS
from wf_engine.language.spellings.records import modern_name, modernised

__all__ = ["OLD_KINDS", "OLD_OPERATIONS", "Modern", "meaning", "modern_name", "modernised"]
