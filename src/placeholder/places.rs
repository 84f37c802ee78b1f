//! Words that places and offices end in, by class: a name that brings its own word needs none of the text.
//!
//! One template serves the towns, townships and street offices of a county: `XXX镇` filled with 松岭乡 is 松岭乡.

/// Words of one class, which stand for each other.
const CLASSES: [&[&str]; 4] = [
    // Below the county, with what stands beside towns: farms and zones.
    &[
        "镇",
        "乡",
        "民族乡",
        "苏木",
        "民族苏木",
        "街道",
        "街道办事处",
        "办事处",
        "农场",
        "林场",
        "牧场",
        "渔场",
        "茶场",
        "团场",
        "开发区",
        "新区",
        "园区",
        "管理区",
        "管委会",
        "管理委员会",
    ],
    // The county and its like.
    &["县", "自治县", "市", "区", "自治旗", "旗", "林区", "特区", "新区", "开发区", "管理区"],
    // Below the town.
    &["村", "行政村", "社区", "居委会", "村委会", "嘎查", "分场", "生产队"],
    // Offices, and what stands beside them.
    &["局", "办", "办公室", "委", "委员会", "中心", "站", "所", "部", "厅", "院", "队", "社", "联合会", "协会", "公司"],
];

/// Words of the table that only a name ends in: in a text the place comes first, 村 before 委会.
const OF_NAMES: &[&str] = &["街道办事处", "村委会"];

/// Words with which a name of one hanzi is often part of a longer one: 西乡街道, 古镇镇, 津市市, 李村社区.
const IN_NAMES: &[&str] = &["乡", "镇", "市", "村"];

/// Words that begin as one of the table does, and are others.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "市场", "市民", "市区", "市容", "市政", "县城", "县域", "县区", "区域", "区划", "区间", "镇区", "镇域", "镇村", "镇街",
    "乡村", "乡镇", "乡风", "乡亲", "乡土", "乡贤", "村民", "村庄", "村域", "村镇", "村组", "村容", "村规", "村两委", "旗帜",
    "旗下", "局部", "局面", "办理", "办法", "办结", "办事", "办公", "办好", "委托", "委员", "站点", "站位", "所有", "所在",
    "所属", "所需", "所以", "部分", "部门", "部署", "部队", "院落", "院校", "队伍", "队员", "社会", "社保", "中心城",
    "中心镇", "中心村", "中心小学", "中心校", "中心组", "中心工作", "委派", "长期", "长效", "长远", "长久", "长江", "长假",
];

/// What an office is called by where a text names the place alone.
const OFFICES: &[&str] =
    &["人民政府", "政府", "党委", "党工委", "工委", "党组", "人大", "政协", "纪委", "党支部", "支部"];

/// Ends of what stands in or below a place, after that place's own word: 松岭乡石桥村, 松岭乡委员会.
const BELOW: &[&str] = &[
    "委员会",
    "办公室",
    "办",
    "局",
    "委",
    "中心",
    "站",
    "所",
    "镇",
    "乡",
    "街道",
    "村",
    "社区",
    "村委会",
    "居委会",
    "组",
    "学校",
    "中学",
    "小学",
    "医院",
    "卫生院",
    "公司",
    "合作社",
    "办事处",
];

/// What follows a place in a text, and places of that kind do not have; last, what they have.
const MISFITS: &[(&[&str], &[&str], &str)] = &[
    (
        &["街道", "街道办事处", "办事处"],
        &["人民政府", "政府", "党委", "委员会", "委", "人大", "人民代表大会", "长"],
        "街道办事处、党工委",
    ),
    (
        &["农场", "林场", "牧场", "渔场", "茶场", "团场", "开发区", "新区", "园区", "管理区", "管委会", "管理委员会"],
        &["人民政府", "政府", "人大", "人民代表大会", "长"],
        "管委会",
    ),
    (&["镇", "乡", "民族乡", "苏木", "民族苏木"], &["办事处", "党工委", "工委"], "人民政府、党委"),
    (&["社区", "居委会"], &["委会", "民委员会", "长"], "居委会"),
    (&["办", "办公室", "委", "委员会", "中心", "站", "所", "院", "公司"], &["长"], "主任"),
];

