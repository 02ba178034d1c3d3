//! What the documents name is there: pages, places in them, files, settings, commands with their options.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::World;

/// What a path in a document begins with. Others, like `target/`, are made on the reader's machine.
const FOLDERS: [&str; 10] = [
    ".ci/",
    ".github/",
    "assets/",
    "benches/",
    "crates/",
    "deploy/",
    "docs/",
    "migrations/",
    "src/",
    "tests/",
];
/// What is no path but the form of one.
const FORMS: [&str; 4] = [" ", "\n", "…", "NNNN"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).expect("read a file")
}

/// Every document and what it says.
fn pages() -> Vec<(PathBuf, String)> {
    let mut pages = Vec::new();
    for folder in ["", "docs", "fuzz", "crates/discord-sandbox"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("list a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                pages.push((path.clone(), text(path)));
            }
        }
    }
    assert!(pages.len() > 10, "{} pages", pages.len());
    pages
}

/// A heading as links name it.
fn anchor(heading: &str) -> String {
    let kept = |character: &char| character.is_alphanumeric() || " -_".contains(*character);
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(kept)
        .collect::<String>()
        .replace(' ', "-")
}

/// What a page links to that is no page of the web.
pub(crate) fn links(said: &str) -> impl Iterator<Item = &str> {
    let targets = said.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets.map(|(link, _)| link).filter(|link| !link.contains("://"))
}

#[test]
fn every_link_leads_somewhere() {
    for (page, said) in pages() {
        for link in links(&said) {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                file => page.with_file_name("").join(file),
            };
            assert!(target.exists(), "{} links to {link}", page.display());
            let there = if place.is_empty() { String::new() } else { text(target) };
            let mut headings = there.lines().filter(|line| line.starts_with('#')).map(anchor);
            let found = place.is_empty() || headings.any(|heading| heading == place);
            assert!(found, "{} links to {link}", page.display());
        }
    }
}

#[test]
fn every_file_that_is_named_exists() {
    // What changed long ago may be about what is gone.
    for (page, said) in pages().into_iter().filter(|(page, _)| !page.ends_with("CHANGELOG.md")) {
        let is_path = |quoted: &&str| {
            FOLDERS.iter().any(|folder| quoted.starts_with(folder))
                && !FORMS.iter().any(|form| quoted.contains(form))
        };
        for path in said.split('`').filter(is_path) {
            assert!(root().join(path).exists(), "{} names {path}", page.display());
        }
    }
}

/// Every section with its keys, as the example lists them.
pub(crate) fn settings() -> BTreeSet<(String, String)> {
    let mut section = "";
    let mut there = BTreeSet::new();
    let example = text("config.toml");
    for line in example.lines().map(|line| line.trim_start_matches("# ")) {
        if line.starts_with('[') {
            section = line.split_whitespace().next().unwrap_or_default();
        }
        let key = line.split_once(" = ").map(|(key, _)| key);
        let is_word = |key: &&str| key.chars().all(|it| it.is_ascii_lowercase() || it == '_');
        there.extend(key.filter(is_word).map(|key| (section.to_owned(), key.to_owned())));
    }
    there
}

#[test]
fn every_setting_is_explained_in_its_section() {
    let there = settings();
    let mut told = BTreeSet::new();
    for part in text("docs/configuration.md").split("\n### `").skip(1) {
        let (section, said) = part.split_once('`').expect("the end of a heading");
        let rows = said.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        told.extend(rows.map(|(key, _)| (section.to_owned(), key.to_owned())));
    }
    assert!(there.len() > 20, "{there:?}");
    assert_eq!(told, there);
}

/// The commands that can be typed, each with its options as its usage shows them.
fn usages(command: &Value, above: &str) -> Vec<(String, BTreeSet<String>)> {
    let name = format!("{above}{}", command["name"].as_str().expect("a name"));
    let options = command["options"].as_array().cloned().unwrap_or_default();
    let (below, options): (Vec<Value>, Vec<Value>) =
        options.into_iter().partition(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
    if !below.is_empty() {
        return below.iter().flat_map(|option| usages(option, &format!("{name} "))).collect();
    }
    let shown = options.iter().map(|option| {
        let name = option["name"].as_str().expect("a name");
        if option["required"] == true { name.to_owned() } else { format!("[{name}]") }
    });
    vec![(name, shown.collect())]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_is_explained_with_its_options() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let registered = world.sandbox.look(|world| world.commands(None).to_vec());
    let page = text("docs/commands.md");
    let (in_menus, typed): (Vec<_>, Vec<_>) =
        registered.iter().partition(|command| command["type"] == 3);
    for command in in_menus {
        let name = command["name"].as_str().expect("a name");
        assert!(page.contains(&format!("- *{name}*")), "{name}");
    }
    let there: BTreeSet<_> = typed.into_iter().flat_map(|command| usages(command, "")).collect();
    let mut told: BTreeSet<(String, BTreeSet<String>)> = BTreeSet::new();
    for part in page.split("\n### `/").skip(1) {
        let (name, said) = part.split_once('`').expect("the end of a heading");
        let usage = said.split('`').nth(1).expect("a usage");
        let options = usage.trim_start_matches('/').strip_prefix(name).expect("the command");
        told.insert((name.to_owned(), options.split_whitespace().map(str::to_owned).collect()));
    }
    assert_eq!(told, there);
}
