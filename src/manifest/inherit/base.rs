//! A template and the towns that fill it: a row of a table each, or a file.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{self, Loaded, Reach};
use super::figures::{Meaning, Name, Slot, Slots, twice};
use super::merge::{self, Layer};
use super::{Layers, figures};
use crate::bundle;
use crate::diag::near;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::Owner;
use crate::manifest::literal::Located;
use crate::manifest::raw::{self, Value, ValueKind};
use crate::manifest::{Last, read, split_names};
use crate::placeholder::{Kind, Literals, Phrase, Scope, scan};
use crate::sheet::{Cell, CellKind, Sheet, is_running, plain, without_unit};
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::{World, normal, template};

/// A template, read once for all towns.
#[derive(Debug)]
pub struct Base {
    loaded: Loaded,
    slots: Slots,
    literals: Literals,
    holes: Holes,
    /// The template's path, as [`template`] would write it.
    path: String,
}

/// What the texts of a template leave open.
#[derive(Debug, Default)]
struct Holes {
    /// The texts as keys are matched, with their sections.
    phrases: Vec<(Option<usize>, String)>,
    /// The names of `X{name}`.
    names: BTreeSet<String>,
}

/// What the columns of a table are.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The column that names the town.
    pub name: usize,
    /// The table's name, for messages.
    table: String,
    file: FileId,
    /// What each column is; none where it is nothing of the template.
    columns: Vec<Option<Column>>,
}

/// A column that is a figure.
#[derive(Clone, Debug)]
struct Column {
    head: Located,
    /// The figure that the template declares; none where the head is a phrase of its text.
    slot: Option<Slot>,
    /// How many values a cell holds, joined by 、; 1 for a list, which is cut where it is printed.
    values: usize,
    /// Whether days are words here.
    is_text: bool,
}

impl Base {
    /// Reads the template `file` and those that it builds on; see [`super::load`].
    pub fn read(file: FileId, world: &dyn World, sources: &mut Sources, diags: &mut Diagnostics) -> Option<Base> {
        let path = normal(sources.file(file).name());
        let mut loaded = chain::read(file, Reach::Folder, world, sources, diags)?;
        let set = loaded.layer.figures();
        let (slots, literals) = (set.slots(None), set.literals().clone());
        let holes = Holes::of(&loaded.layer, &literals);
        Some(Base { loaded, slots, literals, holes, path })
    }

    /// The template alone.
    pub fn template(&self) -> Layers {
        self.loaded.clone().into_layers()
    }

    /// The template without its texts and rules, of which a row makes all that an output's name may need.
    pub fn without_texts(&self) -> Base {
        let mut loaded = self.loaded.clone();
        loaded.layer.rest.entries.retain(|entry| !matches!(entry.key.text(), "rule" | "accept"));
        for section in &mut loaded.layer.sections {
            section.entries.retain(|entry| matches!(entry.key.text(), "id" | "figures"));
        }
        let (slots, literals, path) = (self.slots.clone(), self.literals.clone(), self.path.clone());
        Base { loaded, slots, literals, holes: Holes::default(), path }
    }

    /// The columns of `sheet`, each with its meaning; its file is called `table` and whose column `name` names the town.
    ///
    /// A head that is nothing of the template is the warning `unknown-head`.
    pub fn columns(&self, sheet: &Sheet, table: &str, name: usize, diags: &mut Diagnostics) -> Columns {
        let mut seen: BTreeMap<(Option<Slot>, Option<String>), Span> = BTreeMap::new();
        let mut columns = Vec::with_capacity(sheet.head.len());
        for (index, head) in sheet.head.iter().enumerate() {
            let column = self.column(head, index == name, diags);
            let column = column.filter(|column| match seen.insert(self.identity(column), head.span) {
                None => true,
                Some(first) => {
                    diags.push(twice(&head.text, head.span, first));
                    false
                }
            });
            columns.push(column);
        }
        // 乡镇名称 is the town's name, which XXX镇 of the text asks for.
        if columns.get(name).is_some_and(Option::is_none)
            && let Some(column) = self.own_name(&sheet.head[name])
            && !seen.contains_key(&self.identity(&column))
        {
            columns[name] = Some(column);
        }
        Columns { name, table: table.to_owned(), file: sheet.file, columns }
    }

    /// The mark of a column among the others: its figure, or the phrase of the text that it is for.
    fn identity(&self, column: &Column) -> (Option<Slot>, Option<String>) {
        let of_text = || format!("{:?}", self.slots.read(column.head.text(), &self.literals));
        (column.slot, column.slot.is_none().then(of_text))
    }

