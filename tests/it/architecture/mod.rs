//! Which room may know which: the compiler does not hold these borders, so a test does.

mod circles;
mod imports;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use circles::circles;
use imports::{Imports, Module, sources};

/// The rooms of `src/`, each with those that it may import, from the ground floor up. What is not named
/// is forbidden.
const ROOMS: [(&str, &[&str]); 31] = [
    // What everybody speaks of.
    ("count", &[]),
    ("ids", &[]),
    ("order", &["count"]),
    ("terminal", &[]),
    // What differs between operating systems.
    ("platform", &[]),
    // Files that are written whole or not at all.
    ("atomic_file", &["platform"]),
    // Waiting for the next attempt, and for news; sizes as people read them.
    ("backoff", &[]),
    ("wakeups", &[]),
    ("bytes", &[]),
    // A message comes in, and what it says is judged; pure.
    ("reading", &["ids", "order"]),
    ("verdict", &["ids", "reading"]),
    // Sheets that people bring; pure.
    ("sheet", &["files", "order", "reading"]),
    // Settings, and what orders come to; pure.
    ("config", &["atomic_file", "files", "ids", "order", "platform", "reading"]),
    ("figures", &["order"]),
    ("chart", &["count", "figures", "order"]),
    // SQLite, and the one door to it.
    (
        "ledger",
        &[
            "atomic_file",
            "config",
            "count",
            "figures",
            "ids",
            "order",
            "platform",
            "reading",
            "sheet",
            "verdict",
            "wakeups",
        ],
    ),
    ("ingest", &["backoff", "count", "ids", "ledger", "order", "reading", "verdict"]),
    // Files and kept messages.
    ("files", &["ids", "order", "reading"]),
    ("parse", &["order", "reading"]),
    ("import", &["ids", "ingest", "ledger", "reading", "verdict"]),
    ("export", &["ledger", "order", "sheet"]),
    ("reparse", &["ids", "ingest", "ledger", "verdict"]),
    ("retention", &["count", "ledger"]),
    ("cleaning", &["backoff", "count", "ledger"]),
    // What Refract posts, made up.
    ("refract", &[]),
    ("post", &["refract"]),
    // Discord.
    (
        "discord",
        &[
            "backoff", "bytes", "chart", "config", "count", "export", "figures", "files", "ids",
            "ingest", "ledger", "order", "platform", "reading", "sheet", "verdict", "wakeups",
        ],
    ),
    (
        "demo",
        &[
            "atomic_file",
            "config",
            "discord",
            "ids",
            "ingest",
            "ledger",
            "order",
            "platform",
            "refract",
            "terminal",
        ],
    ),
    // The command line hands over to all of them.
    (
        "cli",
        &[
            "atomic_file",
            "bytes",
            "cleaning",
            "config",
            "count",
            "demo",
            "discord",
            "export",
            "files",
            "ids",
            "import",
            "ingest",
            "ledger",
            "order",
            "parse",
            "platform",
            "post",
            "reading",
            "refract",
            "reparse",
            "retention",
            "terminal",
            "verdict",
        ],
    ),
    ("main", &[]),
    ("lib", &[]),
];

/// The rooms of `discord/`: imports run only downward.
const DISCORD: [&str; 8] =
    ["gateway", "interactions", "setup", "inbound", "outbound", "render", "bot", "rest"];

/// The rooms of `ledger/`: imports run only downward.
const LEDGER: [&str; 10] = [
    "books",
    "messages",
    "people",
    "write",
    "privacy",
    "channels",
    "recompute",
    "orders",
    "model",
    "database",
];

/// The rooms of `reading/`: imports run only downward.
const READING: [&str; 9] =
    ["edited", "single", "orders", "sections", "privacy", "labels", "values", "text", "message"];

/// Files in the top drawer of a room, at the most.
const DRAWER: usize = 12;
/// Lines of a file, at the most.
const FILE_LINES: usize = 300;
/// Files of one room that may import each other in a circle, at the most.
const CIRCLE: usize = 3;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Which room a file of another room lies in, and what it takes there.
fn arrows(imports: &Imports, room: impl Fn(&Module) -> Option<String>) -> Arrows {
    let mut arrows = Arrows::new();
    for (module, taken) in &imports.of {
        for other in taken {
            if let (Some(from), Some(to)) = (room(module), room(other))
                && from != to
            {
                let arrow = format!("{} takes from {}", module.join("::"), other.join("::"));
                arrows.entry((from, to)).or_default().insert(arrow);
            }
        }
    }
    arrows
}

type Arrows = BTreeMap<(String, String), BTreeSet<String>>;

#[test]
fn every_room_imports_only_what_the_table_allows() {
    let arrows = arrows(&Imports::read(&root()), |module| module.first().cloned());
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.into_iter().collect();
    for ((from, to), why) in &arrows {
        let allowed = rooms.get(from.as_str()).unwrap_or_else(|| panic!("{from} is in no table"));
        assert!(allowed.contains(&to.as_str()), "{from} may not know {to}: {why:#?}");
    }
    for (room, allowed) in ROOMS {
        for other in allowed {
            let is_used = arrows.contains_key(&(room.to_owned(), (*other).to_owned()));
            // The command line names the library as others do, and not its rooms.
            assert!(is_used || room == "cli", "{room} does not use {other}");
        }
    }
}

