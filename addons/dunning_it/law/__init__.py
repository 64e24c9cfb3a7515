"""What the law says about a late payment, without the ORM: facts and a table of dated values in, codes and numbers out.

Money is counted in whole cents, days are dates. Nothing legal is a constant here; every answer names the rows of the
table it rests on, so that the models can put it into words and show the sources.
"""