    /// The column of the town's own name under a head that is nothing of the template: what the one phrase asks for that is
    /// a hole and the word of a town.
    fn own_name(&self, head: &Cell) -> Option<Column> {
        const WORDS: [&str; 5] = ["镇", "乡", "街道", "乡镇", "镇街"];
        let phrases = WORDS.iter().map(|word| format!("XXX{word}"));
        let mut found = phrases.filter_map(|phrase| match self.meant_by(&phrase)? {
            Meaning::One(slot) => Some((phrase, Some(slot))),
            Meaning::New => Some((phrase, None)),
            Meaning::Several(_) => None,
        });
        let (phrase, slot) = found.next()?;
        let is_text = slot.is_some_and(|slot| self.kind(slot) == Some("text"));
        let is_one = found.next().is_none();
        is_one.then(|| Column { values: 1, head: Located::plain(phrase, head.span), slot, is_text })
    }

    fn column(&self, head: &Cell, names_town: bool, diags: &mut Diagnostics) -> Option<Column> {
        if let Some((written, meaning)) = self.meant(&head.text) {
            let slot = match meaning {
                Meaning::One(slot) => Some(slot),
                Meaning::New => None,
                Meaning::Several(addresses) => {
                    let located = Located::plain(written, head.span);
                    diags.push(figures::ambiguous_head(&located, &addresses));
                    return None;
                }
            };
            return Some(Column {
                values: self.values(slot, &written),
                head: Located::plain(written, head.span),
                slot,
                is_text: slot.is_some_and(|slot| self.kind(slot) == Some("text")),
            });
        }
        // 序号 is no figure anywhere.
        if !names_town && !is_running(&head.text) {
            let name = &head.text;
            let message = if name.is_empty() {
                text!("这一列没有表头，没有用上", "this column has no head and is not used")
            } else {
                text!("模板里没有“{name}”，这一列没有用上", "the template has no `{name}`; the column is not used")
            };
            let fault = Diagnostic::new(Code::UnknownHead, message).at(head.span);
            diags.push(match self.nearest(name) {
                Some(near) => fault.help(text!("是不是“{near}”？", "did you mean `{near}`?")),
                None => fault.help(text!(
                    "表头写指标名、地址、id 或 label；电话、备注这样的列可以不管",
                    "a head is a figure's key, address, id or label; a column of remarks may stay"
                )),
            });
        }
        None
    }

    /// True if a head is something of the template.
    pub fn knows(&self, head: &str) -> bool {
        self.meant(head).is_some()
    }

    /// The meaning of a head, and the words that have it: as they are written, without blanks, with the unit in brackets
    /// behind a hole, or without the unit. [`Meaning::New`] is a phrase of the text.
    fn meant(&self, head: &str) -> Option<(String, Meaning)> {
        let plain = plain(head);
        let (bare, unit) = without_unit(&plain);
        // 党委会（次） is 党委会X次.
        let phrase = unit.map(|unit| format!("{bare}X{}", unit.replace('％', "%"))).unwrap_or_default();
        let half = plain.replace('％', "%");
        let words = [head, plain.as_str(), phrase.as_str(), bare, half.as_str()].into_iter();
        words.filter(|head| !head.is_empty()).find_map(|head| Some((head.to_owned(), self.meant_by(head)?)))
    }

    fn meant_by(&self, head: &str) -> Option<Meaning> {
        match self.slots.meaning(head, None, &self.literals) {
            Meaning::New => {}
            meaning @ (Meaning::One(_) | Meaning::Several(_)) => return Some(meaning),
        }
        match self.slots.labelled(head) {
            [slot] => Some(Meaning::One(*slot)),
            [] => self.holes.have(self.slots.read(head, &self.literals)).then_some(Meaning::New),
            several => Some(Meaning::Several(several.iter().filter_map(|slot| self.address(*slot)).collect())),
        }
    }

    /// The name of a column's figure in the template; its head where it is a phrase of the text. None where the
    /// column is not used.
    pub fn figure_of(&self, columns: &Columns, column: usize) -> Option<String> {
        let column = columns.columns.get(column)?.as_ref()?;
        match column.slot {
            Some(slot) => self.address(slot),
            None => Some(column.head.text().to_owned()),
        }
    }

