//! Every key of the report file: what it holds, and what editors say of it.

use super::Kind;
use crate::manifest::dimensions;

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// 中文说明.
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    /// What holds where it is left out, as JSON or else as a word.
    pub(super) default: Option<&'static str>,
    /// Whether the table can't do without it.
    pub(super) required: bool,
}

impl Key {
    const fn new(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Key {
        Key { name, kind, zh, en, default: None, required: false }
    }

    const fn by_default(self, default: &'static str) -> Key {
        Key { default: Some(default), ..self }
    }

    const fn required(self) -> Key {
        Key { required: true, ..self }
    }
}

/// The tables of the file.
pub(super) const ROOT: &[Key] = &[
    Key::new("report", Kind::Table(REPORT), "标题、作者、日期", "Title, author, date"),
    Key::new(
        "document",
        Kind::Table(DOCUMENT),
        "正式印发的公文：版头、版记、签发人；汇报材料不写",
        "What makes it a document that is issued: red head, colophon, signers; a plain report has none",
    ),
    Key::new("style", Kind::Table(STYLE), "版式；不写就是 GB/T 9704", "The look; GB/T 9704 by default"),
    Key::new(
        "section",
        Kind::Tables(SECTION),
        "正文的一节；没有 heading 的是开头或结尾的段落",
        "A section; without a heading it is opening or closing paragraphs",
    ),
    Key::new("figures", Kind::Figures, "全文用的数", "The figures of the whole report"),
    Key::new("placeholders", Kind::Table(PLACEHOLDERS), "哪些 X 不是空", "Which X are no holes"),
    Key::new("rule", Kind::Tables(RULE), "勾稽关系：数与数之间要对得上的式子", "A rule that the figures must obey"),
    Key::new("accept", Kind::Tables(ACCEPT), "认可一处对不上的，写明原因", "Accepts a broken rule, with a reason"),
    Key::new(
        "lints",
        Kind::Lints,
        "问题的等级：allow 不报，warn 警告，deny 当错误；错误不能降级",
        "Grades of faults: allow, warn or deny; errors stay errors",
    ),
    Key::new(
        "words",
        Kind::Table(WORDS),
        "词表：校对用的，行末不拆的",
        "Words for the proofreader, names that lines keep whole",
    ),
    Key::new(
        "template",
        Kind::Either(&[Kind::Text, Kind::Table(TEMPLATE)]),
        "所用的模板文件；模板自己则写成 [template] 表",
        "The template that this file builds on; in a template a table of its own",
    ),
];

/// `[template]`, in a file that is meant to be shared.
pub(super) const TEMPLATE: &[Key] = &[
    Key::new("name", Kind::Text, "模板的名称", "Its name"),
    Key::new("version", Kind::Text, "模板的版本", "Its version"),
    Key::new(
        "requires",
        Kind::Text,
        "要用哪个版本的 report-gen，如 \">=0.2\"",
        "Versions of report-gen that can read it",
    ),
    Key::new("base", Kind::Text, "模板自己所用的模板", "The template that it builds on itself"),
];

/// `[report]`.
pub(super) const REPORT: &[Key] = &[
    Key::new("title", Kind::Words, "标题；其中的换行保留", "The title; its line breaks are kept"),
    Key::new("subtitle", Kind::Text, "副标题", "A second title under it"),
    Key::new("author", Kind::Text, "作者，排在标题下面", "Who reports; stands under the title"),
    Key::new(
        "date",
        DAY,
        "日期，不加引号：2025-11-20；还有空的加引号：\"20XX年X月X日\"",
        "The date, without quotes: 2025-11-20; with holes in quotes: \"20XX年X月X日\"",
    ),
    Key::new("salutation", Kind::Text, "称谓，如“县委：”", "The salutation"),
    Key::new(
        "output",
        Kind::Text,
        "生成的文件名，不带后缀；不写就用本文件的名字",
        "Name of the files that are written, without extension; this file's own by default",
    ),
    Key::new("lang", Kind::Text, "文字的语言", "Language of the text").by_default("zh-CN"),
    Key::new(
        "signature",
        TEXTS,
        "署名，排在正文后面；几个单位写成数组",
        "Who signs under the text; several offices in an array",
    ),
    Key::new(
        "signed_on",
        DAY,
        "成文日期，排在署名下面；还有空的加引号：\"20XX年X月X日\"",
        "The date of signing, under the signature; with holes in quotes: \"20XX年X月X日\"",
    ),
    Key::new("attachments", Kind::Tables(ATTACHMENT), "附件", "Attachments"),
];

/// A day, or words for one: with holes, without a day, or in hanzi.
const DAY: Kind = Kind::Either(&[Kind::Date, Kind::DayWords]);

/// `[document]`.
pub(super) const DOCUMENT: &[Key] = &[
    Key::new("form", Kind::Choice(&["文件", "信函", "命令", "纪要"]), "公文的格式", "The form of the document")
        .by_default("文件"),
    Key::new(
        "copy",
        Kind::Either(&[Kind::Integer(1, 999_999), Kind::Words]),
        "份号，印成六位；\"1-40\" 是每号各生成一份",
        "The copy's number, printed with six digits; \"1-40\" makes one pair of files for each",
    ),
    Key::new("secrecy", Kind::Text, "密级和保密期限，如 秘密★1年", "Secrecy and its period, such as 秘密★1年"),
    Key::new("urgency", Kind::Text, "紧急程度：特急或加急", "Urgency: 特急 or 加急"),
    Key::new(
        "issuer",
        TEXTS,
        "发文机关；联合行文写成数组，主办的在前",
        "Who issues it; several in an array, the host first",
    ),
    Key::new(
        "mark",
        Kind::Text,
        "发文机关标志；不写就是发文机关加“文件”",
        "The red mark; by default the issuer's name and 文件",
    ),
    Key::new("number", Kind::Text, "发文字号，如 X政发〔2026〕X号", "The document's number, such as X政发〔2026〕X号"),
    Key::new("signers", TEXTS, "签发人，只用于上行文", "Who signed it, for documents to a superior office alone"),
    Key::new("addressees", TEXTS, "主送机关", "The addressees"),
    Key::new("present", TEXTS, "纪要的出席人员", "Who was present, in minutes"),
    Key::new("absent", TEXTS, "纪要的请假人员", "Who was excused, in minutes"),
    Key::new("observers", TEXTS, "纪要的列席人员", "Who observed, in minutes"),
    Key::new("note", Kind::Text, "附注，不写括号，如 此件公开发布", "The note under the date, without its brackets"),
    Key::new("contact", Kind::Text, "联系人和电话，写在附注的位置", "Whom to ask, in the place of the note"),
    Key::new("copies_to", TEXTS, "抄送机关", "Who gets copies"),
    Key::new("printed_by", Kind::Text, "印发机关", "The office that prints and sends it"),
    Key::new(
        "printed_on",
        DAY,
        "印发日期，不加引号：2026-03-06",
        "The day on which it is sent, without quotes: 2026-03-06",
    ),
    Key::new(
        "seal",
        Kind::Either(&[Kind::Bool, Kind::Choice(&["签名章"])]),
        "落款处留不留盖章的位置；命令不写就是签名章",
        "The seal that the signature leaves room for; an order has the signet by default",
    )
    .by_default("false"),
    Key::new(
        "overprint",
        Kind::Bool,
        "套打：红色的部分不印，位置留着",
        "For paper with a printed red head: what is red is left out and its room stays",
    )
    .by_default("false"),
];

/// One text, or several.
const TEXTS: Kind = Kind::Either(&[Kind::Text, Kind::Several(&Kind::Text)]);

/// `attachments`.
pub(super) const ATTACHMENT: &[Key] = &[
    Key::new("title", Kind::Words, "附件的标题", "The attachment's title").required(),
    Key::new(
        "sections",
        Kind::Several(&Kind::Text),
        "附件由哪几节组成，写节的 id；不写就是另送的附件",
        "Ids of the sections that it is made of; none for one that is sent along separately",
    ),
    Key::new(
        "file",
        Kind::Text,
        "附件就是这个文件：.csv、.xlsx 印成表，.png、.jpg 印成图",
        "The file that it is: .csv and .xlsx are printed as a table, .png and .jpg as a picture",
    ),
];

/// `[style]`.
pub(super) const STYLE: &[Key] = &[
    Key::new("preset", Kind::Choice(&["gbt9704"]), "版式标准", "The standard of the page").by_default("gbt9704"),
    Key::new(
        "numbering",
        Kind::Choice(&["run-in", "block", "none"]),
        "标题编号：run-in 段首“一是……。”，block “一、（一）1.（1）”，none 不编",
        "Numbers of headings: run-in 一是…。, block 一、（一）1.（1）, or none",
    )
    .by_default("run-in"),
    Key::new(
        "item_mark",
        Kind::Choice(&[".", "．"]),
        "“1.”后面的点：半角的 .，或全角的 ．",
        "The mark after 1 of a heading or an item: . or ．",
    )
    .by_default("."),
    Key::new(
        "lead",
        Kind::Choice(&["bold", "kai", "hei", "body"]),
        "段首那一句的字体：bold 加粗，kai 楷体，hei 黑体，body 同正文",
        "The face of a run-in heading: bold, kai, hei, or body as the text",
    )
    .by_default("bold"),
    Key::new(
        "bold_levels",
        Kind::Several(&Kind::Integer(1, 4)),
        "哪几级标题再加粗，如 [3]",
        "Levels of block headings that are bold besides, such as [3]",
    )
    .by_default("[]"),
    Key::new(
        "type_area",
        Kind::Choice(&["line", "glyph"]),
        "版心的量法：line 按行框，glyph 按字面",
        "How lines fill the type area: by line boxes, or from ink to ink",
    )
    .by_default("line"),
    Key::new(
        "page_number",
        Kind::Choice(&["outer", "center", "none"]),
        "页码：outer 单右双左，center 居中，none 没有",
        "Page number: outer (odd right, even left), center or none",
    )
    .by_default("outer"),
    Key::new(
        "latin_gap",
        Kind::Numbers(&[0.0, 0.125, 0.25]),
        "汉字与数字、字母之间的空，以字宽计",
        "Space between hanzi and digits or letters, in em",
    )
    .by_default("0"),
    Key::new(
        "widow_control",
        Kind::Bool,
        "是否不让一段的首行或末行单独在一页",
        "Whether a paragraph's first or last line may not stand alone on a page",
    )
    .by_default("false"),
    Key::new(
        "table_lines",
        Kind::Choice(&["grid", "three"]),
        "表线：grid 全线，three 三线",
        "Lines of tables: grid, or three as scientific tables have",
    )
    .by_default("grid"),
    Key::new(
        "faces",
        Kind::Choice(&["own", "office", "gb2312"]),
        "Word 文档里的字体名：own 自带，office 仿宋、楷体，gb2312 仿宋_GB2312、楷体_GB2312",
        "Families that the Word file names: own, office (仿宋, 楷体) or gb2312 (仿宋_GB2312, 楷体_GB2312)",
    )
    .by_default("own"),
    Key::new(
        "embed",
        Kind::Choice(&["used", "common", "none"]),
        "Word 文档带哪些字：used 用到的，common 另加常用字（草稿默认），none 不带",
        "Characters that the Word file carries: used, common as well (the default of drafts), or none",
    )
    .by_default("used"),
    Key::new(
        "pdf_standard",
        Kind::Choice(&["a-1b", "a-2b", "a-2a", "none"]),
        "PDF 的存档标准（PDF/A）：a-1b、a-2b、a-2a（另有供朗读的结构），none 不标",
        "The archive standard of the PDF (PDF/A): a-1b, a-2b, a-2a (with structure for reading aloud), or none",
    )
    .by_default("a-2a"),
    Key::new("toc", Kind::Bool, "标题后加目录", "Contents after the title").by_default("false"),
    Key::new(
        "fonts",
        Kind::Table(FONTS),
        "各处的字体，写字体的名字；文件所在的文件夹用 --font-dir 指出",
        "Faces by role, by their names; --font-dir names the folders of their files",
    ),
    Key::new("sizes", Kind::Table(SIZES), "字号", "Sizes of type"),
    Key::new("line_pitch", Kind::Length, "行距，如 \"28pt\"", "Distance between lines, such as \"28pt\"")
        .by_default("28.95pt"),
    Key::new("margins", Kind::Table(MARGINS), "页边距", "Margins"),
];

/// `fonts`.
pub(super) const FONTS: &[Key] = &[
    Key::new("body", Kind::Words, "正文，如 \"仿宋_GB2312\"", "The text"),
    Key::new("heading1", Kind::Words, "一级标题，如 \"黑体\"", "Headings of the first level"),
    Key::new(
        "heading2",
        Kind::Words,
        "二级标题和作者，如 \"楷体_GB2312\"",
        "Headings of the second level, author lines",
    ),
    Key::new("title", Kind::Words, "大标题，如 \"方正小标宋简体\"", "The title"),
    Key::new("song", Kind::Words, "页码、数字和字母，如 \"宋体\"", "Page numbers, digits and letters"),
    Key::new("latin", Kind::Words, "文中的数字和字母，如 \"Times New Roman\"", "Digits and letters of the text"),
    Key::new("rare", Kind::Words, "生僻字，如 \"SimSun-ExtB\"", "Rare characters"),
];

/// `sizes`.
pub(super) const SIZES: &[Key] = &[
    Key::new("body", SIZE, "正文和小标题的字号", "Text and headings").by_default("三号"),
    Key::new("title", SIZE, "大标题的字号", "The title").by_default("二号"),
    Key::new("page_number", SIZE, "页码的字号", "The page number").by_default("四号"),
];

/// A size of type.
const SIZE: Kind = Kind::Either(&[Kind::Choice(&dimensions::SIZE_NAMES), Kind::Length]);

/// `margins`. With `type_area = "glyph"` they are measured to the ink.
pub(super) const MARGINS: &[Key] = &[
    Key::new("top", Kind::Length, "上边距", "The upper margin").by_default("37mm"),
    Key::new("bottom", Kind::Length, "下边距", "The lower margin").by_default("35mm"),
    Key::new("left", Kind::Length, "左边距", "The left margin").by_default("28mm"),
    Key::new("right", Kind::Length, "右边距", "The right margin").by_default("26mm"),
];

/// `[[section]]`.
pub(super) const SECTION: &[Key] = &[
    Key::new("id", Kind::Text, "节的名字，供别处引用", "A name by which others mean this section"),
    Key::new("heading", Kind::Text, "小标题", "The heading"),
    Key::new("level", Kind::Integer(1, 4), "标题的级", "Level of the heading").by_default("1"),
    Key::new(
        "text",
        Kind::Text,
        "正文，照抄草稿，要填的地方写 X；可用 Markdown，脚注写 [^1] 和“[^1]: 注文”",
        "The text, as the draft has it, with X where a figure belongs; Markdown, footnotes as [^1] and a line `[^1]: …`",
    ),
    Key::new("figures", Kind::Figures, "只在本节里用的数", "Figures of this section alone"),
    Key::new("table", Kind::Tables(TABLE), "表格", "Tables"),
    Key::new("picture", Kind::Tables(PICTURE), "图片", "Pictures"),
    Key::new(
        "when",
        Kind::Text,
        "什么时候才有这一节，如 '\"志愿服务X次\" > 0'",
        "What must hold for the section to be there, such as '\"志愿服务X次\" > 0'",
    ),
    Key::new("after", Kind::Text, "插在模板的哪一节后面", "After which section of the template it stands"),
    Key::new("drop", Kind::Bool, "删去模板的这一节", "Leaves this section of the template out"),
    Key::new("page_break", Kind::Bool, "另起一页", "Begins a page").by_default("false"),
];

/// `[[section.table]]`.
pub(super) const TABLE: &[Key] = &[
    Key::new(
        "id",
        Kind::Text,
        "名字：正文里单独一段 {{名字}} 就放在那里；格里的空用“名字>行头>列头”填",
        "A name: {{name}} alone in a paragraph places it; holes in its cells are filled by name>row head>column head",
    ),
    Key::new("caption", Kind::Text, "表题，前面由程序编“表1”", "The caption, after the number that the program gives"),
    Key::new(
        "source",
        Kind::Text,
        "数据文件 .csv 或 .xlsx，从报告所在文件夹写起，第一行是表头",
        "A .csv or .xlsx file, from the report's folder; its first row is the head",
    ),
    Key::new("sheet", Kind::Text, "工作表的名字；不写就是第一张", "The sheet of a workbook; the first by default"),
    Key::new(
        "rows",
        Kind::Several(&Kind::Several(&Kind::Either(&[Kind::Text, Kind::Number]))),
        "直接写的各行，第一行是表头；\"<\" 与左格合并，\"^\" 与上格合并",
        "The rows themselves, the head first; \"<\" joins a cell to its left, \"^\" to the one above",
    ),
    Key::new(
        "only",
        Kind::Several(&Kind::Text),
        "只印这几列，按这里的先后；不写就印全部",
        "The heads of the columns to print, in this order; all by default",
    ),
    Key::new(
        "columns",
        Kind::Tables(COLUMN),
        "对各列的说明；没有说到的列照样印，不印的用 only 去掉",
        "What is said of its columns; those it does not name are printed all the same, unless `only` leaves them out",
    ),
    Key::new(
        "lines",
        Kind::Choice(&["grid", "three"]),
        "表线：grid 全线，three 三线；不写就依 [style] table_lines",
        "Its lines: grid or three; by default as table_lines of [style]",
    ),
    Key::new(
        "landscape",
        Kind::Bool,
        "true：横排，单独占页，表头朝左，页码位置不变；列多的宽表用",
        "true: across the paper on pages of its own, the page number where it always is; for wide tables",
    ),
    Key::new(
        "hidden",
        Kind::Bool,
        "true：source 里隐藏的行和列也印；默认不印",
        "true: rows and columns that the source hides are printed as well; by default they are not",
    ),
];

/// `[[section.picture]]`.
pub(super) const PICTURE: &[Key] = &[
    Key::new(
        "id",
        Kind::Text,
        "名字：正文里单独一段 {{名字}} 就放在那里",
        "A name: {{name}} alone in a paragraph places it",
    ),
    Key::new(
        "file",
        Kind::Text,
        "PNG 或 JPEG 文件，从报告所在文件夹写起",
        "A PNG or JPEG file, from the report's folder",
    )
    .required(),
    Key::new("caption", Kind::Text, "图题，前面由程序编“图1”", "The caption, after the number that the program gives"),
    Key::new(
        "alt",
        Kind::Text,
        "图上是什么，读给看不见的人听；不写就用图题",
        "What it shows, for those who can't see it; by default the caption",
    ),
    Key::new("width", Kind::Length, "宽度，如 12cm", "Its width, such as 12cm"),
];

/// `columns` of a table.
pub(super) const COLUMN: &[Key] = &[
    Key::new("key", Kind::Text, "列头", "Its head").required(),
    Key::new("width", Kind::Length, "列宽，如 4cm", "Its width, such as 4cm"),
    Key::new(
        "kind",
        Kind::Choice(&["integer", "number", "percent", "money", "text", "date", "list"]),
        "这一列是什么",
        "What its cells are",
    ),
    Key::new("sum", Kind::Bool, "加合计；已有合计行就核对", "Whether it has a total; one that is there is checked")
        .by_default("false"),
];

/// A figure that is a table of its own.
pub(super) const FIGURE: &[Key] = &[
    Key::new("value", Kind::Given, "数值；不写就是还缺", "The value; without it the figure is missing"),
    Key::new("list", Kind::Names, "并列的名称，可多可少", "Names, however many"),
    Key::new(
        "count",
        Kind::Integer(0, i64::MAX),
        "“等X个”的数，名称没有列全时写",
        "How many are counted, where not all are named",
    ),
    Key::new("id", Kind::Text, "名字，别处写 X{名字} 就重复这个数", "A name; X{name} elsewhere repeats the value"),
    Key::new("repeat", Kind::Bool, "一个数可以填好几处", "Whether it may fill several places").by_default("false"),
    Key::new(
        "kind",
        Kind::Choice(&["integer", "number", "percent", "money", "text", "date", "list"]),
        "种类；不写就看填的是什么",
        "What it is; by default as its value tells",
    ),
    Key::new("min", Kind::Given, "最小值", "The least that it may be"),
    Key::new("max", Kind::Given, "最大值", "The most that it may be"),
    Key::new("choices", Kind::Several(&Kind::Given), "只能是其中之一", "What it may be, one of these"),
    Key::new(
        "pattern",
        Kind::Text,
        "写法，整个值都要符合（正则表达式）",
        "What the whole of it looks like, as a regular expression",
    ),
    Key::new("optional", Kind::Bool, "可以不填，不填就用 default", "Whether its default may stand for it")
        .by_default("false"),
    Key::new("default", Kind::Given, "不填时用的值", "What it is where it stays open"),
    Key::new("unit", Kind::Text, "单位；不写就看正文", "The unit; by default as the text has it"),
    Key::new("label", Kind::Text, "表格和提示里的名称", "Its name in forms and messages"),
    Key::new("hint", Kind::Text, "填报说明", "Advice for who fills it in"),
    Key::new("owner", Kind::Text, "谁来填", "Who fills it in"),
    Key::new("source", Kind::Text, "数从哪里来", "Where the figure is from"),
    Key::new("as_of", Kind::Date, "数截至哪一天", "The day up to which it counts"),
    Key::new(
        "format",
        Kind::Choice(&["plain", "grouped", "wan", "chinese", "financial", "percent", "growth", "long", "month"]),
        "印成什么样",
        "How it is printed",
    )
    .by_default("plain"),
    Key::new(
        "compute",
        Kind::Text,
        "由别的数算出来的式子，写了就不写 value",
        "An expression that gives the value, in place of it",
    ),
    Key::new(
        "round",
        Kind::Either(&[Kind::Integer(-12, 20), Kind::Table(ROUND)]),
        "保留几位小数，四舍五入；负数舍到十、百、千",
        "Digits after the point that are kept; below 0 tens, hundreds, thousands",
    ),
];

/// `round` as a table.
const ROUND: &[Key] = &[
    Key::new("digits", Kind::Integer(-12, 20), "保留几位小数", "Digits after the point that are kept").required(),
    Key::new(
        "half",
        Kind::Choice(&["up", "even"]),
        "正好一半时：up 四舍五入，even 四舍六入五成双（GB/T 8170）",
        "What becomes of a half: up, or to the even digit (GB/T 8170)",
    )
    .by_default("up"),
];

/// `[[rule]]`.
pub(super) const RULE: &[Key] = &[
    Key::new("id", Kind::Text, "名字，供 [[accept]] 引用", "A name by which [[accept]] means it"),
    Key::new("check", Kind::Text, "要成立的式子", "What must hold").required(),
    Key::new("message", Kind::Text, "不成立时说的话", "What is said where it does not"),
    Key::new("level", Kind::Choice(&["error", "warning"]), "不成立时的等级", "How grave it is").by_default("error"),
    Key::new(
        "tolerance",
        Kind::Either(&[Kind::AtLeast(0), Kind::Text]),
        "允许相差多少",
        "By how much both sides may differ",
    ),
];

/// `[[accept]]`.
pub(super) const ACCEPT: &[Key] = &[
    Key::new("rule", Kind::Text, "勾稽关系的名字", "Id of the rule").required(),
    Key::new("reason", Kind::Words, "为什么认可", "Why it is right all the same").required(),
    Key::new("until", Kind::Date, "认可到哪一天", "Until which day"),
];

/// `[placeholders]`.
pub(super) const PLACEHOLDERS: &[Key] = &[Key::new(
    "literal",
    Kind::Several(&Kind::Text),
    "其中的 X 就是 X 的短语，如 [\"1+X\"]",
    "Phrases in which X is itself, such as [\"1+X\"]",
)];

/// `[words]`.
pub(super) const WORDS: &[Key] = &[
    Key::new("banned", Kind::Several(&Kind::Text), "不许出现的词", "Words that may not occur"),
    Key::new(
        "preferred",
        Kind::Replacements,
        "左边的词一律改用右边的，如 { \"登陆系统\" = \"登录系统\" }",
        "Words to be replaced, by what",
    ),
    Key::new(
        "names",
        Kind::Several(&Kind::Text),
        "本单位和下属单位的名字；正文里别的地名会提醒",
        "The office's own names; those of other places in the text are warned of",
    ),
    Key::new(
        "keep",
        Kind::Several(&Kind::Text),
        "行末不拆开的人名、专名；领导人的名字不用写",
        "Names that are never parted at a line's end; those of state leaders need not be listed",
    ),
];
