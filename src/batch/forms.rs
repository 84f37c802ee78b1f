//! Forms of a template: what they ask for, and the towns' answers read back.

use std::collections::{BTreeMap, BTreeSet};

use super::intake::{not_read, wanted};
use super::towns::Reading;
use super::towns::{Of, Town, identity};
use super::{Failure, Gathered, Input, Outcome, Towns};
use crate::diag::level::Levels;
use crate::diag::render::Counts;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fill::fill;
use crate::fonts::Fonts;
use crate::form::{self, ADDRESS, Field, HEADS, TOWN, TOWN_HEAD, VALUE};
use crate::manifest::{Kind, key_literal, quote};
use crate::number::Decimal;
use crate::sheet::{self, Cell, CellKind, Sheet, Wanted};
use crate::source::Span;
use crate::text;
use crate::world::World;

/// What a template asks for.
#[derive(Debug)]
pub struct Asked {
    /// The figures; none where the template has an error, or holes that it declares no figure for.
    pub fields: Option<Vec<Field>>,
    /// What is wrong with it.
    pub outcome: Outcome,
}

/// The answers of all towns.
#[derive(Debug)]
pub struct Collected {
    /// They; none where an answer has an error.
    pub answers: Option<Answered>,
    /// What is wrong with the template and the forms, and with each town's answers.
    pub outcomes: Vec<Outcome>,
}

/// What all towns answered, as `batch` and `roll-up` read it.
#[derive(Debug, Default)]
pub struct Answered {
    /// As CSV, a row a town.
    pub table: String,
    /// Each town's name and its values as TOML, in the order in which they came.
    pub files: Vec<(String, String)>,
}

impl Towns {
    /// What `template` asks for; of `owner` alone, if one is named.
    ///
    /// # Errors
    /// [`Failure::Read`] where the template can't be read.
    pub fn asked(
        template: &str,
        owner: Option<&str>,
        levels: &Levels,
        world: &dyn World,
        fonts: &Fonts,
    ) -> Result<Asked, Failure> {
        let Gathered { towns, mut outcome } =
            Towns::gather(template, Vec::new(), Reading::default(), None, levels, world, fonts)?;
        let Some(mut towns) = towns else { return Ok(Asked { fields: None, outcome }) };
        let mut diags = Diagnostics::new();
        let fields = towns.fields(owner, world, &mut diags);
        outcome.sources = towns.sources;
        outcome.diagnostics.extend(levels.regrade(diags.into_sorted()));
        Ok(Asked { fields: fields.filter(|_| Counts::of(&outcome.diagnostics).errors == 0), outcome })
    }

    /// The figures that the template declares and leaves open; holes without one are reported.
    fn fields(&mut self, owner: Option<&str>, world: &dyn World, diags: &mut Diagnostics) -> Option<Vec<Field>> {
        let mut found = Diagnostics::new();
        let mut manifest = self.base.template().into_manifest(&mut Diagnostics::new())?;
        // Tables in files of their own have holes, too; what is wrong with them has been told.
        manifest.load(&mut self.pictures, world, &mut self.sources, &mut Diagnostics::new());
        let filled = fill(&manifest, &mut found);
        // What stands under [figures] without a value is asked for; a hole with no figure has one place alone.
        let undeclared = |fault: &&Diagnostic| fault.code == Code::MissingFigure && fault.labels.len() == 1;
        diags.extend(found.iter().filter(undeclared).map(|fault| {
            fault.clone().help(text!("填报表只问 [figures] 里写了的数", "a form asks for the figures under [figures]"))
        }));
        Some(form::fields(&manifest, &filled, owner))
    }

    /// Reads filled forms back, several of a town being parts of one, and checks every town's answers by the template:
    /// kinds, ranges and rules. `roster` is a table whose first column names all towns.
    ///
    /// # Errors
    /// [`Failure`] where the machine or the program fails.
    pub fn collect(
        template: &str,
        forms: &[Input],
        roster: Option<&Input>,
        levels: &Levels,
        world: &dyn World,
        fonts: &Fonts,
    ) -> Result<Collected, Failure> {
        let Gathered { towns, mut outcome } =
            Towns::gather(template, Vec::new(), Reading::default(), None, levels, world, fonts)?;
        let Some(mut towns) = towns else {
            return Ok(Collected { answers: None, outcomes: vec![outcome] });
        };
        let mut diags = Diagnostics::new();
        let fields = towns.fields(None, world, &mut diags).unwrap_or_default();
        let mut answers = Answers::default();
        for form in forms {
            answers.read(form, &fields, &mut towns, &mut diags);
        }
        let mut absent = Diagnostics::new();
        if let Some(roster) = roster {
            answers.call(roster, &mut towns, &mut diags, &mut absent);
        }
        let answered = Answered { table: answers.csv(&fields), files: answers.files(&fields) };
        answers.enter(&fields, &mut towns, &mut diags);
        outcome.diagnostics.extend(levels.regrade(diags.into_sorted()));
        outcome.sources = towns.sources.clone();
        let mut outcomes = vec![outcome];
        for town in 0..towns.towns.len() {
            let mut answers = towns.build(town, &[], false, world, fonts)?;
            // A form asks for this period's figures alone.
            answers.diagnostics.retain(|fault| fault.code != Code::MissingLast);
            outcomes.push(answers);
        }
        let is_clean = outcomes.iter().all(|outcome| Counts::of(&outcome.diagnostics).errors == 0);
        // Who is still to answer does not spoil what the others said.
        let absent = levels.regrade(absent.into_sorted());
        outcomes.push(Outcome { sources: towns.sources.clone(), diagnostics: absent, ..Outcome::default() });
        Ok(Collected { answers: Some(answered).filter(|_| is_clean), outcomes })
    }
}