#[test]
fn in_rooms_of_rooms_imports_run_only_downward() {
    let imports = Imports::read(&root());
    let floors: [(&str, &[&str]); 3] =
        [("discord", &DISCORD), ("ledger", &LEDGER), ("reading", &READING)];
    for (house, rooms) in floors {
        let room = |module: &Module| {
            let inside = module.first().is_some_and(|first| first == house);
            module.get(1).filter(|_| inside).cloned()
        };
        let floor = |name: &str| rooms.iter().position(|room| *room == name);
        for ((from, to), why) in arrows(&imports, room) {
            if let (Some(above), Some(below)) = (floor(&from), floor(&to)) {
                assert!(above < below, "{house}: {from} lies below {to}: {why:#?}");
            }
        }
        let mut folders = folders(&root().join(house));
        // Tests are no room: they lie upon all of them.
        folders.remove("tests");
        let named: BTreeSet<String> = rooms.iter().map(|room| (*room).to_owned()).collect();
        assert_eq!(folders, named, "the rooms of {house}");
    }
}

/// The names of the folders in a folder.
fn folders(folder: &Path) -> BTreeSet<String> {
    let entries =
        std::fs::read_dir(folder).expect("read a folder").map(|entry| entry.expect("an entry"));
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn no_circle_crosses_a_room_and_none_is_large() {
    let sandbox = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/discord-sandbox/src");
    let of = [root(), sandbox].map(|root| circles(&Imports::read(&root).of));
    for circle in of.into_iter().flatten() {
        let named: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
        assert!(circle.len() <= CIRCLE, "a circle of {} files: {named:#?}", circle.len());
        let houses = [("discord", 2), ("ledger", 2), ("reading", 2)];
        let rooms: BTreeSet<&[String]> = circle
            .iter()
            .map(|module| {
                let depth = houses.iter().find(|(house, _)| module[0] == *house);
                &module[..depth.map_or(1, |(_, depth)| *depth).min(module.len())]
            })
            .collect();
        assert_eq!(rooms.len(), 1, "a circle over several rooms: {named:#?}");
    }
}

#[test]
fn no_drawer_and_no_file_is_too_full() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut drawers: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for path in [root(), workspace.join("crates")].iter().flat_map(|folder| sources(folder)) {
        let lines = std::fs::read_to_string(&path).expect("read a source").lines().count();
        assert!(lines <= FILE_LINES, "{} has {lines} lines", path.display());
        *drawers.entry(path.parent().expect("a folder").to_owned()).or_default() += 1;
    }
    // The ground floor is the list of the rooms themselves.
    drawers.remove(&root());
    for (drawer, files) in drawers {
        assert!(files <= DRAWER, "{} holds {files} files", drawer.display());
    }
}

/// Lines of code outside of the given folder that hold one of the words.
fn strays(words: &[&str], inside: &str) -> Vec<String> {
    let root = root();
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
fn which_system_it_is_is_known_to_the_platform_alone() {
    let words = [
        "cfg(unix)",
        "cfg(windows)",
        "cfg(not(unix))",
        "cfg(not(windows))",
        "cfg!(unix)",
        "cfg!(windows)",
        "target_os",
        "target_family",
        "std::os::",
        "tokio::signal",
        "rustix::",
        "winapi_util::",
    ];
    assert_eq!(strays(&words, "platform"), Vec::<String>::new());
}

#[test]
fn what_is_printed_survives_a_closed_pipe() {
    // `print::` names the one place, not the macro.
    let macros = ["print!(", "println!(", "dbg!("];
    assert_eq!(strays(&macros, "cli/output/print.rs"), Vec::<String>::new());
}

#[test]
fn replies_are_built_where_none_can_ping() {
    let builders =
        ["CreateReply::", "CreateInteractionResponseMessage::", "EditInteractionResponse::"];
    assert_eq!(strays(&builders, "discord/interactions/reply.rs"), Vec::<String>::new());
}

#[test]
fn what_people_ask_for_is_changed_by_the_ledger_that_notes_their_interaction() {
    let changes = ["mark(", "mark_all(", "amend(", "correct(", "undo(", "forget("];
    let changes = changes.map(|change| format!("bot.ledger.{change}"));
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let found: Vec<String> = sources(&root().join("discord/interactions"))
        .iter()
        .flat_map(|path| lines_with(path, &changes).collect::<Vec<_>>())
        .collect();
    assert_eq!(found, Vec::<String>::new(), "only by the ledger that `Change` hands over");
}

#[test]
fn the_sandbox_is_known_to_the_demo_alone() {
    assert_eq!(strays(&["discord_sandbox::"], "demo"), Vec::<String>::new());
}

#[test]
fn the_sandbox_knows_nothing_of_the_bot() {
    let crates = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("crates"));
    assert!(crates.len() > 80, "{} files", crates.len());
    for path in crates {
        let text = std::fs::read_to_string(&path).expect("read a source").to_lowercase();
        for word in ["refract", "ledger", "checkout"] {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
}

#[test]
fn no_pattern_can_be_left_out_without_a_word() {
    assert_eq!(strays(&["Regex::new"], "reading/privacy/pattern.rs"), Vec::<String>::new());
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
fn every_test_that_the_guarantees_name_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = root.join("docs/guarantees.md");
    let guarantees = std::fs::read_to_string(page).expect("read the guarantees");
    let tests: String = sources(&root.join("tests/it"))
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("read a test"))
        .collect();
    let named: Vec<&str> = guarantees
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
