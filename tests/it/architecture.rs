//! Which module may know what: the compiler does not hold these borders, so a test does.

use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("read a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Lines of code outside of the given folder that hold one of the words.
fn strays(words: &[&str], inside: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut strays = Vec::new();
    for path in sources(&root) {
        let name = path.strip_prefix(&root).expect("below src").display().to_string();
        if name.starts_with(inside) {
            continue;
        }
        strays.extend(lines_with(&path, words).map(|line| format!("{name}: {line}")));
    }
    strays
}

fn lines_with<'a>(path: &Path, words: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    let text = std::fs::read_to_string(path).expect("read a source");
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    lines
        .into_iter()
        .filter(|line| !line.starts_with("//"))
        // A name in quotes is the target of a log line.
        .filter(|line| {
            words.iter().any(|word| line.replace(&format!("\"{word}"), "").contains(word))
        })
}

#[test]
fn serenity_and_poise_are_known_to_discord_alone() {
    assert_eq!(strays(&["serenity::", "poise::"], "discord"), Vec::<String>::new());
}

#[test]
fn sqlx_is_known_to_the_ledger_alone() {
    assert_eq!(strays(&["sqlx::"], "ledger"), Vec::<String>::new());
}

#[test]
fn replies_are_built_where_none_can_ping() {
    let builders =
        ["CreateReply::", "CreateInteractionResponseMessage::", "EditInteractionResponse::"];
    assert_eq!(strays(&builders, "discord/interactions/reply.rs"), Vec::<String>::new());
}

#[test]
fn reading_is_pure() {
    let impure = [
        "std::fs",
        "std::env",
        "std::net",
        "std::io",
        "tokio",
        "Utc::now",
        "Instant",
        "SystemTime",
    ];
    let reading = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reading");
    let found: Vec<String> =
        sources(&reading).iter().flat_map(|path| lines_with(path, &impure)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_test_that_the_readme_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("read the README");
    let tests: String = sources(&root.join("tests/it"))
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("read a test"))
        .collect();
    let named: Vec<&str> = readme
        .split('`')
        .filter_map(|quoted| quoted.split_once("::"))
        .map(|(_, name)| name)
        .filter(|name| !name.contains("::"))
        .filter(|name| name.contains('_'))
        .collect();
    assert!(named.len() > 10, "{named:?}");
    let missing: Vec<_> =
        named.into_iter().filter(|name| !tests.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
