"""A table as an office has it, and areas of a map, for tests of how a region is begun."""

import json
from typing import Any

HEADER = ["Mã tỉnh", "Tên tỉnh", "Dân số (nghìn người)", "GRDP (tỷ đồng)", "Kinh độ", "Vĩ độ"]
CITIES = [
    ["92", "Cần Thơ", "1252,35", "108942,5", "105,5", "10,1"],
    ["89", "An Giang", "1905,52", "99906", "105,2", "10,5"],
    ["96", "Cà Mau", "1207,63", "73774", "105,05", "9,05"],
]
SQUARES = {"92": (105.5, 10.1), "89": (105.2, 10.5), "96": (105.05, 9.05)}


def text_of(*rows: list[str], mark: str = ";") -> str:
    return "\n".join(mark.join(row) for row in rows) + "\n"


def feature(key: Any, lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    """A square of a third of a degree."""
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [[round(lon + x / 6, 4), round(lat + y / 6, 4)] for x, y in corners]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": key, "properties": properties, "geometry": shape}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})
