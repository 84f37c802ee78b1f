//! A report for each town: one template, and the towns' values in tables or files.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::units::{self, Unit};
use super::{Failure, Job, Locked, Outcome, finish, last, lock, open};
use crate::diag::level::Levels;
use crate::diag::render::Counts;
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Label, Severity, Text};
use crate::fonts::Fonts;
use crate::manifest::inherit::{Base, Columns, Layers};
use crate::manifest::{Images, Last, Located};
use crate::sheet::{self, Cell, CellKind};
use crate::source::{FileId, Sources, Span};
use crate::world::World;
use crate::write::{Format, WriteError};

/// The choices by which tables of values are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'r> {
    /// The head of the column that names the town; the first that does not count the rows by default.
    pub name: Option<&'r str>,
    /// The sheet of workbooks; by default the one whose heads fit.
    pub sheet: Option<&'r str>,
}

/// A file of values, as it was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its path as the user named it, with `/`. One that ends with `.toml` is one town's, others are tables.
    pub path: String,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// True if it was found in a folder, and not named: a file there that is no table is told and passed over.
    pub is_of_folder: bool,
}

impl Input {
    /// The town whose file it is, which is called after it; none of a table.
    pub(super) fn town(&self) -> Option<&str> {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        let stem = name.len().checked_sub(".toml".len()).filter(|stem| name.is_char_boundary(*stem))?;
        name[stem..].eq_ignore_ascii_case(".toml").then(|| &name[..stem])
    }
}

/// A town, before its report is made.
#[derive(Debug)]
pub struct Town {
    /// What names it: a cell, or its file's stem.
    pub name: String,
    /// The file with its values.
    pub values: String,
    /// The outputs' file stem.
    pub stem: String,
    /// What names it, among the sources.
    pub(super) place: Span,
    pub(super) of: Of,
    /// What is wrong with it by its place among the others, and what can't be read of it.
    pub(super) faults: Vec<Diagnostic>,
}

/// Where a town's values are.
#[derive(Debug)]
pub(super) enum Of {
    /// In these cells, the columns of which are those of the table with this number.
    Row(usize, Vec<Cell>),
    /// In this file.
    File(FileId),
}

impl Town {
    /// Its name as names are compared: blanks between its characters are for looks.
    pub(super) fn plain_name(&self) -> String {
        sheet::plain(&self.name)
    }
}

impl Of {
    /// The file that the values stand in.
    fn file(&self) -> Option<FileId> {
        match self {
            Of::File(file) => Some(*file),
            Of::Row(_, cells) => cells.first().map(|cell| cell.span.file),
        }
    }
}

/// All towns, and the template that they fill.
#[derive(Debug)]
pub struct Towns {
    pub(super) base: Base,
    pub(super) sources: Sources,
    pub(super) tables: Vec<Columns>,
    pub(super) towns: Vec<Town>,
    /// The values of the towns last time, by [`Town::plain_name`]; none where nobody said where that is.
    last: Option<BTreeMap<String, Of>>,
    levels: Levels,
    /// The units of the template's figures, by their addresses.
    pub(super) units: BTreeMap<String, Unit>,
    /// The pictures that the template shows, by their paths.
    pub(super) pictures: Images,
    /// What the template is now, to be held against the `report.lock` of towns; none where it can't be packed.
    template_now: OnceLock<Option<Locked>>,
    /// What the template alone has, which is not told again for each town.
    pub(super) known: BTreeSet<(Code, Option<Span>, Text)>,
}

/// How the reports are made.
#[derive(Clone, Copy, Debug)]
pub struct Pool<'p> {
    /// The outputs wanted.
    pub formats: &'p [Format],
    /// Whether gaps are left open.
    pub draft: bool,
    /// How many threads make them.
    pub jobs: usize,
    /// Set, no other report is begun.
    pub stop: &'p AtomicBool,
}

/// What was read before the first report is made.
#[derive(Debug)]
pub struct Gathered {
    /// The towns; none where the template or a table has an error of its own.
    pub towns: Option<Towns>,
    /// The faults of the template and of the tables, but those of a single row.
    pub outcome: Outcome,
}

