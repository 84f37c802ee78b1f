//! Whose is a file that stands where an output is to go.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{FAULTY, GOOD, bytes, command, ended, folder, names, run, write};

/// Changes words in a part of a Word file, as an editor does.
fn edit(folder: &Path, name: &str, part: &str, old: &str, new: &str) {
    let mut archive = ZipArchive::new(Cursor::new(bytes(folder, name))).unwrap();
    let mut edited = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut entry = archive.by_index(number).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if entry.name() == part {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(old), "{part} has no {old}");
            content = text.replace(old, new).into_bytes();
        }
        edited.start_file(entry.name(), SimpleFileOptions::default()).unwrap();
        edited.write_all(&content).unwrap();
    }
    write(folder, name, edited.finish().unwrap().into_inner());
}

#[test]
fn what_was_made_before_is_made_again() {
    let folder = folder(GOOD);
    for _ in 0..2 {
        for args in [
            &["build"][..],
            &["figures", "-o", "list.csv"],
            &["figures", "-o", "list.xlsx"],
            &["figures", "-o", "list.json"],
            &["figures", "-o", "list.txt"],
            &["figures", "--suggest-rules", "-o", "rules.toml"],
        ] {
            let ended = run(folder.path(), args);
            assert_eq!((ended.status, ended.err.contains("错误")), (0, false), "{args:?}: {}", ended.err);
        }
        // The next round writes something else.
        write(folder.path(), "report.toml", GOOD.replace("= 12", "= 13"));
    }
    assert!(!names(folder.path()).iter().any(|name| name.contains("改动")));
}

#[test]
fn a_word_file_that_was_edited_is_not_lost() {
    let folder = folder(GOOD);
    let path = folder.path();
    assert_eq!(run(path, &["build"]).status, 0);
    edit(path, "report.docx", "word/document.xml", "召开会议", "召集会议");
    let (edited, pdf) = (bytes(path, "report.docx"), bytes(path, "report.pdf"));
    write(path, "report.toml", GOOD.replace("= 12", "= 13"));

    let refused = run(path, &["build"]);
    assert_eq!(refused.status, 2);
    for word in ["错误[edited-output]", "report.docx", "report-gen collect", "--force"] {
        assert!(refused.err.contains(word), "{word}: {}", refused.err);
    }
    assert_eq!((bytes(path, "report.docx"), bytes(path, "report.pdf")), (edited.clone(), pdf), "neither is touched");

    let forced = run(path, &["build", "--force"]);
    assert_eq!(forced.status, 0, "{}", forced.err);
    assert!(forced.err.contains("report.改动.docx"), "{}", forced.err);
    assert_eq!(bytes(path, "report.改动.docx"), edited);
    assert_eq!(run(path, &["build"]).status, 0, "the new one is the program's own again");

    edit(path, "report.docx", "word/document.xml", "召开会议", "召集大会");
    assert_eq!(run(path, &["build", "--force"]).status, 0);
    assert_eq!(bytes(path, "report.改动.docx"), edited, "what was kept first is still there");
    assert!(names(path).contains(&"report.改动2.docx".to_owned()));
}

