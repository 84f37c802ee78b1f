//! The importer: a megabyte of drafts with holes, of prose without, and of what it might read again and again. Linear
//! means that a tenfold size takes tenfold time. `cargo bench -- import`.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use report_gen::fonts::Fonts;
use report_gen::import::{Draft, Form, import};
use std::time::Instant;

const KB: usize = 1024;

pub(crate) fn bench() {
    let draft = include_str!("../import/drafts/01-single-x.txt").replace(['⟦', '⟧'], "");
    let kinds = [
        ("prose", include_str!("../prose/汇报.txt"), Form::Text),
        ("draft", &draft, Form::Text),
        ("markdown", &draft, Form::Markdown),
        ("one line", "召开党委会X次，培训X人，", Form::Text),
        ("points", "一是抓学习。读书X本。", Form::Text),
        ("×", "×× ", Form::Text),
        ("附件", "附件1\n附件：1.名单\n", Form::Text),
        ("|", "| 村 | X户 |\n|---|---|\n", Form::Markdown),
    ];
    let fonts = Fonts::bundled();
    println!("{:>16}  {:>12}  {:>12}  {:>8}", "text", "100 kB, ms", "1 MB, ms", "figures");
    for (name, piece, form) in kinds {
        let time = |size: usize| {
            let text = piece.repeat(size / piece.len());
            let started = Instant::now();
            let draft = Draft { name: "a.txt", bytes: text.as_bytes(), form, figures_too: false };
            let imported = import(&draft, &fonts);
            (started.elapsed().as_secs_f64() * 1000.0, imported.figures)
        };
        let ((small, _), (large, figures)) = (time(100 * KB), time(1024 * KB));
        println!("{name:>16}  {small:>12.1}  {large:>12.1}  {figures:>8}");
    }
}
