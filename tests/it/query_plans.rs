//! No query walks what grows with the years, but those that are meant to.

use std::path::Path;

use serde_json::Value;

use crate::fresh::{Fresh, rows};

/// Steps of a plan that read a whole table or all rows of a guild.
const WALKS: [&str; 14] = [
    "SCAN orders",
    "SCAN order_tallies",
    "SCAN order_hours",
    "SCAN store_hours",
    "SCAN profile_months",
    "SCAN product_months",
    // An index of words that is asked for no word.
    "SCAN order_search VIRTUAL TABLE INDEX 0:",
    "SCAN order_search_lines VIRTUAL TABLE INDEX 0:",
    "SCAN deliveries",
    "SCAN order_messages",
    "SCAN order_events",
    "SCAN order_items",
    "SCAN forgotten ",
    "(guild_id=?)",
];

/// Indexes whose rows of a guild a query may walk.
const FEW: [&str; 3] = [
    "batches_of_guild (guild_id=?)",
    "orders_charged (guild_id=?)",
    "guild_settings USING PRIMARY KEY (guild_id=?)",
];

/// What may walk, by a part of its text, and why.
const MEANT: [(&str, &str); 16] = [
    ("WITH RECURSIVE guilds", "one step for each guild"),
    ("reaction_wanted IS NOT reaction_shown", "only what is due is in that index"),
    ("ORDER BY ordered_at DESC, id DESC LIMIT ?", "the latest, in the order of the index"),
    ("ORDER BY received_at DESC", "the latest, in the order of the index"),
    ("DELETE FROM kept_lists", "what was asked at length in three months is little"),
    (
        "lower(concat_ws(' ', email",
        "any order of the guild may name somebody who is to be forgotten",
    ),
    ("AS \"naming!\"", "any row of a sheet may name somebody who is to be forgotten"),
    ("AS \"number_of_row!\"", "the same, of orders that are not there"),
    ("SELECT EXISTS (SELECT 1 FROM deliveries)", "one row is enough"),
    (
        "FROM charged_profiles WHERE guild_id = ?1)",
        "the orders that were charged, and those that miss something, each by an index of them alone",
    ),
    ("INDEXED BY orders_by_total", "the highest totals, in the order of the index"),
    ("INDEXED BY orders_by_change", "the last changed, in the order of the index"),
    ("EXISTS (SELECT 1 FROM forgotten)", "one row is enough"),
    (
        "deleted AS \"deleted: bool\", at FROM forgotten",
        "any row of a sheet may speak of what was forgotten",
    ),
    (
        "SELECT DISTINCT guild_id FROM forgotten",
        "only an import brings messages of no known server",
    ),
    ("DELETE FROM let_in", "the few for whom a guild has widened the commands"),
];

/// Indexes of which one key may have a hundred thousand rows: all that a batch did or brought.
const LONG: [&str; 2] = ["order_events_of_batch (batch_id=?", "batch_rows_of_batch (batch_id=?"];

/// All queries of the program.
fn queries() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = std::fs::read_dir(folder).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let query = |text: String| {
        let stored: Value = serde_json::from_str(&text).unwrap();
        stored["query"].as_str().unwrap().to_owned()
    };
    texts.map(query).collect()
}

/// Its steps, a line each; behind each is a space.
fn plan(fresh: &Fresh, query: &str) -> String {
    let steps = rows(&fresh.path(), &format!("EXPLAIN QUERY PLAN {query}"));
    steps.into_iter().map(|step| step + " ").collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn lists_are_narrowed_by_what_their_indexes_hold() {
    let fresh = Fresh::new().await;
    let lists: Vec<String> =
        queries().into_iter().filter(|query| query.contains("INDEXED BY orders_")).collect();
    assert_eq!(lists.len(), 5, "{lists:#?}");
    for query in lists {
        let plan = plan(&fresh, &query);
        // What orders cost is not in the indexes: it is looked up where lines of what is open are summed up.
        let index = if query.contains("GROUP BY currency") { "INDEX" } else { "COVERING INDEX" };
        let step = format!("SEARCH orders USING {index} orders_");
        assert!(plan.contains(&step), "{query}\n{plan}");
        // The orders of a line of what is open are found once, by the indexes of the lines.
        assert!(!plan.contains("SCAN orders"), "{query}\n{plan}");
        for index in ["orders_open", "orders_missing"] {
            assert!(plan.contains(&format!("{index} (guild_id=? AND <expr>=?")), "{query}\n{plan}");
        }
        assert!(!plan.contains("FOR ORDER BY"), "{query}\n{plan}");
    }
}

#[tokio::test]
async fn no_query_walks_a_whole_table() {
    let fresh = Fresh::new().await;
    let mut explained = 0;
    for query in queries() {
        if MEANT.iter().any(|(part, _)| query.contains(part)) {
            continue;
        }
        let plan = plan(&fresh, &query);
        // Whether a group's file was ever brought is seen at the first batch that is one; the orders that were
        // charged have an index of their own.
        let is_meant = |step: &&str| FEW.iter().any(|index| step.contains(index));
        let mut steps = plan.lines().filter(|step| !is_meant(step));
        let walks = steps.find_map(|step| WALKS.iter().find(|walk| step.contains(*walk)));
        assert_eq!(walks, None, "{query}\n{plan}");
        explained += 1;
    }
    assert!(explained > 30, "{explained}");
}

#[tokio::test]
async fn what_a_batch_did_is_not_walked_for_each_order() {
    let fresh = Fresh::new().await;
    let mut of_batches = 0;
    for query in queries() {
        let plan = plan(&fresh, &query);
        let is_long = |step: &&str| LONG.iter().any(|index| step.contains(index));
        of_batches += plan.lines().filter(is_long).count();
        let each = plan.lines().filter(is_long).find(|step| step.contains(" EXISTS "));
        assert_eq!(each, None, "{query}\n{plan}");
    }
    assert!(of_batches > 0, "none of a batch is asked for");
}

/// Statements of a source file with how their rows are fetched.
fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.split("query").skip(1)
}

#[test]
fn what_may_name_somebody_is_never_in_memory_all_at_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ledger/privacy/forget");
    let mut files = vec![folder.with_extension("rs")];
    files.extend(std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    let mut found = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let of_a_server =
            |statement: &&str| statement.contains("'%') > 0") && statement.contains("guild_id = ?");
        for statement in statements(&text).filter(of_a_server) {
            assert!(!statement.contains("fetch_all"), "{}: {statement}", file.display());
            found += 1;
        }
    }
    assert!(found >= 3, "{found}");
}
