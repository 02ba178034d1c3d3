//! What people read: in the snapshots, and in the log.

use std::path::{Path, PathBuf};

use super::imports::sources;

/// What plain English does not say.
const DIALECT: [&str; 8] = [
    "come into question",
    "of its own accord",
    "keep it right",
    "stays right",
    "looked whether",
    "is told",
    "are told",
    " stands",
];

/// What is counted, as more than one.
const MANY: [&str; 7] = ["orders", "messages", "units", "entries", "products", "days", "webhooks"];

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("read a file")
}

fn snapshots(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("read a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(snapshots(&path));
        } else if path.extension().is_some_and(|extension| extension == "snap") {
            found.push(path);
        }
    }
    found
}

#[test]
fn what_people_read_is_plain_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all: Vec<PathBuf> =
        ["src", "tests/it"].iter().flat_map(|folder| snapshots(&root.join(folder))).collect();
    assert!(all.len() > 20, "{} snapshots", all.len());
    for path in all {
        let text = text(&path);
        for words in DIALECT {
            assert!(!text.contains(words), "\"{words}\" in {}", path.display());
        }
        let words: Vec<&str> = text.split([' ', '\n', '*', '`', '.', ',', ':', '(']).collect();
        let wrong = words.windows(2).find(|pair| pair[0] == "1" && MANY.contains(&pair[1]));
        assert_eq!(wrong, None, "{}", path.display());
    }
}

/// tracing takes a field `message` for the sentence itself, and shows the number in its place.
#[test]
fn no_field_of_the_log_hides_its_sentence() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut lines = 0;
    for path in sources(&src) {
        for call in text(&path).split("tracing::").skip(1) {
            let fields = call.split('"').next().unwrap_or_default();
            lines += 1;
            let arguments = fields.split_once('(').map_or("", |(_, arguments)| arguments);
            let mut names = arguments.split(',').map(|field| field.split('=').next());
            let hides = names.any(|name| {
                name.is_some_and(|name| name.trim().trim_start_matches(['%', '?']) == "message")
            });
            assert!(!hides, "{fields} in {}", path.display());
        }
    }
    assert!(lines > 50, "{lines} lines");
}
