//! The tools that tests need, and the tests that need them.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::process::Command;

use crate::office;

/// A test, and the tools without which it is skipped.
pub(crate) struct Test {
    /// Its file and its name.
    pub(crate) name: &'static str,
    /// All of them must be here.
    pub(crate) needs: &'static [Tool],
    /// It panics where it fails.
    pub(crate) run: fn(),
}

/// The tests of a file: `tests! { [Qpdf]: a_test, another; [Qpdf, Poppler]: a_third; }`.
macro_rules! tests {
    ($($needs:tt: $($name:ident),+;)+) => {
        /// The tests of this file.
        pub(crate) fn tests() -> Vec<$crate::tool::Test> {
            #[allow(unused_imports, reason = "some files need no tool")]
            use $crate::tool::Tool::*;
            vec![$($($crate::tool::Test {
                name: concat!(module_path!(), "::", stringify!($name)),
                needs: &$needs,
                run: $name,
            }),+),+]
        }
    };
}
pub(crate) use tests;

/// Something that other programs do for the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tool {
    /// LibreOffice's writer: Word files.
    Writer,
    /// LibreOffice's spreadsheets: workbooks.
    Calc,
    /// qpdf: the syntax of a PDF.
    Qpdf,
    /// poppler's programs: the text, faces and pictures of a PDF.
    Poppler,
    /// MuPDF's program: the places of glyphs.
    Mupdf,
    /// PDFBox Preflight, in Java: PDF/A-1b.
    Preflight,
    /// pdfua: PDF/UA-1.
    Pdfua,
    /// ooxml-validator: Word files by the schemas.
    OoxmlValidator,
    /// openxml-audit: Word files by the schemas and by Word's own rules.
    OpenxmlAudit,
    /// GNU parallel.
    Parallel,
    /// A large collection of faces, as systems have it.
    NotoSerifCjk,
}

/// Noto Serif CJK, as Debian has it.
pub(crate) const NOTO: &str = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";

/// PDFBox and what it needs, as Debian has them.
pub(crate) const JARS: [&str; 7] =
    ["preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation"];

/// The class path of Preflight.
pub(crate) fn preflight() -> String {
    JARS.map(jar).join(":")
}

fn jar(name: &str) -> String {
    format!("/usr/share/java/{name}.jar")
}

impl Tool {
    /// The tools that `tests` need and that are not here, each asked once.
    pub(crate) fn missing(tests: &[&Test]) -> Vec<Tool> {
        let needed: BTreeSet<Tool> = tests.iter().flat_map(|test| test.needs).copied().collect();
        needed.into_iter().filter(|tool| !tool.works()).collect()
    }

    /// True where the tool does what the tests need of it.
    fn works(self) -> bool {
        match self {
            Tool::Writer => office::converts("txt", "docx"),
            Tool::Calc => office::converts("csv", "xlsx"),
            Tool::Qpdf => starts("qpdf", &["--version"]),
            Tool::Poppler => {
                ["pdftotext", "pdffonts", "pdfinfo", "pdftoppm"].iter().all(|program| starts(program, &["-v"]))
            }
            Tool::Mupdf => starts("mutool", &["-v"]),
            Tool::Preflight => starts("java", &["-version"]) && JARS.iter().all(|name| Path::new(&jar(name)).exists()),
            Tool::Pdfua => starts("pdfua", &["--help"]),
            Tool::OoxmlValidator => starts("ooxml-validator", &["--help"]),
            Tool::OpenxmlAudit => starts("openxml-audit", &["--help"]),
            Tool::Parallel => starts("parallel", &["--version"]),
            Tool::NotoSerifCjk => Path::new(NOTO).exists(),
        }
    }
}

/// True where the program is there and can be started; some end with a fault when they are asked for their version.
fn starts(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok()
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Tool::Writer => "LibreOffice Writer",
            Tool::Calc => "LibreOffice Calc",
            Tool::Qpdf => "qpdf",
            Tool::Poppler => "poppler (pdftotext, pdffonts, pdfinfo, pdftoppm)",
            Tool::Mupdf => "MuPDF (mutool)",
            Tool::Preflight => "PDFBox Preflight",
            Tool::Pdfua => "pdfua",
            Tool::OoxmlValidator => "ooxml-validator",
            Tool::OpenxmlAudit => "openxml-audit",
            Tool::Parallel => "GNU parallel",
            Tool::NotoSerifCjk => "Noto Serif CJK",
        })
    }
}
