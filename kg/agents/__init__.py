"""`kg mcp`: a graph as tools of an assistant, over the Model Context Protocol.

Rule: every answer names the documents that it rests on, and nothing here writes. What the tools say is in `answers`, which knows
nothing of the protocol; `server` speaks it.
"""

from __future__ import annotations