/// Words of places of one level, and words of the text that do not follow them: 东岭乡 is no name of a 村. Towns and
/// counties are often called after a 村 or a 镇 (中关村街道, 景德镇市), and communities after farms and zones.
const OTHER_LEVELS: &[(&[&str], &[&str])] = &[
    (
        &["镇", "乡", "民族乡", "苏木", "民族苏木", "街道", "街道办事处"],
        &["村", "行政村", "社区", "居委会", "村委会", "嘎查"],
    ),
    (&["县", "自治县", "市", "自治旗"], &["镇", "乡", "民族乡", "苏木", "街道", "街道办事处", "村", "行政村", "社区"]),
    (&["社区", "居委会", "村委会", "街道", "街道办事处"], &["镇", "乡", "民族乡", "县", "市", "区", "旗"]),
];

/// A name before the words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint<'n> {
    /// It ends as the text goes on: this much of it goes before.
    Same(&'n str),
    /// It ends with a word of its own in the place of the text's.
    Own {
        /// The name without its word.
        name: &'n str,
        /// Its word.
        own: &'static str,
        /// The word of the text.
        word: &'static str,
    },
    /// It is more than the text asks for, 松岭乡人民政府 before 镇; this much of it is the place.
    Beyond(&'n str),
    /// It ends with a word of another level than the text's, 东岭乡 before 村: all of it is printed.
    Other {
        /// The word of the text.
        word: &'static str,
    },
    /// It is the name alone, or of no class of the text's.
    Bare,
}

/// True of the word of a town, 镇, and of what stands beside towns.
pub fn is_town_word(word: &str) -> bool {
    CLASSES[0].contains(&word)
}

/// `name` without the word of a town that it ends with: 青石 of 青石镇 and of 青石; a name of one hanzi keeps it.
pub fn bare(name: &str) -> &str {
    let rests = CLASSES[0].iter().filter_map(|word| name.strip_suffix(word));
    rests.filter(|rest| rest.chars().nth(1).is_some()).min_by_key(|rest| rest.len()).unwrap_or(name)
}

/// The fit of `name` before the text `after`.
pub fn joint<'n>(name: &'n str, after: &str) -> Joint<'n> {
    let Some(word) = place_word(after) else { return Joint::Bare };
    let is_name = |rest: &&str| !rest.is_empty();
    if let Some(rest) = name.strip_suffix(word).filter(is_name) {
        return Joint::Same(rest);
    }
    let classes = CLASSES.iter().filter(|class| class.contains(&word));
    let words = || classes.clone().copied().flatten().copied();
    let own = words().filter(|own| name.strip_suffix(own).is_some_and(|rest| !rest.is_empty()));
    if let Some(own) = own.max_by_key(|own| own.len()) {
        let rest = &name[..name.len() - own.len()];
        return match (after.starts_with(own), is_part(rest, own)) {
            (true, _) => Joint::Same(rest),
            (false, true) => Joint::Bare,
            (false, false) => Joint::Own { name: rest, own, word },
        };
    }
    let inner = words().filter_map(|own| Some((name.find(own)?, own)));
    let inner = inner.filter(|&(at, own)| {
        let tail = &name[at + own.len()..];
        at > 0 && !is_part(&name[..at], own) && OFFICES.iter().chain(BELOW).any(|end| tail.ends_with(end))
    });
    if let Some((at, own)) = inner.min_by_key(|&(at, own)| (at, std::cmp::Reverse(own.len()))) {
        return Joint::Beyond(&name[..at + own.len()]);
    }
    let is_place = CLASSES[..3].iter().any(|class| class.contains(&word));
    let office = OFFICES.iter().filter(|office| is_place && name.ends_with(**office)).max_by_key(|office| office.len());
    let place = office.map(|office| &name[..name.len() - office.len()]).filter(is_name);
    let other = || if is_of_another_level(name, word) { Joint::Other { word } } else { Joint::Bare };
    place.map_or_else(other, Joint::Beyond)
}

