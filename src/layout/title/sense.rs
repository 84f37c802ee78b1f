//! What a turn costs at each place of a title: nothing where it breathes, little between words, much beside a
//! particle, within brackets and between a number and its unit, most within a word.

use crate::layout::punct::{Class, Turn};
use crate::layout::segment::Segment;
use crate::length::Length;
use crate::words::{Joint, is_office, is_place, joints};

/// What it costs to turn at a place; [`super::shape`] adds what the lines' lengths cost.
mod cost {
    /// Before 关于, where the name of the office ends: better than none.
    pub(super) const ABOUT: i64 = -8;
    /// Where a title breathes: after a pause.
    pub(super) const BREATH: i64 = 0;
    /// Between the names of two offices; beside a bracket.
    pub(super) const PAUSE: i64 = 6;
    /// Between two words.
    pub(super) const WORDS: i64 = 14;
    /// Behind a date that says when what follows is.
    pub(super) const DATE: i64 = 14;
    /// Between two words of two hanzi that are said in one breath: 整治|提升.
    pub(super) const PAIR: i64 = 26;
    /// Behind a verb that waits for its object: 关于做好|; beside a single hanzi.
    pub(super) const CLOSE: i64 = 34;
    /// Before what only says what the words before it are: 会议|精神.
    pub(super) const HEAD: i64 = 60;
    /// Added where one word alone stands between 和 and the turn, which parts what 和 joins: 和地质灾害|隐患.
    pub(super) const SECOND_OF_TWO: i64 = 24;
    /// Added where one word alone stands between the turn and 和: |考勤和请假.
    pub(super) const FIRST_OF_TWO: i64 = 8;
    /// Between the words of a term: 乡村|振兴; between a place and its office: 龙门镇|人民政府.
    pub(super) const TERM: i64 = 60;
    /// Between the words of a long one, which is a name: 习近平新时代中国特色社会主义思想.
    pub(super) const LONG_TERM: i64 = 110;
    /// Behind 关于 and 中共, behind what only introduces a word.
    pub(super) const INTRODUCED: i64 = 90;
    /// Within brackets whose content fits on a line.
    pub(super) const BRACKETS: i64 = 120;
    /// Within brackets that are longer than a line, over what the place costs else.
    pub(super) const LONG_BRACKETS: i64 = 24;
    /// Beside 的 or 和; between a number and its unit.
    pub(super) const PARTICLE: i64 = 170;
    /// Within a word.
    pub(super) const TORN: i64 = 400;
}

/// Hanzi of a long term.
const LONG: usize = 7;

/// Words that neither end a line nor begin one.
const PARTICLES: &[&str] = &["的", "和", "暨", "与", "及", "以及", "之", "或", "并", "等", "地", "得", "了"];

/// Words that introduce what follows, and begin a line well.
const PREPOSITIONS: &[&str] =
    &["对", "在", "向", "为", "以", "将", "把", "从", "就", "按照", "根据", "围绕", "针对", "通过", "对于", "同"];

/// Words that say how something is done: they belong to the verb after them, and a thought ends before them.
#[rustfmt::skip]
const ADVERBS: &[&str] = &[
    "进一步", "切实", "深入", "扎实", "全面", "持续", "认真", "大力", "积极", "有效", "严格", "统筹", "坚决", "不断", "继续", "全力",
    "加快", "着力", "有力有效", "有力有序", "依法", "尽快", "抓紧", "再次", "联合", "提前",
];

/// Words that belong to what follows.
#[rustfmt::skip]
const INTRODUCING: &[&str] = &[
    "中共", "第", "各", "全", "本", "我", "新", "老", "大", "小", "总", "副", "首", "有关", "相关", "若干", "几个", "部分", "拟", "再",
    "不", "更", "可", "未", "已", "全体", "广大", "各级", "各类", "现", "原", "其他", "其它", "同意",
];

/// Words that say of which kind the thing after them is.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "农村", "城乡", "城镇", "乡村", "全县", "全镇", "全市", "全省", "全国", "全乡", "全区", "我县", "我镇", "县级", "省级", "市级", "镇级",
    "村级", "国家级", "中央", "重点", "重大", "主要", "专项", "专题", "集中", "基层", "机关", "春季", "夏季", "秋季", "冬季", "年度",
];

/// Verbs that stand after 关于 and wait for an object.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "印发", "做好", "加强", "开展", "表彰", "召开", "成立", "调整", "推进", "落实", "举办", "实施", "深化", "完善", "改进", "规范", "建立",
    "组织", "报送", "配合", "贯彻", "设立", "申请", "解决", "支持", "促进", "提高", "提升", "转发", "批转", "启用", "抓好", "要求", "给予",
    "评选", "修订", "公布", "下达", "拨付", "防范", "推动", "健全", "强化", "聘任", "任命", "申报", "创建", "编制", "严禁", "严肃", "打好",
    "迎接", "参加", "确认", "废止", "授予", "命名", "追加", "进行", "取消", "暂停", "恢复", "建设", "商请", "修改", "落实好", "批准", "撤销",
    "请求", "要", "征求", "征集", "补助", "巩固", "拓展", "发展", "优化", "加大", "减轻", "遏制", "举行", "兑现", "执行", "同意", "恳请",
    "核定", "明确", "变更", "增加", "划拨", "安排", "学习", "配齐", "选派", "选聘", "公开", "招聘", "对照", "列入",
];