/// The answers of the forms, by town in the order in which they came.
#[derive(Default)]
struct Answers {
    towns: Vec<Answer>,
    /// The number of each town by its name.
    numbers: BTreeMap<String, usize>,
    /// Where each figure's address stands first.
    addresses: BTreeMap<String, Span>,
}

/// What a town answered.
struct Answer {
    name: Cell,
    file: String,
    cells: BTreeMap<String, Cell>,
    /// The cells that it left empty.
    open: BTreeMap<String, Span>,
}

impl Answers {
    /// Reads a form.
    fn read(&mut self, form: &Input, fields: &[Field], towns: &mut Towns, diags: &mut Diagnostics) {
        if not_read(form, &mut towns.sources, diags) {
            return;
        }
        let wanted = Wanted { has_preface: false, ..wanted(Reading::default(), &|head| HEADS.contains(&head)) };
        let opened = sheet::open(&form.path, &form.bytes, &wanted, &mut towns.sources, diags);
        let Some(mut sheet) = opened else { return };
        // What stands beside the answers is the form's own.
        let answers: BTreeSet<Span> = sheet.rows.iter().filter_map(|row| Some(row.get(VALUE)?.span)).collect();
        sheet.faults.retain(|cell| cell.fault.span().is_some_and(|span| answers.contains(&span)));
        diags.extend(std::mem::take(&mut sheet.faults).into_iter().map(|cell| cell.fault));
        sheet.tell_struck(diags);
        let is_form = [VALUE, ADDRESS].iter().all(|&at| sheet.head.get(at).is_some_and(|head| head.text == HEADS[at]));
        if !is_form {
            let at = sheet.head.first().map_or(Span::new(sheet.file, 0..0), |head| head.span);
            let message = text!("这不是 report-gen form 做的填报表", "this is no form that `report-gen form` made");
            let help = text!(
                "表头要有“填写”和“编号”两列，不要移动；一行一镇的表直接用 batch",
                "its head keeps the columns 填写 and 编号 where they were; a table with a row a town is for `batch`"
            );
            diags.push(Diagnostic::new(Code::BadTable, message).at(at).help(help));
            return;
        }
        let known: BTreeSet<&str> = fields.iter().map(|field| field.address.as_str()).collect();
        let named = sheet.rows.iter().find(|row| row[ADDRESS].text == TOWN).map(|row| row[VALUE].clone());
        let name = named.unwrap_or_else(|| Cell::empty(sheet.head[VALUE].span));
        if name.is_empty() {
            let message = text!("没有填是哪个镇", "the form does not say which town it is");
            diags.push(Diagnostic::new(Code::MissingTown, message).at(name.span));
            return;
        }
        let next = self.towns.len();
        let town = *self.numbers.entry(name.text.clone()).or_insert(next);
        if town == next {
            let file = form.path.clone();
            self.towns.push(Answer { name, file, cells: BTreeMap::new(), open: BTreeMap::new() });
        }
        for row in sheet.rows.iter().filter(|row| row[ADDRESS].text != TOWN) {
            let (address, value) = (&row[ADDRESS], &row[VALUE]);
            if !known.contains(address.text.as_str()) {
                let shown = &address.text;
                let message =
                    text!("模板里没有“{shown}”，这一行没有用上", "the template has no `{shown}`; the row is not used");
                diags.push(Diagnostic::new(Code::UnknownHead, message).at(address.span));
                continue;
            }
            self.addresses.entry(address.text.clone()).or_insert(address.span);
            self.towns[town].answer(&address.text, value, diags);
        }
    }

    /// Tells who of the roster has not answered, and who answered that is not on it.
    fn call(&self, roster: &Input, towns: &mut Towns, diags: &mut Diagnostics, absent: &mut Diagnostics) {
        let wanted = wanted(Reading::default(), &|_| false);
        let opened = sheet::open(&roster.path, &roster.bytes, &wanted, &mut towns.sources, diags);
        let Some(table) = opened.map(|sheet| sheet.into_towns(None, diags)) else { return };
        diags.extend(table.faults_of(|column| column == table.name));
        let rows: Vec<&Cell> = table.sheet.rows.iter().filter_map(|row| row.get(table.name)).collect();
        for row in rows.iter().filter(|row| !self.numbers.contains_key(&row.text)) {
            let name = &row.text;
            let message = text!("“{name}”还没有交", "`{name}` has handed in nothing");
            absent.push(Diagnostic::new(Code::MissingTown, message).at(row.span));
        }
        let named: BTreeSet<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        for town in self.towns.iter().filter(|town| !named.contains(town.name.text.as_str())) {
            let name = &town.name.text;
            let message = text!("名单上没有“{name}”", "the roster has no `{name}`");
            diags.push(Diagnostic::new(Code::MissingTown, message).at(town.name.span));
        }
    }