/// True if `name` is by its last word a place of another level than those that have `word`.
fn is_of_another_level(name: &str, word: &str) -> bool {
    let levels = OTHER_LEVELS.iter().filter(|(_, words)| words.contains(&word));
    let own = levels.flat_map(|(own, _)| own.iter());
    own.filter_map(|own| name.strip_suffix(own)).any(|rest| rest.chars().count() > 1)
}

/// `name` with the words `after` it, as [`joint`] has them.
pub fn joined(name: &str, after: &str) -> String {
    match joint(name, after) {
        Joint::Same(rest) => format!("{rest}{after}"),
        Joint::Own { word, .. } => format!("{name}{}", &after[word.len()..]),
        Joint::Beyond(_) | Joint::Other { .. } | Joint::Bare => format!("{name}{after}"),
    }
}

/// What a place with the word `own` does not have of the text `after` it, and what it has instead.
pub fn misfit(own: &str, after: &str) -> Option<(&'static str, &'static str)> {
    let rows = MISFITS.iter().filter(|(words, ..)| words.contains(&own));
    let found = rows.flat_map(|(_, lacks, has)| lacks.iter().map(move |lack| (*lack, *has)));
    let longest = found.filter(|(lack, _)| after.starts_with(lack)).max_by_key(|(lack, _)| lack.len())?;
    let is_other = OTHERS.iter().any(|other| other.len() > longest.0.len() && after.starts_with(other));
    (!is_other).then_some(longest)
}

/// The word of the table that the text `after` a hole begins with.
fn place_word(after: &str) -> Option<&'static str> {
    let begins = |word: &&&str| after.starts_with(**word);
    let words = CLASSES.iter().copied().flatten().filter(|word| !OF_NAMES.contains(word));
    let word = words.filter(begins).max_by_key(|word| word.len())?;
    let other = OTHERS.iter().filter(begins).map(|other| other.len()).max();
    other.is_none_or(|other| other < word.len()).then_some(*word)
}