/// Words that only say what the words before them are, and close them.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "精神", "情况", "成果", "成效", "经验", "活动", "制度", "机制", "问题", "期间", "方面", "工作", "工程", "标准", "项目", "事项", "事宜",
    "资金", "经费", "人员", "名单", "行动", "同志", "阶段", "领域", "过程", "事业",
];

/// Single hanzi that close the words before them.
const CLOSING: &[char] = &[
    '上', '下', '中', '内', '外', '前', '后', '间', '里', '会', '月', '周', '日', '年', '员', '者', '性', '化', '型',
    '级', '率', '制', '局', '所', '站', '队', '组', '团', '院', '校', '办', '处', '科', '室', '厅', '部', '案', '书',
    '表', '费', '款', '类', '岗', '奖',
];

/// What a turn after each sign but the last costs, where lines of `measure` may turn at all.
pub(super) fn costs(segment: &Segment, measure: Length) -> Vec<Option<i64>> {
    let title = Title::of(segment);
    let mut costs: Vec<Option<i64>> = segment
        .gaps
        .iter()
        .enumerate()
        .map(|(at, gap)| match gap.turn {
            Turn::Free => Some(title.cost(at)),
            Turn::Soft | Turn::Joint => Some(cost::PARTICLE),
            Turn::Word | Turn::Never => None,
        })
        .collect();
    for (from, to) in brackets(segment) {
        let fits = segment.natural(&(from..to + 1)) <= measure;
        for cost in costs[from..to].iter_mut().flatten() {
            *cost = if fits { *cost + cost::BRACKETS } else { *cost + cost::LONG_BRACKETS };
        }
    }
    costs
}

/// The first and the last sign of each pair of brackets or quotation marks.
fn brackets(segment: &Segment) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, sign) in segment.signs.iter().enumerate() {
        if matches!(sign.class, Class::Opener | Class::LatinOpener) {
            open.push(at);
        } else if sign.class == Class::Closer || matches!(sign.c, ')' | ']' | '}') {
            pairs.extend(open.pop().map(|from| (from, at)));
        }
    }
    // Of nested ones the outer counts: what is within the inner is within it, too.
    let outer = |&(from, to): &(usize, usize)| !pairs.iter().any(|&(a, b)| a < from && to < b);
    pairs.iter().copied().filter(outer).collect()
}

/// A title cut into words.
struct Title {
    text: String,
    /// Where each sign begins in `text`, and where the last ends.
    bytes: Vec<usize>,
    classes: Vec<Class>,
    joints: Vec<Joint>,
    /// First and last sign of the word that each sign is in.
    words: Vec<(usize, usize)>,
}

impl Title {
    fn of(segment: &Segment) -> Title {
        let chars: Vec<char> = segment.signs.iter().map(|sign| sign.c).collect();
        let classes: Vec<Class> = segment.signs.iter().map(|sign| sign.class).collect();
        let joints = joints(&chars);
        let text: String = chars.iter().collect();
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut words = Vec::with_capacity(chars.len());
        let mut start = 0;
        for at in 0..chars.len() {
            let joint = joints.get(at).copied().unwrap_or(Joint::Between);
            let is_number = at + 1 < chars.len() && classes[at].is_word() && classes[at + 1].is_word();
            if joint == Joint::Between && !is_number {
                words.extend((start..=at).map(|_| (start, at)));
                start = at + 1;
            }
        }
        Title { text, bytes, classes, joints, words }
    }

    /// The word of the sign `at`.
    fn word(&self, at: usize) -> &str {
        let (first, last) = self.words[at];
        &self.text[self.bytes[first]..self.bytes[last + 1]]
    }

    fn length(&self, at: usize) -> usize {
        let (first, last) = self.words[at];
        last + 1 - first
    }

    /// What a turn between the signs `at` and `at + 1` costs.
    fn cost(&self, at: usize) -> i64 {
        match self.joints[at] {
            Joint::Within => return cost::TORN,
            Joint::Seam => {
                let term = if self.length(at) >= LONG { cost::LONG_TERM } else { cost::TERM };
                let rest = &self.text[self.bytes[at + 1]..];
                return if HEADS.iter().any(|head| rest.starts_with(head)) { term + cost::CLOSE } else { term };
            }
            Joint::Between => {}
        }
        let (a, b) = (self.word(at), self.word(at + 1));
        if PARTICLES.contains(&a) || PARTICLES.contains(&b) || self.is_number_and_unit(at) {
            return cost::PARTICLE;
        }
        if a == "关于" || [PREPOSITIONS, ADVERBS, INTRODUCING].iter().any(|words| words.contains(&a)) {
            return cost::INTRODUCED;
        }
        if b == "关于" {
            return cost::ABOUT;
        }
        if self.classes[at] == Class::Comma && at > 0 && self.length(at - 1) <= 2 {
            // 县委、县政府
            return cost::TERM;
        }
        if matches!(self.classes[at], Class::Comma | Class::Stop | Class::Blank) || b.starts_with('—') {
            return cost::BREATH;
        }
        let is_verb = VERBS.contains(&a) && self.is_after_about(at);
        if let Some(cost) = self.date_cost(at) {
            return cost;
        }
        if self.classes[at + 1] == Class::Digit && is_verb {
            return cost::DATE;
        }
        if self.classes[at] == Class::Closer {
            // “千万工程”经验, 《条例》情况, “非农化”“非粮化”: what is named goes with what it is.
            return cost::CLOSE;
        }
        if self.classes[at + 1] == Class::Opener {
            return cost::PAUSE;
        }
        if is_verb {
            return cost::CLOSE;
        }
        if PREPOSITIONS.contains(&b) || ADVERBS.contains(&b) {
            return cost::PAUSE;
        }
        self.between_words(at, a, b)
    }