    /// The answers as a table for `batch`.
    fn csv(&self, fields: &[Field]) -> String {
        let heads = std::iter::once(TOWN_HEAD).chain(fields.iter().map(|field| field.address.as_str()));
        let mut csv = format!("\u{feff}{}", sheet::csv_row(heads));
        for town in &self.towns {
            let answers =
                fields.iter().map(|field| town.cells.get(&field.address).map_or("", |cell| cell.text.as_str()));
            csv += &sheet::csv_row(std::iter::once(town.name.text.as_str()).chain(answers));
        }
        csv
    }

    /// The answers as files of values, one a town.
    fn files(&self, fields: &[Field]) -> Vec<(String, String)> {
        let file = |town: &Answer| {
            let mut toml = String::from("[figures]\n");
            for field in fields {
                if let Some(cell) = town.cells.get(&field.address) {
                    toml += &format!("{} = {}\n", key_literal(&field.address), literal(field, cell));
                }
            }
            (town.name.text.clone(), toml)
        };
        self.towns.iter().map(file).collect()
    }

    /// Makes them rows of `towns`, each cell with its place in its form.
    fn enter(self, fields: &[Field], towns: &mut Towns, diags: &mut Diagnostics) {
        let Some(first) = self.towns.first() else { return };
        let head = |text: &str, span| Cell::new(text.to_owned(), CellKind::Text, span);
        let asked: Vec<&Field> = fields.iter().filter(|field| self.addresses.contains_key(&field.address)).collect();
        let heads = asked.iter().map(|field| head(&field.address, self.addresses[&field.address]));
        let head = std::iter::once(head(TOWN_HEAD, first.name.span)).chain(heads).collect();
        let sheet = Sheet::new(first.name.span.file, head, Vec::new());
        let number = towns.tables.len();
        for mut town in self.towns {
            let columns = towns.base.columns(&sheet, &town.file, 0, diags);
            let place = town.name.span;
            let mut cells = vec![town.name.clone()];
            for field in &asked {
                // A form without the row is told where it says whose it is, and not as one that says no town.
                let span = town.open.get(&field.address).copied().unwrap_or(place.at_start());
                let open = Cell::empty(span);
                cells.push(town.cells.remove(&field.address).unwrap_or(open));
            }
            towns.towns.push(Town {
                name: town.name.text,
                values: town.file,
                stem: String::new(),
                place,
                of: Of::Row(number + towns.towns.len(), cells),
                faults: Vec::new(),
            });
            towns.tables.push(columns);
        }
        // What the template has is told once.
        towns.known.extend(diags.iter().map(identity));
    }
}

/// An answer as a report file has it.
fn literal(field: &Field, cell: &Cell) -> String {
    let one = |text: &str| match Decimal::parse(text) {
        // What begins with a needless 0 or a sign is a code.
        Ok(_) if field.kind != Some(Kind::Text) && !text.starts_with('+') && !is_code(text) => text.to_owned(),
        Ok(_) | Err(_) => quote(text),
    };
    match &cell.kind {
        CellKind::Date(date) if field.kind != Some(Kind::Text) => {
            format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
        }
        CellKind::Text if field.values > 1 && cell.text.contains('、') => {
            let items: Vec<String> = cell.text.split('、').map(|item| one(item.trim())).collect();
            format!("[{}]", items.join(", "))
        }
        CellKind::Number(_) => one(&cell.text),
        CellKind::Date(_) | CellKind::Text | CellKind::Empty | CellKind::Faulty => quote(&cell.text),
    }
}

/// Whether digits are a code or a telephone number, which TOML takes for no number.
fn is_code(digits: &str) -> bool {
    let whole = digits.trim_start_matches('-');
    whole.starts_with('0') && whole[1..].starts_with(|c: char| c.is_ascii_digit())
}

impl Answer {
    /// Notes the answer in `value`, which may be empty where another part of the form has it.
    fn answer(&mut self, address: &str, value: &Cell, diags: &mut Diagnostics) {
        if value.is_empty() {
            self.open.entry(address.to_owned()).or_insert(value.span);
            return;
        }
        match self.cells.get(address) {
            Some(other) if other.text != value.text => {
                let (first, second) = (&other.text, &value.text);
                let name = &self.name.text;
                diags.push(
                    Diagnostic::new(
                        Code::ConflictingAnswers,
                        text!(
                            "{name}的“{address}”，一份填 {first}，一份填 {second}",
                            "`{address}` of {name} is {first} in one form and {second} in another"
                        ),
                    )
                    .at(value.span)
                    .label(other.span, text!("另一份", "the other one"))
                    .help(text!("问清楚，只留对的", "ask, and keep the right one")),
                );
            }
            Some(_) => {}
            None => {
                self.cells.insert(address.to_owned(), value.clone());
            }
        }
    }
}
