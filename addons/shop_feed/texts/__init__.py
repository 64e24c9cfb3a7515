"""Texts as channels want them: out of HTML, cut at a word, in quiet letters."""
