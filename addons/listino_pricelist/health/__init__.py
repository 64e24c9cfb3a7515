"""What can be wrong with price lists, found on plain facts without the ORM.

:mod:`.conflicts` compares the rules of a list with each other, :mod:`.reach` with the products there are,
:mod:`.keys` with their own scope; :mod:`.circles` looks at how lists are based on each other and :mod:`.prices` at
what a product costs at each quantity.
"""
