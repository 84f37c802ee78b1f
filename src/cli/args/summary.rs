//! `summary merge`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `summary merge`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Merge {
    /// `summary.*.json` of shards, the first shard's first.
    pub files: Vec<PathBuf>,
    /// Where the joined summary goes; beside the first if none is named.
    pub dir: Option<PathBuf>,
}

impl Merge {
    pub(super) fn read(m: &ArgMatches) -> Self {
        let merge = m.subcommand_matches("merge").unwrap_or(m);
        let files = merge.get_many("file").into_iter().flatten().cloned().collect();
        Merge { files, dir: merge.get_one("output").cloned() }
    }
}

pub(super) fn command(w: Wording) -> Command {
    let about = w.t("把分几份做的 batch 的汇总合成一个", "joins the summaries of a batch that was made in shards");
    let example = "report-gen summary merge out/summary.1-2.json out/summary.2-2.json";
    let merge = w
        .sub("merge", about, example)
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help_heading(w.arguments())
                .help(w.t("各份的 summary.*.json，按先后", "summary.*.json of the shards, in their order")),
        )
        .arg(w.output_dir("合成的汇总放在哪里，默认与第一个同在一处", "where it goes; beside the first by default"))
        .arg(w.force());
    w.sub("summary", about, example).subcommand_required(true).subcommand(merge)
}
