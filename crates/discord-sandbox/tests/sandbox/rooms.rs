//! The rooms of the crate: who may import whom, and how large they may be. The compiler holds none of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each room imports only from those before it.
const ROOMS: [&str; 15] = [
    "json",
    "snowflake",
    "limits",
    "model",
    "options",
    "dispatch",
    "faults",
    "log",
    "world",
    "discord",
    "gateway",
    "http",
    "sandbox",
    "people",
    "view",
];
const LINES_MAX: usize = 300;
const FILES_MAX: usize = 12;

/// The sources by their path below `src`, without `.rs`: `limits/form`.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![root.clone()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().with_extension("");
                let name = name.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>();
                found.insert(name.join("/"), std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The paths within the crate that a file imports, from its root on: `limits/form/Form`.
fn imports(name: &str, text: &str) -> Vec<String> {
    let folder = |levels: usize| Path::new(name).ancestors().nth(levels).unwrap().to_owned();
    // The files `mod` and `lib` speak for their folder: what is beside them is below them.
    let speaks = ["mod", "lib"].iter().any(|last| Path::new(name).ends_with(last));
    let own = folder(usize::from(speaks));
    let above = own.parent().unwrap_or(Path::new("")).to_owned();
    let mut found = Vec::new();
    for statement in text.split(';') {
        let Some((head, path)) = statement.rsplit_once("use ") else { continue };
        if !head.rsplit('\n').next().is_some_and(|word| word.is_empty() || word.starts_with("pub"))
        {
            continue;
        }
        let (base, list) = path.split_once('{').unwrap_or((path, ""));
        let list = list.trim().trim_end_matches('}').trim_end().trim_end_matches(',');
        for last in list.split(',').map(str::trim) {
            let path = format!("{base}{last}").replace("::", "/");
            found.push(match path.split_once('/') {
                Some(("crate", rest)) => PathBuf::from(rest),
                Some(("super", rest)) => above.join(rest),
                _ => own.join(path),
            });
        }
    }
    found.iter().map(|path| path.to_str().unwrap().to_owned()).collect()
}

/// The file that an import reaches: the longest part of the path that is one, or a folder's `mod`.
fn reached(import: &str, files: &BTreeMap<String, String>) -> String {
    let parts = Path::new(import).ancestors().map(|part| part.to_str().unwrap());
    let mut names = parts.flat_map(|part| [part.to_owned(), format!("{part}/mod")]);
    names.find(|name| files.contains_key(name)).unwrap_or_else(|| "lib".to_owned())
}

/// Each file with the files that it imports from.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let files = sources();
    let edges = |name: &String, text: &String| {
        let all = imports(name, text).into_iter().map(|import| reached(&import, &files));
        // What is reached from the file itself is another crate's.
        all.filter(|other| other != name).collect()
    };
    files.iter().map(|(name, text)| (name.clone(), edges(name, text))).collect()
}

fn room(file: &str) -> Option<usize> {
    let first = file.split('/').next().unwrap();
    ROOMS.iter().position(|room| *room == first)
}

#[test]
fn rooms_import_only_from_those_below() {
    let mut wrong = Vec::new();
    for (file, others) in graph().iter().filter(|(file, _)| file.as_str() != "lib") {
        let own = room(file).unwrap_or_else(|| panic!("{file} is in no room of the list"));
        let above = others.iter().filter(|other| room(other).is_none_or(|other| other > own));
        wrong.extend(above.map(|other| format!("{file} imports {other}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn imports_stand_at_the_head_where_these_tests_find_them() {
    let files = sources();
    let inline = |line: &&str| {
        let line = line.trim().trim_start_matches("pub ").replace("pub(in crate::", "");
        let path = line.contains("crate::") || line.contains("super::");
        path && !["use ", "pub(crate) use ", "//"].iter().any(|head| line.starts_with(head))
    };
    let found: Vec<&str> = files.values().flat_map(|text| text.lines().filter(inline)).collect();
    assert_eq!(found, Vec::<&str>::new());
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut left = graph();
    assert!(left.values().map(BTreeSet::len).sum::<usize>() > 150, "the imports are not found");
    // A file that imports from none that is left is in no circle.
    while let Some(free) =
        left.iter().find(|(_, others)| others.is_empty()).map(|(file, _)| file.clone())
    {
        left.remove(&free);
        for others in left.values_mut() {
            others.remove(&free);
        }
    }
    assert_eq!(left, BTreeMap::new());
}

#[test]
fn files_and_folders_stay_small() {
    let files = sources();
    let long: Vec<_> = files.iter().filter(|(_, text)| text.lines().count() > LINES_MAX).collect();
    assert!(long.is_empty(), "{:?}", long.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let mut folders = BTreeMap::<_, usize>::new();
    for name in files.keys() {
        *folders.entry(Path::new(name).parent().unwrap()).or_default() += 1;
    }
    folders.retain(|_, count| *count > FILES_MAX);
    assert_eq!(folders, BTreeMap::new());
}
