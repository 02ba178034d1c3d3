//! Which file takes what from which other: read from the text of the sources, through what rooms hand on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module by its path below the crate: `["ledger", "people", "undo"]`.
pub(super) type Module = Vec<String>;

/// What each file of a crate takes from others, tests left out.
pub(super) struct Imports {
    /// The modules that each module names.
    pub(super) of: BTreeMap<Module, BTreeSet<Module>>,
}

/// All Rust files below a folder.
pub(super) fn sources(folder: &Path) -> Vec<PathBuf> {
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

impl Imports {
    /// Reads the sources of a crate.
    pub(super) fn read(root: &Path) -> Self {
        let texts: BTreeMap<Module, String> = sources(root)
            .iter()
            .map(|path| (module_of(path.strip_prefix(root).expect("below the root")), text(path)))
            .filter(|(module, _)| !module.iter().any(|part| part == "tests"))
            .collect();
        let handed_on = handed_on(&texts);
        let of = texts
            .iter()
            .map(|(module, text)| {
                let named = paths(text, module, &texts);
                let taken = named.iter().filter_map(|path| home(path, &texts, &handed_on, 0));
                (module.clone(), taken.filter(|taken| taken != module).collect())
            })
            .collect();
        Self { of }
    }
}

fn module_of(path: &Path) -> Module {
    let text = path.with_extension("").to_string_lossy().replace('\\', "/");
    let parts = text.split('/').filter(|part| !["mod", "lib"].contains(part));
    parts.map(str::to_owned).collect()
}

/// A source without its comments and without its tests, which stand at its end.
fn text(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("read a source");
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What each module hands on under its own name: `pub use people::Undone` in `ledger`.
fn handed_on(texts: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeMap<String, Module>> {
    let of = |(module, text): (&Module, &String)| {
        let statements = statements(text).filter(|(public, _)| *public);
        let paths = statements.flat_map(|(_, tree)| leaves(&tree));
        let absolute = paths.filter_map(|path| absolute(&path, module, texts));
        let named = absolute.filter_map(|path| Some((path.last()?.clone(), path)));
        (module.clone(), named.collect())
    };
    texts.iter().map(of).collect()
}

/// All paths that a source names, from the crate's root on.
fn paths(text: &str, module: &Module, texts: &BTreeMap<Module, String>) -> Vec<Module> {
    let is_room = texts.keys().any(|other| other.len() > module.len() && other.starts_with(module));
    let imported = statements(text)
        // What a room hands on is taken by those who ask the room for it.
        .filter(|(public, _)| !(*public && is_room))
        .flat_map(|(_, tree)| leaves(&tree));
    let inline = text
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':'))
        .filter(|word| ["crate::", "super::", "self::"].iter().any(|head| word.starts_with(head)))
        .map(|word| word.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect());
    imported.chain(inline).filter_map(|path| absolute(&path, module, texts)).collect()
}

/// The trees of the `use` statements, and whether each is public.
fn statements(text: &str) -> impl Iterator<Item = (bool, String)> {
    text.split(';').filter_map(|statement| {
        let mut lines = statement.lines().map(str::trim);
        let first = lines.find(|line| line.starts_with("use ") || is_public_use(line))?;
        let (_, tree) = first.split_once("use ")?;
        let tree = [tree].into_iter().chain(lines).collect::<Vec<_>>().join(" ");
        Some((first.starts_with("pub"), tree))
    })
}

fn is_public_use(line: &str) -> bool {
    line.starts_with("pub") && line.split(' ').nth(1) == Some("use")
}

/// The paths of a tree: `a::{b, c::D}` gives `a::b` and `a::c::D`.
fn leaves(tree: &str) -> Vec<Module> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let parts =
            path.split("::").map(str::trim).filter(|part| !["", "self", "*"].contains(part));
        let mut path: Module = parts.map(str::to_owned).collect();
        if tree.starts_with("self::") {
            path.insert(0, "self".to_owned());
        }
        return vec![path];
    };
    let head: Module = leaves(head).concat();
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let branches = split_branches(inside).into_iter().flat_map(|branch| leaves(&branch));
    branches.map(|branch| head.iter().cloned().chain(branch).collect()).collect()
}

/// Splits at the commas that stand in no inner braces.
fn split_branches(text: &str) -> Vec<String> {
    let (mut depth, mut branches) = (0, vec![String::new()]);
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match branches.last_mut() {
            Some(branch) if letter != ',' || depth > 0 => branch.push(letter),
            _ => branches.push(String::new()),
        }
    }
    branches.retain(|branch| !branch.trim().is_empty());
    branches
}

/// The path from the crate's root on; `None` for what another crate gives.
fn absolute(path: &Module, module: &Module, texts: &BTreeMap<Module, String>) -> Option<Module> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    let (base, rest) = match path.first()?.as_str() {
        "crate" => (&[] as &[String], &path[1..]),
        "self" => (module.as_slice(), &path[1..]),
        "super" => (module.get(..module.len().checked_sub(supers)?)?, &path[supers..]),
        first => {
            let child: Module = module.iter().cloned().chain([first.to_owned()]).collect();
            (module.as_slice(), texts.contains_key(&child).then_some(path.as_slice())?)
        }
    };
    Some(base.iter().chain(rest).cloned().collect())
}

/// The module in which what a path names was written.
fn home(
    path: &[String],
    texts: &BTreeMap<Module, String>,
    handed_on: &BTreeMap<Module, BTreeMap<String, Module>>,
    depth: usize,
) -> Option<Module> {
    let length = (1..=path.len()).rev().find(|length| texts.contains_key(&path[..*length]))?;
    let module = path[..length].to_vec();
    let origin = path.get(length).and_then(|name| handed_on.get(&module)?.get(name));
    match origin {
        Some(origin) if depth < 8 => home(origin, texts, handed_on, depth + 1),
        _ => Some(module),
    }
}
