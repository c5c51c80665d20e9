"""How the site is built: ``python -m sphinx -W --keep-going -b html docs docs/_build/html``.

Nothing here, and nothing that the gallery runs, needs a network connection.
"""

import os
import re
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"

import matxai

project = "matxai"
copyright = "the authors of matxai"
release = version = matxai.__version__

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.doctest",
    "sphinx_gallery.gen_gallery",
]
exclude_patterns = ["_build", "gallery", "gallery_out/**/*.ipynb"]
templates_path = ["_templates"]
# A reference to something that is not there is an error, as a misspelt name is in Python.
nitpicky = True
# nnet.layer.Layer is this class under MATLAB's name; the page stands there.
nitpick_ignore = [("py:class", "matxai.nets.custom_layers.CustomLayer")]

html_theme = "furo"
html_title = "matxai"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Function reference. Types stand in the docstrings, with shapes; signatures show the defaults.
autodoc_typehints = "none"
autosummary_generate = True
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False

# ``-b doctest -D plot_gallery=0`` runs the examples on the pages; pytest runs those in docstrings.
doctest_test_doctest_blocks = ""

sphinx_gallery_conf = {
    "examples_dirs": "gallery",
    "gallery_dirs": "gallery_out",
    "within_subsection_order": "FileNameSortKey",
    "abort_on_example_error": True,
    "reset_modules": ("matplotlib",),
    "min_reported_time": 1,
    # What title("…") returns, say: MATLAB's scripts end such lines with a semicolon.
    "ignore_repr_types": r"matxai\.graphics\.\w+\.\w*Handle",
    "write_computation_times": False,  # that page would load scripts from elsewhere
    "show_memory": False,
    "show_signature": False,
    "download_all_examples": False,
    "remove_config_comments": True,
    "backreferences_dir": None,
}


def check_reference_is_complete(app):
    """Warn, and so fail, where a public name is missing from the reference, or is gone."""
    from sphinx.util import logging

    index = Path(app.srcdir, "reference", "index.rst").read_text(encoding="utf-8")
    listed = set(re.findall(r"^ {3}(\w+)$", index, flags=re.MULTILINE))
    public = set(matxai.__all__)
    for name in sorted(listed ^ public):
        where = "has no such name" if name in listed else "is not listed in reference/index.rst"
        logging.getLogger(__name__).warning("matxai.%s: %s", name, where)


def skip_what_is_not_matlabs(app, what, name, obj, skip, options):
    """Leave out methods that MATLAB's class does not have: they serve the package itself."""
    if callable(obj) and not getattr(obj, "__matlab_function__", False):
        return True
    return None


def setup(app):
    app.connect("autodoc-skip-member", skip_what_is_not_matlabs)
    app.connect("builder-inited", check_reference_is_complete)
