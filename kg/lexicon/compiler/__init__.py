"""The vocabulary compiler: one module per kind of entity, from the raw sources to drafts of entities with their names.

Rule: nothing here is needed to use the compiled vocabulary, and every choice is a table or a rule, never a hand edit of output.
"""