impl Towns {
    /// The unit of the figure `address`; of a phrase that no figure is declared for, the one in it.
    pub(super) fn unit_of(&self, address: &str) -> Option<Unit> {
        self.units.get(address).cloned().or_else(|| units::of_phrase(address))
    }

    /// Reads a template and the towns' values.
    ///
    /// `reading` says which column names the town and which sheet is read; `out` is the folder of all outputs,
    /// which stand beside their values by default: two towns that would write one file are told (`output-collision`).
    ///
    /// # Errors
    /// [`Failure::Read`] where the template can't be read.
    pub fn gather(
        template: &str,
        inputs: Vec<Input>,
        reading: Reading<'_>,
        out: Option<&str>,
        levels: &Levels,
        world: &dyn World,
        fonts: &Fonts,
    ) -> Result<Gathered, Failure> {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let base = open(template, world, &mut sources, &mut diags)
            .map_err(Failure::Read)?
            .and_then(|file| Base::read(file, world, &mut sources, &mut diags));
        let job = Job { path: template.to_owned(), template: true, levels: levels.clone(), ..Job::default() };
        let layers = base.as_ref().map(Base::template);
        let mut outcome = finish(&job, layers, sources, diags, world, fonts)?;
        let Some(base) = base.filter(|_| Counts::of(&outcome.diagnostics).errors == 0) else {
            return Ok(Gathered { towns: None, outcome });
        };
        let known = outcome.diagnostics.iter().map(identity).collect();
        let mut towns = Towns {
            base,
            sources: std::mem::take(&mut outcome.sources),
            tables: Vec::new(),
            towns: Vec::new(),
            last: None,
            levels: levels.clone(),
            units: BTreeMap::new(),
            pictures: std::mem::take(&mut outcome.pictures),
            template_now: OnceLock::new(),
            known,
        };
        let mut diags = Diagnostics::new();
        if !inputs.is_empty() {
            towns.units = units::of_template(&towns.base);
        }
        for input in inputs {
            towns.input(input, reading, &mut diags);
        }
        towns.twice();
        towns.borrowed_names();
        towns.name_outputs(out);
        outcome.diagnostics.extend(levels.clone().regrade(diags.into_sorted()));
        outcome.sources = towns.sources.clone();
        // The template's figures are asked for once a town.
        (outcome.figures, outcome.filled) = (0, 0);
        let is_faulty = Counts::of(&outcome.diagnostics).errors > 0;
        Ok(Gathered { towns: Some(towns).filter(|_| !is_faulty), outcome })
    }

    /// Takes the values of last time from the same kinds of files as those of this one: what `last."key"` reads in the
    /// report of the town of that name, and what its figures are compared with. Gives what can't be read.
    pub fn recall(&mut self, inputs: Vec<Input>, reading: Reading<'_>) -> Vec<Diagnostic> {
        let now = std::mem::take(&mut self.towns);
        let mut diags = Diagnostics::new();
        for input in inputs {
            self.input(input, reading, &mut diags);
        }
        let last = std::mem::replace(&mut self.towns, now);
        self.last = Some(last.into_iter().rev().map(|town| (town.plain_name(), town.of)).collect());
        // What the template did not use then is nothing to tell now.
        diags.retain(|fault| fault.severity == Severity::Error);
        self.levels.regrade(diags.into_sorted())
    }

    /// What the figures of a town came to last time.
    fn last(&self, town: &Town) -> Last {
        let Some(last) = &self.last else { return Last::NotGiven };
        let of = last.get(&town.plain_name());
        let layers = of.and_then(|of| self.layers(of, &mut Diagnostics::new()));
        layers.map_or(Last::Absent, |layers| Last::Known(last::values(layers)))
    }

    /// All towns, in the order of their files and rows.
    pub fn towns(&self) -> &[Town] {
        &self.towns
    }

    /// The files of the template and of the values.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The texts of the template and of those that it builds on.
    pub fn template(&self) -> Vec<&str> {
        let mut values: BTreeSet<FileId> = self.towns.iter().map(|town| town.place.file).collect();
        values.extend(self.last.iter().flat_map(BTreeMap::values).filter_map(Of::file));
        self.sources.ids().filter(|id| !values.contains(id)).map(|id| self.sources.file(id).text()).collect()
    }

