"""Makes own.otf and own.ttf, some characters of the bundled faces with PostScript and TrueType outlines."""
import sys
from fontTools.ttLib import TTFont
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools import subset
root, out = sys.argv[1:]
CHARS = "青石镇工作汇报召开会议次一二三四五六七八九十，。、：“”（）—0123456789 %abcX"
def small(name):
    font = TTFont(f"{root}/fonts/{name}")
    options = subset.Options(); options.name_IDs = []; options.notdef_outline = True; options.hinting = False
    cut = subset.Subsetter(options); cut.populate(text=CHARS); cut.subset(font)
    return font
def named(fb, zh, en, ps):
    fb.setupNameTable({"familyName": {"en": en, "zh": zh}, "styleName": "Regular", "fullName": {"en": en, "zh": zh},
        "psName": ps, "uniqueFontIdentifier": ps, "version": "1.0",
        "licenseDescription": "SIL Open Font License 1.1; part of a face of report-gen, for its tests", "licenseInfoURL": "https://openfontlicense.org"}, mac=False)
src = small("ReportGenTitle-Regular.ttf"); glyphs = src.getGlyphSet(); order = src.getGlyphOrder()
fb = FontBuilder(1000, isTTF=False)
fb.setupGlyphOrder(order); fb.setupCharacterMap(src.getBestCmap())
strings = {}
for g in order:
    pen = T2CharStringPen(glyphs[g].width, glyphs); glyphs[g].draw(pen); strings[g] = pen.getCharString()
fb.setupCFF("TestTitle", {"FullName": "Test Title"}, strings, {})
fb.setupHorizontalMetrics({g: src["hmtx"][g] for g in order})
fb.setupHorizontalHeader(ascent=880, descent=-120); named(fb, "测试标宋", "Test Title", "TestTitle")
fb.setupOS2(sTypoAscender=880, sTypoDescender=-120, fsType=0); fb.setupPost()
fb.updateHead(created=0, modified=0) if hasattr(fb,'updateHead') else None
fb.font["head"].created = fb.font["head"].modified = 0; fb.font.recalcTimestamp = False
fb.save(f"{out}/own.otf")
src = small("ReportGenKai-Regular.ttf")
fb = FontBuilder(font=src); named(fb, "测试楷体", "Test Kai", "TestKai")
src["OS/2"].fsType = 0; src.recalcTimestamp = False
src.save(f"{out}/own.ttf")
