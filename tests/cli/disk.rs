//! What the program leaves on the disk, and what it leaves alone.

use std::time::{Duration, SystemTime};

use super::program::{bytes, command, ended, names, run, write};
use super::{FAULTY, GOOD, folder};
use tempfile::tempdir;

#[test]
fn a_faulty_report_leaves_the_earlier_pair_untouched() {
    let folder = folder(GOOD);
    assert_eq!(run(folder.path(), &["build"]).status, 0);
    // Far enough back that a new file could not have the time.
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    let pair = ["report.docx", "report.pdf"];
    for name in pair {
        std::fs::File::options().write(true).open(folder.path().join(name)).unwrap().set_modified(past).unwrap();
    }
    let before = pair.map(|name| bytes(folder.path(), name));
    write(folder.path(), "report.toml", FAULTY);
    assert_eq!(run(folder.path(), &["build"]).status, 1);
    assert_eq!(pair.map(|name| bytes(folder.path(), name)), before);
    for name in pair {
        assert_eq!(std::fs::metadata(folder.path().join(name)).unwrap().modified().unwrap(), past, "{name}");
    }
    assert_eq!(names(folder.path()).len(), 3);
}

#[test]
fn a_later_build_replaces_the_pair() {
    let folder = folder(GOOD);
    assert_eq!(run(folder.path(), &["build"]).status, 0);
    let before = bytes(folder.path(), "report.pdf");
    write(folder.path(), "report.toml", GOOD.replace("= 12", "= 13"));
    assert_eq!(run(folder.path(), &["build"]).status, 0);
    assert_ne!(bytes(folder.path(), "report.pdf"), before);
    assert_eq!(names(folder.path()).len(), 3, "no temporary file is left");
}

#[test]
fn a_target_that_cannot_be_replaced_is_told_and_its_twin_untouched() {
    for (stuck, twin) in [("report.pdf", "report.docx"), ("report.docx", "report.pdf")] {
        let folder = folder(GOOD);
        assert_eq!(run(folder.path(), &["build"]).status, 0);
        let earlier = bytes(folder.path(), twin);
        std::fs::remove_file(folder.path().join(stuck)).unwrap();
        std::fs::create_dir(folder.path().join(stuck)).unwrap();
        write(folder.path(), "report.toml", GOOD.replace("= 12", "= 13"));
        let build = run(folder.path(), &["build"]);
        assert_eq!((build.status, build.out.as_str()), (2, ""), "{stuck}");
        assert!(build.err.contains("[io]") && build.err.contains(stuck), "{}", build.err);
        assert_eq!(bytes(folder.path(), twin), earlier);
        assert_eq!(names(folder.path()), ["report.docx", "report.pdf", "report.toml"], "no temporary file is left");
    }
}

#[test]
fn two_reports_of_one_name_are_told_before_either_is_written() {
    let folder = tempdir().unwrap();
    let named = GOOD.replace("[[section]]", "output = \"汇报\"\n\n[[section]]");
    write(folder.path(), "a.toml", &named);
    write(folder.path(), "b.toml", &named);
    let build = run(folder.path(), &["build", "a.toml", "b.toml"]);
    assert_eq!((build.status, build.out.as_str()), (1, ""));
    assert!(build.err.contains("[output-collision]") && build.err.contains("a.toml"), "{}", build.err);
    assert_eq!(names(folder.path()), ["a.toml", "b.toml"]);
}

#[test]
fn names_that_differ_in_case_alone_are_one_name() {
    let folder = tempdir().unwrap();
    write(folder.path(), "a.toml", GOOD.replace("[[section]]", "output = \"Report\"\n\n[[section]]"));
    write(folder.path(), "b.toml", GOOD.replace("[[section]]", "output = \"report\"\n\n[[section]]"));
    let build = run(folder.path(), &["build", "a.toml", "b.toml"]);
    assert_eq!(build.status, 1, "as `explain output-collision` says");
    assert!(build.err.contains("[output-collision]"), "{}", build.err);
    assert_eq!(names(folder.path()), ["a.toml", "b.toml"]);
}