    fn nearest(&self, head: &str) -> Option<&str> {
        const ALIKE: f64 = 0.6;
        let alike = self.slots.heads().map(|known| (near::likeness(head, known), known));
        let near = alike.filter(|(likeness, _)| *likeness >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
        near.map(|(_, known)| known)
    }

    /// How many values a cell of the column holds.
    fn values(&self, slot: Option<Slot>, head: &str) -> usize {
        let key = slot.and_then(|slot| Some(self.loaded.layer.entry(slot)?.key.text())).unwrap_or(head);
        let scan = scan(key, &self.literals);
        let is_list = slot.is_some_and(|slot| self.kind(slot) == Some("list"))
            || crate::placeholder::list_shape(key, &scan.holes).is_some();
        if is_list { 1 } else { scan.holes.len().max(1) }
    }

    fn kind(&self, slot: Slot) -> Option<&str> {
        let declaration = self.loaded.layer.entry(slot)?.value.as_table()?;
        declaration.get("kind").and_then(|kind| kind.value.as_string()).map(Located::text)
    }

    fn address(&self, slot: Slot) -> Option<String> {
        let key = self.loaded.layer.entry(slot)?.key.text();
        Some(self.slots.address(slot, key))
    }

    /// The report of the town in a row of the table with these `columns`.
    pub fn row(&self, columns: &Columns, row: &[Cell], diags: &mut Diagnostics) -> Layers {
        let mut layer = self.loaded.layer.clone();
        let mut set = layer.figures();
        for (column, cell) in columns.columns.iter().zip(row) {
            let Some(column) = column else { continue };
            let value = value(column, cell);
            match column.slot {
                Some(slot) => set.set(slot, &column.head, value, diags),
                None => set.add(&column.head, value),
            }
        }
        let set = set.finish();
        let files = row.iter().map(|cell| cell.span.file).chain([columns.file]).collect();
        let owner = Owner::row(files, &columns.table, set);
        Layers { table: layer.into_table(), owner, towns: None, last: Last::NotGiven, template: None, base: None }
    }

    /// The report of the town in a report file, which may name this template or none.
    pub fn file(&self, file: FileId, sources: &Sources, diags: &mut Diagnostics) -> Option<Layers> {
        let mut table = raw::read(file, sources, diags);
        let mut base = None;
        let path = sources.file(file).name();
        if let Some(index) = table.entries.iter().position(|entry| entry.key.text() == "template") {
            let entry = table.entries.remove(index);
            let named = entry.value.as_string().map(Located::text);
            let is_own = |named: String| named == self.path || bundle::outermost(&self.path) == Some(&named);
            if !named.and_then(|named| template(path, named).ok()).is_some_and(is_own) {
                let own = bundle::outermost(&self.path).unwrap_or(&self.path);
                diags.push(
                    Diagnostic::new(
                        Code::OtherTemplate,
                        text!(
                            "这个文件用的是另一个模板，不是 {own}",
                            "this file builds on another template, and not on {own}"
                        ),
                    )
                    .at(entry.value.span)
                    .help(text!("改成这个模板的路径，或者删去 template", "name this template, or take `template` out")),
                );
                return None;
            }
            base = entry.value.as_string().cloned();
        }
        let (layer, set) = merge::over(self.loaded.layer.clone(), Layer::new(table, diags), diags)?;
        let owner = Owner::file(file, path, set);
        Some(Layers { table: layer.into_table(), owner, towns: None, last: Last::NotGiven, template: None, base })
    }
}

impl Columns {
    /// The heads of the columns that are figures, and nothing for the others.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.as_ref().map_or("", |column| column.head.text()))
    }

    /// What names the town of `row`.
    pub fn town<'r>(&self, row: &'r [Cell]) -> Option<&'r Cell> {
        row.get(self.name)
    }
}

/// A cell as it would stand in a report file.
fn value(column: &Column, cell: &Cell) -> Value {
    let text = Located::plain(cell.text.as_str(), cell.span);
    let kind = match &cell.kind {
        CellKind::Date(date) if !column.is_text => ValueKind::Date(*date),
        CellKind::Text if column.values > 1 && cell.text.contains('、') => {
            let values = split_names(&text).into_iter();
            ValueKind::Array(values.map(|value| Value { span: cell.span, kind: ValueKind::String(value) }).collect())
        }
        // What can't be read has been told; here it is an empty cell.
        CellKind::Faulty => ValueKind::String(Located::plain("", cell.span)),
        CellKind::Date(_) | CellKind::Text | CellKind::Number(_) | CellKind::Empty => ValueKind::String(text),
    };
    Value { kind, span: cell.span }
}

impl Holes {
    fn of(layer: &Layer, literals: &Literals) -> Holes {
        let mut holes = Holes::default();
        // What is wrong with the template is told when it is checked.
        let Some(manifest) = read(&layer.clone().into_table(), &mut Diagnostics::new()) else { return holes };
        for field in manifest.fields() {
            let text = field.text.text();
            let scan = scan(text, literals);
            let section = match field.scope() {
                Scope::Section(section) => Some(section),
                Scope::Report => None,
            };
            holes.phrases.push((section, Phrase::new(text, &scan).text().to_owned()));
            holes.names.extend(scan.holes.iter().filter_map(|hole| match &hole.kind {
                Kind::Named(name) => Some(name.clone()),
                Kind::Run | Kind::Decimal(_) | Kind::Year => None,
            }));
        }
        holes
    }

    /// Whether a key stands somewhere in the texts.
    fn have(&self, (section, name): (Option<usize>, Name)) -> bool {
        match name {
            Name::Word(word) => self.names.contains(&word),
            Name::Phrase(phrase) => self
                .phrases
                .iter()
                .any(|(of, text)| (section.is_none() || *of == section) && text.contains(phrase.as_str())),
        }
    }
}
