"""How the weights of `briefing/data/all/extraction_*.json` are learned; see `train.py`. Nothing here runs with the
package."""
