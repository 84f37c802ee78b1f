//! What a template that came from elsewhere can reach on the disk of who uses it.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::Path;

use super::program::{names, run, write};
use tempfile::{TempDir, tempdir};

const SECRET: &str = "[report]\ntitle = \"内部\"\n[[section]]\ntext = \"机密：线索三条。\"\n";
const REPORT: &str = "template = \"../county/template.toml\"\n[figures]\n\"会议X次\" = 1\n";

/// A county's template with `head` before its text, a town's report, and what is nobody's business.
fn county(head: &str, section: &str) -> TempDir {
    let folder = tempdir().unwrap();
    let template = format!("{head}\n[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"会议X次。\"\n{section}\n");
    write(folder.path(), "county/template.toml", template);
    write(folder.path(), "private/report.toml", SECRET);
    write(folder.path(), "private/a.csv", "村,线索\n东村,3\n");
    write(folder.path(), "town/report.toml", REPORT);
    folder
}

/// Neither `check`, `build`, `pack` nor `batch` takes the template, and nothing is written or shown of the secret.
#[track_caller]
fn refused(folder: &Path, what: &str) {
    write(folder, "town/towns.csv", "镇,会议X次\n青石镇,1\n");
    for args in [
        &["check", "town/report.toml"][..],
        &["build", "town/report.toml"],
        &["check", "--template", "county/template.toml"],
        &["pack", "county", "-o", "c.rgt"],
        &["batch", "county/template.toml", "--values", "town/towns.csv", "-o", "out"],
    ] {
        let ended = run(folder, args);
        assert!(ended.status != 0, "{what}: {args:?}");
        assert!(!(ended.err + &ended.out).contains("线索"), "{what}: {args:?}");
    }
    assert!(!folder.join("c.rgt").exists(), "{what}");
    assert_eq!(names(&folder.join("town")), ["report.toml", "towns.csv"], "{what}");
}

#[test]
fn a_base_stays_in_the_folder_of_its_template() {
    let absolute = county("", "");
    let absolute = absolute.path().join("private/report.toml");
    for base in [
        "../private/report.toml",
        "./../private/report.toml",
        "sub/../../private/report.toml",
        "..\\\\private\\\\report.toml",
        "C:/private/report.toml",
        "\\\\\\\\server\\\\report.toml",
        absolute.to_str().unwrap(),
        "link.toml",
        "sub/report.toml",
        "sub/c.rgt",
        "",
    ] {
        let folder = county(&format!("[template]\nname = \"t\"\nbase = \"{base}\"\n"), "");
        symlink("../private/report.toml", folder.path().join("county/link.toml")).unwrap();
        symlink("../private", folder.path().join("county/sub")).unwrap();
        assert_eq!(run(folder.path(), &["pack", "private/report.toml", "-o", "private/c.rgt"]).status, 0);
        refused(folder.path(), base);
    }
}

#[test]
fn a_file_that_is_used_as_a_template_is_one() {
    let folder = tempdir().unwrap();
    write(folder.path(), "private/report.toml", SECRET.replace("条", "条，会议X次"));
    write(folder.path(), "county/template.toml", "template = \"../private/report.toml\"\n");
    write(folder.path(), "town/report.toml", REPORT);
    refused(folder.path(), "`template` in a template");
}

#[test]
fn pictures_and_tables_stay_there_too() {
    for path in ["../private/a.csv", "link.csv", "sub/a.csv"] {
        let folder = county("", &format!("[[section.table]]\nsource = \"{path}\"\n"));
        symlink("../private/a.csv", folder.path().join("county/link.csv")).unwrap();
        symlink("../private", folder.path().join("county/sub")).unwrap();
        refused(folder.path(), path);
    }
}

#[test]
fn what_lies_in_the_folder_is_taken_through_links_too() {
    let folder = county("[template]\nbase = \"link.toml\"\n", "");
    write(folder.path(), "county/deep/province.toml", "[words]\nbanned = []\n");
    symlink("deep/province.toml", folder.path().join("county/link.toml")).unwrap();
    let build = run(folder.path(), &["build", "town/report.toml"]);
    assert_eq!((build.status, build.err.as_str()), (0, ""));
    assert_eq!(run(folder.path(), &["pack", "county", "-o", "c.rgt"]).status, 0);
    write(folder.path(), "other/report.toml", REPORT.replace("../county/template.toml", "../c.rgt"));
    let build = run(folder.path(), &["build", "other/report.toml"]);
    assert_eq!((build.status, build.err.as_str()), (0, ""));
}
