//! The values of towns: tables with a row a town, and a town's own file.

use std::collections::BTreeMap;

use super::towns::{Of, Reading, Town};
use super::{Input, Towns, load, units};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Text};
use crate::sheet::{self, Sheet, Wanted};
use crate::source::{Sources, Span};
use crate::text;

impl Towns {
    pub(super) fn input(&mut self, input: Input, reading: Reading<'_>, diags: &mut Diagnostics) {
        if not_read(&input, &mut self.sources, diags) {
            return;
        }
        match input.town().map(str::to_owned) {
            Some(town) => self.file(town, input, diags),
            None => self.table(&input, reading, diags),
        }
    }

    /// A town's own file.
    fn file(&mut self, name: String, input: Input, diags: &mut Diagnostics) {
        let Some(file) = load(&input.path, input.bytes, &mut self.sources, diags) else { return };
        self.towns.push(Town {
            name,
            values: input.path,
            stem: String::new(),
            place: Span::new(file, 0..0),
            of: Of::File(file),
            faults: Vec::new(),
        });
    }

    /// A table with a row a town.
    fn table(&mut self, input: &Input, reading: Reading<'_>, diags: &mut Diagnostics) {
        let mut found = Diagnostics::new();
        let base = &self.base;
        let fits = |head: &str| base.knows(head);
        let wanted = wanted(reading, &fits);
        let sheet = sheet::open(&input.path, &input.bytes, &wanted, &mut self.sources, &mut found);
        let Some(sheet) = sheet else { return diags.extend(found.into_sorted()) };
        let name = match reading.name.map(|name| named_column(&sheet, name)) {
            Some(Err(fault)) => {
                found.push(*fault);
                return diags.extend(found.into_sorted());
            }
            Some(Ok(name)) => Some(name),
            None => None,
        };
        let mut table = sheet.into_towns(name, &mut found);
        let columns = self.base.columns(&table.sheet, &input.path, table.name, &mut found);
        units::check(&mut table, |column| self.unit_of(&self.base.figure_of(&columns, column)?), &mut found);
        // What can't be read matters where it is used.
        let used = |column: usize| column == table.name || self.base.figure_of(&columns, column).is_some();
        found.extend(table.faults_of(used));
        let mut rows: BTreeMap<u32, Vec<Diagnostic>> = BTreeMap::new();
        let starts: Vec<u32> = table.sheet.rows.iter().filter_map(|row| Some(row.first()?.span.start)).collect();
        let ends: Vec<u32> = table.sheet.rows.iter().filter_map(|row| Some(row.last()?.span.end)).collect();
        for fault in found.into_sorted() {
            // A fault of a row is that town's alone, but what is wrong with a whole column is told once.
            let row = fault.span().and_then(|span| {
                let row = starts.partition_point(|start| *start <= span.start).checked_sub(1)?;
                (span.start <= ends[row] || fault.code == Code::BadTable).then(|| starts[row])
            });
            let is_of_row = fault.severity == Severity::Error && fault.code != Code::LimitExceeded;
            match row {
                Some(start) if is_of_row => rows.entry(start).or_default().push(fault),
                _ => diags.push(fault),
            }
        }
        for cells in table.sheet.rows {
            let Some(place) = columns.town(&cells).map(|cell| cell.span) else { continue };
            let name = columns.town(&cells).map(|cell| cell.text.clone()).unwrap_or_default();
            let is_named = !name.is_empty();
            // What has no name is told by its place.
            let name = if is_named { name } else { self.sources.file(place.file).place(place.start as usize) };
            let mut faults = cells.first().and_then(|cell| rows.remove(&cell.span.start)).unwrap_or_default();
            if !is_named {
                let message = text!("这一行没有写是哪个镇", "this row does not say which town it is");
                faults.push(Diagnostic::new(Code::MissingTown, message).at(place));
            }
            let (values, of) = (input.path.clone(), Of::Row(self.tables.len(), cells));
            self.towns.push(Town { name, values, stem: String::new(), place, of, faults });
        }
        self.tables.push(columns);
    }
}

/// The table of values that is looked for.
pub(super) fn wanted<'w>(reading: Reading<'w>, fits: &'w dyn Fn(&str) -> bool) -> Wanted<'w> {
    let naming = |sheet: &str| Text {
        zh: format!("写明工作表：--sheet {sheet}"),
        en: format!("name the sheet: --sheet {sheet}"),
    };
    Wanted { sheet: reading.sheet, fits, naming, has_preface: true }
}

/// Tells of a file that was found in a folder and is no table that is read, which is passed over.
pub(super) fn not_read(input: &Input, sources: &mut Sources, diags: &mut Diagnostics) -> bool {
    let extension = input.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_other = input.is_of_folder && sheet::OTHER_FORMATS.contains(&extension.as_str());
    if is_other {
        let whole = Span::new(sources.add(input.path.as_str(), ""), 0..0);
        let message = text!(
            "没有读这个文件：不认识 .{extension} 表格",
            "this file is not read: `.{extension}` is no format that is"
        );
        diags.push(Diagnostic::new(Code::LeftOut, message).at(whole).help(sheet::save_as()));
    }
    is_other
}

/// The column with the head `name`.
pub(super) fn named_column(sheet: &Sheet, name: &str) -> Result<usize, Box<Diagnostic>> {
    let plain = sheet::plain(name);
    let exact = sheet.head.iter().position(|head| head.text == name.trim());
    exact.or_else(|| sheet.head.iter().position(|head| sheet::plain(&head.text) == plain)).ok_or_else(|| {
        let message = text!("表头里没有“{name}”这一列", "the head has no column `{name}`");
        let heads = sheet.head.iter().map(|head| head.text.as_str()).collect::<Vec<_>>().join(" ");
        let at = sheet.head.first().map_or(Span::new(sheet.file, 0..0), |head| head.span);
        let fault = Diagnostic::new(Code::BadTable, message).at(at);
        Box::new(fault.help(text!("有这些：{heads}", "there are: {heads}")))
    })
}