/// Whether `rest` and `own` are but the beginning of a name.
fn is_part(rest: &str, own: &str) -> bool {
    IN_NAMES.contains(&own) && rest.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_own_word() {
        for (name, after, expected) in [
            ("松岭", "镇开会", "松岭镇开会"),
            ("松岭镇", "镇开会", "松岭镇开会"),
            ("松岭乡", "镇开会", "松岭乡开会"),
            ("松岭乡", "镇", "松岭乡"),
            ("松岭乡", "镇党委", "松岭乡党委"),
            ("回龙民族乡", "镇", "回龙民族乡"),
            ("回龙民族乡", "乡", "回龙民族乡"),
            ("白音苏木", "镇", "白音苏木"),
            ("城关街道", "镇", "城关街道"),
            ("城关街道办事处", "镇", "城关街道办事处"),
            ("城关街道办事处", "街道办事处", "城关街道办事处"),
            ("城关街道", "街道办事处", "城关街道办事处"),
            ("松岭镇", "街道", "松岭镇"),
            ("红星农场", "乡", "红星农场"),
            ("经济开发区", "镇", "经济开发区"),
            ("青山县", "市", "青山县"),
            ("青山自治县", "县", "青山自治县"),
            ("青山自治县", "区", "青山自治县"),
            ("忠县", "区", "忠县"),
            ("郊区", "县委", "郊区委"),
            ("阳光社区", "村", "阳光社区"),
            ("阳光居委会", "村", "阳光居委会"),
            ("李家村委会", "村委会", "李家村委会"),
            ("李家村", "村委会", "李家村委会"),
            ("李家村", "居委会", "李家村"),
            ("县教育体育局", "局", "县教育体育局"),
            ("县发改委", "局", "县发改委"),
            ("县委办公室", "局", "县委办公室"),
            ("县融媒体中心", "局", "县融媒体中心"),
            // Names that end as a word of a class does.
            ("乡宁", "县", "乡宁县"),
            ("镇安", "县", "镇安县"),
            ("沙市", "区", "沙市区"),
            ("沙市", "市", "沙市"),
            ("津市市", "市", "津市市"),
            ("新市", "镇", "新市镇"),
            ("新市镇", "镇", "新市镇"),
            ("新市乡", "镇", "新市乡"),
            ("西乡", "镇", "西乡镇"),
            ("西乡", "街道", "西乡街道"),
            ("古镇", "乡", "古镇乡"),
            ("古镇镇", "镇", "古镇镇"),
            ("集镇", "乡", "集镇乡"),
            ("站前", "街道", "站前街道"),
            ("站前街道", "镇", "站前街道"),
            ("李村", "村", "李村"),
            ("李村村", "村", "李村村"),
            ("李村", "社区", "李村社区"),
            ("东乡", "区", "东乡区"),
            ("市中", "区", "市中区"),
            // A longer word stands right of the hole.
            ("青山县", "市场监管局", "青山县市场监管局"),
            ("松岭乡", "镇村干部", "松岭乡镇村干部"),
            ("阳光社区", "村民", "阳光社区村民"),
            ("松岭乡", "，开会", "松岭乡，开会"),
        ] {
            assert_eq!(joined(name, after), expected, "{name} before {after}");
        }
    }

    #[test]
    fn an_office_is_no_place() {
        for (name, after, expected) in [
            ("西岭乡人民政府", "镇", Some("西岭乡")),
            ("西岭镇人民政府", "镇", Some("西岭镇")),
            ("西岭人民政府", "镇", Some("西岭")),
            ("西岭乡党委", "镇", Some("西岭乡")),
            ("西岭乡石桥村", "镇", Some("西岭乡")),
            ("西岭乡农业服务中心", "镇", Some("西岭乡")),
            ("青山县西岭乡", "县", Some("青山县")),
            ("石桥村委员会", "村", Some("石桥村")),
            ("县教育局党组", "局", Some("县教育局")),
            ("西岭乡人民政府", "，", None),
            ("人民政府", "镇", None),
            ("乡宁", "镇", None),
            ("李村东", "村", None),
            ("西乡塘", "镇", None),
        ] {
            let found = match joint(name, after) {
                Joint::Beyond(place) => Some(place),
                Joint::Same(_) | Joint::Own { .. } | Joint::Other { .. } | Joint::Bare => None,
            };
            assert_eq!(found, expected, "{name} before {after}");
        }
    }

    #[test]
    fn a_name_of_another_level_is_told() {
        for (name, after, is_told) in [
            ("东岭乡", "村", true),
            ("城关街道", "社区", true),
            ("青山县", "镇", true),
            ("阳光社区", "镇党委", true),
            ("城关街道", "县", true),
            // Names that end so.
            ("东岭", "村", false),
            ("西乡", "村", false),
            ("中关村", "街道", false),
            ("景德镇", "市", false),
            ("沙市", "镇", false),
            ("红星农场", "社区", false),
            ("东岭乡", "村民", false),
        ] {
            assert_eq!(matches!(joint(name, after), Joint::Other { .. }), is_told, "{name} before {after}");
        }
    }

    #[test]
    fn a_street_has_no_government() {
        let lacks = |own, after| misfit(own, after).map(|(lacks, _)| lacks);
        assert_eq!(lacks("街道", "人民政府，"), Some("人民政府"));
        assert_eq!(lacks("街道", "党委书记"), Some("党委"));
        assert_eq!(lacks("乡", "人民政府"), None);
        assert_eq!(lacks("镇", "办事处"), Some("办事处"));
        assert_eq!(lacks("社区", "委会"), Some("委会"));
        assert_eq!(lacks("街道", "开会"), None);
        assert_eq!(lacks("街道", "长"), Some("长"));
        assert_eq!(lacks("街道", "长期坚持"), None);
    }
}