#[test]
fn a_draft_that_was_typed_into_is_not_lost() {
    let folder = folder(FAULTY);
    let path = folder.path();
    assert_eq!(run(path, &["build", "--draft"]).status, 0);
    assert_eq!(run(path, &["build", "--draft"]).status, 0);
    edit(path, "report.草稿.docx", "word/document.xml", "召开会议", "共召开会议");
    let refused = run(path, &["build", "--draft"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("edited-output"), "{}", refused.err);
    assert_eq!(run(path, &["build", "--draft", "--force"]).status, 0);
    assert!(names(path).contains(&"report.草稿.改动.docx".to_owned()));
}

#[test]
fn a_pdf_that_was_changed_is_not_lost() {
    let folder = folder(GOOD);
    let path = folder.path();
    assert_eq!(run(path, &["build", "--to", "pdf"]).status, 0);
    let mut pdf = bytes(path, "report.pdf");
    pdf.extend_from_slice(b"% a remark\n");
    write(path, "report.pdf", &pdf);
    let refused = run(path, &["build", "--to", "pdf"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("edited-output"), "{}", refused.err);
    assert_eq!(bytes(path, "report.pdf"), pdf);
}

#[test]
fn a_file_of_others_is_not_an_output() {
    let folder = folder(GOOD);
    let path = folder.path();
    for (name, args) in [
        ("report.docx", &["build"][..]),
        ("report.pdf", &["build"]),
        ("list.csv", &["figures", "-o", "list.csv"]),
        ("rules.toml", &["figures", "--suggest-rules", "-o", "rules.toml"]),
    ] {
        write(path, name, "typed by hand");
        let refused = run(path, args);
        assert_eq!(refused.status, 2, "{name}");
        assert!(refused.err.contains("foreign-output") && refused.err.contains("--force"), "{}", refused.err);
        assert_eq!(bytes(path, name), b"typed by hand", "{name}");
        let forced = run(path, &[args, &["--force"]].concat());
        assert_eq!(forced.status, 0, "{}", forced.err);
        let (stem, extension) = name.split_once('.').unwrap();
        assert_eq!(bytes(path, &format!("{stem}.改动.{extension}")), b"typed by hand");
        std::fs::remove_file(path.join(name)).unwrap();
    }
}

#[test]
fn a_file_that_is_read_is_not_written() {
    let folder = folder(GOOD);
    let path = folder.path();
    assert_eq!(run(path, &["build"]).status, 0);
    for args in [
        &["figures", "-o", "report.toml"][..],
        &["figures", "-o", "./report.toml"],
        &["figures", "./report.toml", "-o", "report.toml", "--format", "csv"],
        &["collect", "report.docx", "report.toml", "-o", "report.toml"],
        &["collect", "report.docx", "report.toml", "-o", "report.docx"],
    ] {
        let refused = run(path, args);
        assert_eq!(refused.status, 2, "{args:?}: {}", refused.err);
        assert!(refused.err.contains("output-is-input"), "{args:?}: {}", refused.err);
        assert_eq!(bytes(path, "report.toml"), GOOD.as_bytes(), "{args:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = folder(GOOD);
    for args in [&["figures", "-o", "gone/list.csv"][..], &["figures", "-o", "gone/list.xlsx"]] {
        let refused = run(folder.path(), args);
        assert_eq!(refused.status, 2, "{args:?}");
        assert!(refused.err.contains("没有“gone”这个文件夹") && !refused.err.contains("tmp"), "{}", refused.err);
    }
}

#[test]
fn an_empty_folder_of_forms_replaces_no_table() {
    let folder = folder(GOOD);
    let path = folder.path();
    std::fs::create_dir(path.join("forms")).unwrap();
    let table = "镇,会议X次\n青石镇,1\n";
    write(path, "towns.csv", table);
    // By its usual name, and by one that is given; asked for by force as well, since there is nothing to write.
    for more in [&[][..], &["-o", "towns.csv"], &["-o", "towns.csv", "--force"]] {
        let refused = run(path, &[&["collect", "forms", "--template", "report.toml"], more].concat());
        assert!(matches!(refused.status, 1 | 2), "{more:?}: {}", refused.err);
        assert_eq!(bytes(path, "towns.csv"), table.as_bytes(), "{more:?}");
    }
}

#[test]
fn a_list_that_was_filled_on_is_not_lost() {
    let folder = folder(GOOD);
    let path = folder.path();
    assert_eq!(run(path, &["figures", "-o", "list.csv"]).status, 0);
    let filled = [bytes(path, "list.csv"), "备注\r\n".into()].concat();
    write(path, "list.csv", &filled);
    let refused = run(path, &["figures", "-o", "list.csv"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("edited-output"), "{}", refused.err);
    assert_eq!(bytes(path, "list.csv"), filled);
}

#[test]
fn a_draft_that_is_named_like_its_title_is_not_lost() {
    let folder = folder(GOOD);
    let path = folder.path();
    assert_eq!(run(path, &["build", "--to", "docx"]).status, 0);
    // A draft of others: without the note of this program.
    edit(path, "report.docx", "docProps/custom.xml", "report-gen", "another");
    std::fs::rename(path.join("report.docx"), path.join("汇报.docx")).unwrap();
    assert_eq!(run(path, &["import", "汇报.docx", "-o", "汇报.toml"]).status, 0);
    let draft = bytes(path, "汇报.docx");
    let refused = run(path, &["build", "汇报.toml", "--to", "docx"]);
    assert_eq!(refused.status, 2, "{}", refused.err);
    assert!(refused.err.contains("foreign-output"), "{}", refused.err);
    assert_eq!(bytes(path, "汇报.docx"), draft);
    let refused = run(path, &["import", "汇报.docx", "-o", "新.docx"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains(".toml"), "{}", refused.err);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn mode(folder: &Path, name: &str) -> u32 {
        std::fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_link_is_followed_and_the_mode_is_kept() {
        let folder = folder(FAULTY);
        let path = folder.path();
        symlink("report.toml", path.join("link.toml")).unwrap();
        std::fs::set_permissions(path.join("report.toml"), std::fs::Permissions::from_mode(0o640)).unwrap();
        write(path, "answers", "12\n");
        let answers = std::fs::File::open(path.join("answers")).unwrap();
        let filled = ended(command(path).args(["fill", "link.toml"]).stdin(answers));
        assert_eq!(filled.status, 0, "{}", filled.err);
        assert!(std::fs::symlink_metadata(path.join("link.toml")).unwrap().is_symlink());
        assert_eq!(mode(path, "report.toml"), 0o640);
        assert!(String::from_utf8(bytes(path, "report.toml")).unwrap().contains("12"));

        write(path, "real.txt", "全镇召开会议2次,效果好。");
        symlink("real.txt", path.join("link.txt")).unwrap();
        assert_eq!(run(path, &["lint", "--fix", "link.txt"]).status, 0);
        assert!(std::fs::symlink_metadata(path.join("link.txt")).unwrap().is_symlink());
        assert_eq!(bytes(path, "real.txt"), "全镇召开会议2次，效果好。".as_bytes());
    }

    #[test]
    fn a_read_only_file_is_left_and_other_names_are_told() {
        let folder = folder(GOOD);
        let path = folder.path();
        write(path, "a.txt", "全镇召开会议2次,效果好。");
        std::fs::hard_link(path.join("a.txt"), path.join("b.txt")).unwrap();
        let mended = run(path, &["lint", "--fix", "a.txt"]);
        assert!(mended.err.contains("硬链接"), "{}", mended.err);
        assert_eq!(bytes(path, "b.txt"), "全镇召开会议2次,效果好。".as_bytes());

        std::fs::set_permissions(path.join("b.txt"), std::fs::Permissions::from_mode(0o444)).unwrap();
        let refused = run(path, &["lint", "--fix", "b.txt"]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains("只读"), "{}", refused.err);
        assert_eq!(bytes(path, "b.txt"), "全镇召开会议2次,效果好。".as_bytes());
    }

    #[test]
    fn a_link_to_no_file_is_told() {
        let folder = folder(GOOD);
        let path = folder.path();
        std::os::unix::fs::symlink("gone/report.pdf", path.join("report.pdf")).unwrap();
        let refused = run(path, &["build", "--to", "pdf"]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains("它指的文件不在了"), "{}", refused.err);
        assert!(path.join("report.pdf").is_symlink());
    }

    #[test]
    fn a_pipe_or_a_folder_is_an_error_at_once() {
        let folder = folder(GOOD);
        let path = folder.path();
        assert!(Command::new("mkfifo").arg(path.join("pipe.csv")).status().unwrap().success());
        std::fs::create_dir(path.join("report.docx")).unwrap();
        for args in [&["figures", "-o", "pipe.csv"][..], &["figures", "-o", "/dev/null"], &["build"]] {
            let refused = run(path, args);
            assert_eq!(refused.status, 2, "{args:?}");
            assert!(refused.err.contains("错误[io]"), "{args:?}: {}", refused.err);
        }
        assert!(!path.join("report.pdf").exists(), "its twin is not written either");
    }

    #[test]
    fn a_hard_link_to_an_input_is_that_input() {
        let folder = folder(GOOD);
        let path = folder.path();
        std::fs::hard_link(path.join("report.toml"), path.join("list.csv")).unwrap();
        symlink(path, path.join("here")).unwrap();
        for target in ["list.csv", "here/report.toml"] {
            let refused = run(path, &["figures", "-o", target, "--format", "csv"]);
            assert!(refused.err.contains("output-is-input"), "{target}: {}", refused.err);
        }
        assert_eq!(bytes(path, "report.toml"), GOOD.as_bytes());
    }
}