    fn between_words(&self, at: usize, a: &str, b: &str) -> i64 {
        if is_office(a) {
            return if is_place(b) || is_office(b) || self.classes[at + 1] == Class::Digit {
                cost::PAUSE
            } else {
                cost::WORDS
            };
        }
        if is_office(b) || (is_place(a) && is_place(b)) {
            return cost::TERM;
        }
        if HEADS.contains(&b) {
            return cost::HEAD;
        }
        let single = |word: &str| word.chars().count() == 1 && !word.ends_with(CLOSING);
        if single(a) || b.chars().count() == 1 || KINDS.contains(&a) {
            return cost::CLOSE;
        }
        let mut cost = if self.is_pair(at) || VERBS.contains(&a) { cost::PAIR } else { cost::WORDS };
        if self.joins(self.words[at + 1].1 + 1) {
            cost += cost::FIRST_OF_TWO;
        }
        if self.words[at].0.checked_sub(1).is_some_and(|before| self.joins(before)) {
            cost += cost::SECOND_OF_TWO;
        }
        cost
    }

    /// What a turn costs behind a date that says when what follows is: 关于2024年|, 关于做好2024年|.
    fn date_cost(&self, at: usize) -> Option<i64> {
        let number = self.words[at].0.checked_sub(1).filter(|&number| self.classes[number] == Class::Digit)?;
        match self.word(self.words[number].0.checked_sub(1)?) {
            "关于" => Some(cost::DATE),
            verb if VERBS.contains(&verb) => Some(cost::PAIR),
            _ => None,
        }
    }

    /// Whether the word of `at` joins two things.
    fn joins(&self, at: usize) -> bool {
        at < self.words.len() && matches!(self.word(at), "和" | "与" | "及" | "暨" | "以及")
    }

    /// Whether between the word of `at` and 关于 nothing stands but verbs and what says how.
    fn is_after_about(&self, at: usize) -> bool {
        let (mut first, _) = self.words[at];
        while first > 0 {
            let word = self.word(first - 1);
            if word == "关于" {
                return true;
            }
            if !VERBS.contains(&word) && !ADVERBS.contains(&word) && word != "和" {
                return false;
            }
            first = self.words[first - 1].0;
        }
        false
    }

    /// 2024|年, 第|3, 2024年|上半年, 三|年.
    fn is_number_and_unit(&self, at: usize) -> bool {
        let (a, b) = (self.word(at), self.word(at + 1));
        let digits = |word: &str| word.ends_with(|c: char| c.is_ascii_digit());
        let is_year = |word: &str| word.starts_with(['年', '月', '季']);
        let dated = a.ends_with(['年', '月']) && at > 0 && digits(self.word(self.words[at].0.saturating_sub(1)));
        let part = |word: &str| {
            ["上半年", "下半年", "度", "第", "前", "上", "下", "春", "秋", "冬", "夏"]
                .iter()
                .any(|part| word.starts_with(part))
        };
        let is_numeral = |word: &str| word.chars().all(|c| "一二三四五六七八九十百千两〇零".contains(c));
        (digits(a) && self.classes[at + 1] == Class::Hanzi)
            || (a.ends_with('第') && digits(b))
            || (dated && (part(b) || digits(b)))
            || (is_numeral(a) && (is_year(b) || b.chars().count() == 1))
    }

    /// Whether the words at the gap are the two of a pair: of words of two hanzi in a row, the first goes with the
    /// second, the third with the fourth.
    fn is_pair(&self, at: usize) -> bool {
        if self.length(at) != 2 || self.length(at + 1) != 2 {
            return false;
        }
        let mut before = 0;
        let (mut first, _) = self.words[at];
        while first > 0 && self.length(first - 1) == 2 && self.classes[first - 1] == Class::Hanzi {
            let word = self.word(first - 1);
            if PARTICLES.contains(&word)
                || word == "关于"
                || HEADS.contains(&word)
                || KINDS.contains(&word)
                || VERBS.contains(&word) && self.is_after_about(first - 1)
            {
                break;
            }
            before += 1;
            first = self.words[first - 1].0;
        }
        before % 2 == 0
    }
}
