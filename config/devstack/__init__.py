"""Local stand-ins for the production services: PostgreSQL and Valkey from wheels, and the programs on top of them.

Read `services.py` first: `Stack` is all that the rest of the project needs to know.
"""
