"""Sphinx's configuration for the HTML manual; scripts/manual puts the pages of a language together and starts it."""

import os

language = os.environ["MANUAL_LANGUAGE"]
version = release = os.environ["MANUAL_VERSION"]
project = "Bascule"
author = "Bascule"
html_title = f"Bascule {version}"
extensions = ["myst_parser"]
root_doc = "index"
# Anchors as on GitHub, which the pages' links go by.
myst_heading_anchors = 4
# Nothing is typed by machine here that a reader would have to type back.
smartquotes = False
# An indented block is what somebody types.
highlight_language = "text"
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["manual.css"]
html_js_files = ["french.js"] if language == "fr" else []
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
# What a result says beside its title is fetched, which no browser does of a file: URL.
html_show_search_summary = False