    /// The bytes of the pictures that the template shows; of its tables [`Towns::template`] has the text.
    pub fn pictures(&self) -> impl Iterator<Item = &[u8]> {
        self.pictures.values().map(|picture| picture.bytes.as_slice())
    }

    /// What stands in the files that a town's own file names, and the template does not, and in the `report.lock` beside it.
    /// A row names none.
    pub fn named(&self, town: usize, world: &dyn World) -> Vec<Vec<u8>> {
        let town = &self.towns[town];
        let Of::File(_) = &town.of else { return Vec::new() };
        // What is wrong is told when the report is made.
        let mut diags = Diagnostics::new();
        let manifest = self.layers(&town.of, &mut diags).and_then(|layers| layers.into_manifest(&mut diags));
        let Some(mut manifest) = manifest else { return Vec::new() };
        let (mut pictures, mut sources) = (self.pictures.clone(), self.sources.clone());
        let known = sources.ids().count();
        manifest.load(&mut pictures, world, &mut sources, &mut diags);
        let tables = sources.ids().skip(known).map(|id| sources.file(id).text().as_bytes().to_vec());
        let own = pictures.iter().filter(|(path, _)| !self.pictures.contains_key(*path));
        let lock = lock::bytes(&town.values, world).ok().flatten();
        tables.chain(own.map(|(_, picture)| picture.bytes.clone())).chain(lock).collect()
    }

    /// What the report of a town is made of besides the template: equal where the report would be.
    pub fn content(&self, town: usize) -> Vec<&str> {
        let town = &self.towns[town];
        let mut content = vec![town.name.as_str()];
        self.add_content(&town.of, &mut content);
        if let Some(last) = &self.last {
            content.push("last");
            last.get(&town.plain_name()).into_iter().for_each(|of| self.add_content(of, &mut content));
        }
        content
    }

    fn add_content<'c>(&'c self, of: &'c Of, content: &mut Vec<&'c str>) {
        match of {
            Of::File(file) => content.push(self.sources.file(*file).text()),
            Of::Row(table, cells) => {
                content.extend(self.tables[*table].heads());
                // What is shown alike may be a day in one workbook and words in the other.
                let kind = |cell: &Cell| match cell.kind {
                    CellKind::Date(_) => "date",
                    CellKind::Empty | CellKind::Number(_) | CellKind::Text | CellKind::Faulty => "",
                };
                let unit = |cell: &'c Cell| cell.unit.as_deref().unwrap_or_default();
                content.extend(cells.iter().flat_map(|cell| [kind(cell), cell.text.as_str(), unit(cell)]));
            }
        }
    }

    /// Makes the report of a town in the formats wanted, as a `draft` with its gaps open.
    ///
    /// # Errors
    /// [`Failure`] where the machine or the program fails.
    pub fn build(
        &self,
        town: usize,
        formats: &[Format],
        draft: bool,
        world: &dyn World,
        fonts: &Fonts,
    ) -> Result<Outcome, Failure> {
        let town = &self.towns[town];
        let mut diags = Diagnostics::new();
        diags.extend(town.faults.iter().cloned());
        let layers = self.layers(&town.of, &mut diags).map(|layers| Layers { last: self.last(town), ..layers });
        if let Some(layers) = &layers {
            // As `build` does for the town's file alone.
            lock::check_with(&town.values, layers, world, &mut diags, |named| {
                self.template_now(&town.values, named, world, fonts)
            })?;
        }
        let job = Job {
            path: town.values.clone(),
            formats: formats.to_vec(),
            draft,
            levels: self.levels.clone(),
            town: Some(town.name.clone()),
            pictures: self.pictures.clone(),
            ..Job::default()
        };
        let sources = self.sources.clone();
        let mut outcome = finish(&job, layers, sources, diags, world, fonts)?;
        outcome.diagnostics.retain(|fault| !self.known.contains(&identity(fault)) && !town.has_unread(fault));
        for fault in &mut outcome.diagnostics {
            town.sign(fault, &self.sources);
        }
        Ok(outcome)
    }

    /// What the template is that the town's file `values` calls `named`: the one of all towns, packed once for them.
    fn template_now(
        &self,
        values: &str,
        named: &Located,
        world: &dyn World,
        fonts: &Fonts,
    ) -> Result<Option<Locked>, Failure> {
        if let Some(known) = self.template_now.get() {
            return Ok(known.clone());
        }
        let now = lock::now(values, named, world, fonts)?;
        Ok(self.template_now.get_or_init(|| now).clone())
    }

    /// Makes the reports of the towns `which`, and gives each to `done` as soon as it is made, in no order. What
    /// panics is that town's failure alone.
    pub fn each(
        &self,
        which: &[usize],
        pool: &Pool<'_>,
        world: &(dyn World + Sync),
        fonts: &Fonts,
        done: &(dyn Fn(usize, Result<Outcome, Failure>) + Sync),
    ) {
        let next = AtomicUsize::new(0);
        let work = || {
            while !pool.stop.load(Ordering::Relaxed) {
                let Some(&town) = which.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                let made = catch_unwind(AssertUnwindSafe(|| self.build(town, pool.formats, pool.draft, world, fonts)));
                let panicked = || Failure::Write(WriteError::Library("the program panicked".into()));
                done(town, made.unwrap_or_else(|_| Err(panicked())));
            }
        };
        thread::scope(|scope| {
            for _ in 1..pool.jobs.min(which.len()) {
                scope.spawn(work);
            }
            work();
        });
    }

    pub(super) fn layers(&self, of: &Of, diags: &mut Diagnostics) -> Option<Layers> {
        match of {
            Of::Row(table, cells) => Some(self.base.row(&self.tables[*table], cells, diags)),
            Of::File(file) => self.base.file(*file, &self.sources, diags),
        }
    }
}

