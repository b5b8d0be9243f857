"""How the weights of `briefing/data/all/extraction_*.json` are learned; see `train.py`."""