#[test]
fn one_folder_by_two_paths_is_one_folder() {
    let folder = tempdir().unwrap();
    write(folder.path(), "sub/a.toml", GOOD.replace("[[section]]", "output = \"汇报\"\n\n[[section]]"));
    write(folder.path(), "sub/b.toml", GOOD.replace("[[section]]", "output = \"汇报\"\n\n[[section]]"));
    let build = run(folder.path(), &["build", "sub/a.toml", "sub/../sub/b.toml"]);
    assert_eq!(build.status, 1);
    assert!(build.err.contains("[output-collision]"), "{}", build.err);
    assert_eq!(names(&folder.path().join("sub")), ["a.toml", "b.toml"]);
}

#[test]
fn outputs_go_beside_their_file_or_where_o_says() {
    let folder = tempdir().unwrap();
    write(folder.path(), "稿件/汇报.toml", GOOD);
    assert_eq!(run(folder.path(), &["build", "稿件/汇报.toml", "--to", "docx"]).status, 0);
    assert_eq!(names(&folder.path().join("稿件")), ["汇报.docx", "汇报.toml"], "the stem is the file's own");
    assert_eq!(run(folder.path(), &["build", "稿件/汇报.toml", "-o", "成品/十一月", "--to", "pdf"]).status, 0);
    assert_eq!(names(&folder.path().join("成品/十一月")), ["汇报.pdf"], "the folder is made");
    assert_eq!(run(folder.path(), &["build", "稿件/汇报.toml", "-o", "都要", "--to", "pdf,docx"]).status, 0);
    assert_eq!(names(&folder.path().join("都要")), ["汇报.docx", "汇报.pdf"]);
    assert_eq!(
        bytes(folder.path(), "稿件/汇报.docx"),
        bytes(folder.path(), "都要/汇报.docx"),
        "a file is the same, whatever else is asked for"
    );
}

#[test]
fn a_folder_that_cannot_be_made_ends_with_2() {
    let folder = folder(GOOD);
    write(folder.path(), "taken", "a file");
    let build = run(folder.path(), &["build", "-o", "taken"]);
    assert_eq!((build.status, build.out.as_str()), (2, ""));
    assert!(build.err.contains("taken"), "{}", build.err);
    assert_eq!(bytes(folder.path(), "taken"), b"a file");
}

#[test]
fn odd_names_are_names() {
    let folder = tempdir().unwrap();
    for name in ["two blanks.toml", "二零二五年汇报.toml", "-v.toml", "a.b.toml", "'quote'.toml", "no-extension"]
    {
        write(folder.path(), name, GOOD);
        let build = run(folder.path(), &["build", "--to", "pdf", "-o", "out", "--", name]);
        assert_eq!((build.status, build.err.as_str()), (0, ""), "{name}");
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        assert!(
            folder.path().join(format!("out/{stem}.pdf")).is_file(),
            "{name}: {:?}",
            names(&folder.path().join("out"))
        );
    }
}

#[test]
fn the_output_name_is_the_reports() {
    let folder = folder(&GOOD.replace("[[section]]", "output = \"会议X次汇报\"\n\n[[section]]"));
    assert_eq!(run(folder.path(), &["build"]).status, 0);
    assert_eq!(names(folder.path()), ["report.toml", "会议12次汇报.docx", "会议12次汇报.pdf"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_ends_with_2() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let folder = folder(GOOD);
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    std::fs::set_permissions(&out, Permissions::from_mode(0o555)).unwrap();
    let mut build = command(folder.path());
    build.args(["build", "-o", "out"]);
    if std::fs::write(out.join("probe"), "").is_ok() {
        // Root may write everywhere, so another user builds.
        std::fs::remove_file(out.join("probe")).unwrap();
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        build.uid(65534);
    }
    let build = ended(&mut build);
    std::fs::set_permissions(&out, Permissions::from_mode(0o755)).unwrap();
    assert_eq!((build.status, build.out.as_str()), (2, ""));
    assert!(build.err.contains("out"), "{}", build.err);
    assert!(names(&out).is_empty());
}

#[cfg(unix)]
#[test]
fn outputs_are_readable_by_whom_the_umask_lets() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(GOOD);
    assert_eq!(run(folder.path(), &["build", "--to", "pdf"]).status, 0);
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    // The report was made by the same user under the same umask.
    assert_eq!(mode("report.pdf"), mode("report.toml"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::io::Read;
    use std::process::Stdio;

    let folder = tempdir().unwrap();
    let mut child = command(folder.path()).args(["fonts", "--licenses"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(ended(command(folder.path()).arg("explain")).status, 0);
}