impl Town {
    /// Whether a fault says that a cell is empty which can't be read, or names no town, as has been told.
    fn has_unread(&self, fault: &Diagnostic) -> bool {
        let Of::Row(_, cells) = &self.of else { return false };
        let unread = |cell: &&Cell| cell.kind == CellKind::Faulty || cell.is_empty() && cell.span == self.place;
        let is_told = |span| cells.iter().filter(unread).any(|cell| cell.span == span);
        matches!(fault.code, Code::MissingFigure | Code::DefaultUsed) && fault.span().is_some_and(is_told)
    }

    /// Puts a fault of a row where the user can mend it: at the row's first cell of those that it speaks of, else at the
    /// one that names the town, since the same hole of the template is every town's.
    fn sign(&self, fault: &mut Diagnostic, sources: &Sources) {
        if !matches!(self.of, Of::Row(..)) {
            return;
        }
        let in_workbook = |edit: &Edit| sources.file(edit.span.file).sheet().is_some();
        if let Some(fix) = fault.fix.take_if(|fix| fix.edits.iter().any(in_workbook)) {
            // A workbook is no text that an editor could change.
            fault.help.push(fix.description);
        }
        let files = self.files();
        match fault.labels.iter().position(|label| files.contains(&label.span.file)) {
            Some(own) => fault.labels[..=own].rotate_right(1),
            None => fault.labels.insert(0, Label { span: self.place, message: Text::verbatim(&self.name) }),
        }
    }

    /// The files that its values stand in: several where they come from parts of a form.
    fn files(&self) -> BTreeSet<FileId> {
        let cells = match &self.of {
            Of::Row(_, cells) => cells.as_slice(),
            Of::File(_) => &[],
        };
        cells.iter().map(|cell| cell.span.file).chain([self.place.file]).collect()
    }

    /// Whether a fault of the town says that its table has no column for a figure.
    pub fn lacks_column(&self, fault: &Diagnostic) -> bool {
        fault.code == Code::MissingFigure && fault.span() == Some(self.place) && matches!(self.of, Of::Row(..))
    }
}

/// What makes two faults one.
pub(super) fn identity(fault: &Diagnostic) -> (Code, Option<Span>, Text) {
    (fault.code, fault.span(), fault.message.clone())
}
