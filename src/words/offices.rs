//! The names of places and offices, told by how they end.

/// Hanzi that end the name of a place.
pub(super) const PLACES: &[char] = &['省', '市', '区', '县', '乡', '镇', '村', '州', '盟', '旗'];

/// Ends of the names of offices.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "委员会", "政府", "办公室", "办公厅", "局", "厅", "党委", "党组", "县委", "市委", "省委", "区委", "镇委", "纪委", "工委", "管委会",
    "领导小组", "指挥部", "办事处", "支部", "总支", "村委会", "居委会", "法院", "检察院", "政协", "常委会", "工会", "妇联", "团委",
    "联合会", "监委", "组织部", "宣传部", "统战部", "大队", "主席团", "专班", "派出所",
];

/// Ends of the names of other bodies that report, which may end other things as well.
const BODIES: &[&str] = &["中心", "公司", "学校", "中学", "小学", "医院", "街道"];

/// Whether `name` ends as the name of an office does: 青石镇人民政府.
#[must_use]
pub fn is_office(name: &str) -> bool {
    OFFICES.iter().any(|end| name.ends_with(end))
}

/// Whether `name` ends as the name of a place does, and has more than that: 青石镇, not 镇.
#[must_use]
pub fn is_place(name: &str) -> bool {
    name.ends_with(PLACES) && name.chars().nth(1).is_some()
}

/// Whether `name` ends as the name of one does who reports: an office, a company or school, a place.
#[must_use]
pub fn is_body(name: &str) -> bool {
    is_office(name) || is_place(name) || BODIES.iter().any(|end| name.ends_with(end))
}
