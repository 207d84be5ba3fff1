"""Pretendard -> the font of card images. Run this with the path of `Pretendard-SemiBold.otf`; it needs fontTools, which nothing else does.

The font holds the syllables of KS X 1001, which is nearly all that Korean is written with, and the letters and signs of European
languages. The licence of Pretendard reserves its name, so the font has another one. Kerning is also written in the old form, since
Pillow without libraqm reads no other.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-not-found]
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0  # type: ignore[import-not-found]

FONT = Path(__file__).parent.parent / "src" / "digest" / "pictures" / "typeface" / "digest-cards.otf"
NAME = "Digest Cards"
RANGES = (
    (0x20, 0x7F), (0xA0, 0x250), (0x370, 0x460), (0x2000, 0x2070), (0x2070, 0x20D0), (0x2100, 0x2400), (0x2460, 0x2500),
    (0x25A0, 0x2700), (0x3000, 0x3100), (0x3130, 0x3190), (0x3200, 0x3400), (0xFF00, 0xFFF0),
)  # fmt: skip
FURTHER = "뙇뷁펲햏앜읭쟤걘넵꿱뚊먄뱜얬쬲챠켘톄퓰헀힝"
"""Syllables outside KS X 1001 that people write."""
KERNED = [chr(code) for code in range(0x21, 0x7F)]
DROPPED = ["vhea", "vmtx", "VORG", "GSUB", "GPOS", "GDEF", "DSIG", "BASE"]


def syllables() -> Iterator[str]:
    """Yield the 2,350 syllables of KS X 1001."""
    for row in range(0xB0, 0xC9):
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("euc_kr")


def kerning_of(font: TTFont) -> dict[tuple[str, str], int]:
    """Return how much closer pairs of letters stand, in units of the font, by the names of their glyphs."""
    table, names = font["GPOS"].table, font.getBestCmap()
    wanted = {names[ord(char)] for char in KERNED if ord(char) in names}
    lookups = {
        place
        for feature in table.FeatureList.FeatureRecord
        if feature.FeatureTag == "kern"
        for place in feature.Feature.LookupListIndex
    }
    pairs: dict[tuple[str, str], int] = {}
    for place in sorted(lookups):
        for part in table.LookupList.Lookup[place].SubTable:
            found = part.ExtSubTable if part.LookupType == 9 else part
            for first in wanted.intersection(found.Coverage.glyphs):
                for second, value in _seconds(found, first, wanted):
                    pairs.setdefault((first, second), value)
    return {pair: value for pair, value in sorted(pairs.items()) if value}


def _seconds(found: object, first: str, wanted: set[str]) -> Iterator[tuple[str, int]]:
    if found.Format == 1:  # type: ignore[attr-defined]
        record = found.PairSet[found.Coverage.glyphs.index(first)]  # type: ignore[attr-defined]
        for pair in record.PairValueRecord:
            if pair.SecondGlyph in wanted:
                yield pair.SecondGlyph, pair.Value1.XAdvance if pair.Value1 else 0
        return
    records = found.Class1Record[found.ClassDef1.classDefs.get(first, 0)].Class2Record  # type: ignore[attr-defined]
    for second in sorted(wanted):
        value = records[found.ClassDef2.classDefs.get(second, 0)].Value1  # type: ignore[attr-defined]
        if value and getattr(value, "XAdvance", 0):
            yield second, value.XAdvance


def main() -> None:
    """Write the font."""
    source = TTFont(sys.argv[1])
    pairs = kerning_of(source)
    options = subset.Options()
    options.layout_features, options.hinting, options.notdef_outline, options.name_IDs = [], False, True, ["*"]
    options.drop_tables += DROPPED
    subsetter = subset.Subsetter(options)
    codes = {code for start, end in RANGES for code in range(start, end)}
    subsetter.populate(unicodes=codes | set(map(ord, syllables())) | set(map(ord, FURTHER)))
    subsetter.subset(source)
    kern = newTable("kern")
    kern.version, part = 0, KernTable_format_0()
    part.version, part.coverage, part.apple, part.tupleIndex = 0, 1, False, None
    part.kernTable = pairs
    kern.kernTables = [part]
    source["kern"] = kern
    for record in source["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = NAME.replace(" ", "") if record.nameID in (3, 6) else NAME
    top = source["CFF "].cff
    top.fontNames[0] = NAME.replace(" ", "")
    top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = NAME
    source["head"].modified = source["head"].created
    source.recalcTimestamp = False
    FONT.parent.mkdir(exist_ok=True)
    source.save(FONT)


if __name__ == "__main__":
    main()
