//! Lines that are drawn as a tree: `├ Product: A`, `╰ $26.99`, `|-- Order: 1`.

use super::is_blank;

/// What stands behind the branch that a line begins with. `None` for any other line.
pub(crate) fn branch(line: &str) -> Option<&str> {
    let marks = line.chars().take_while(|mark| matches!(mark, '*' | '_' | '`')).count();
    let bare = line.get(marks..)?;
    let rest = bare.trim_start_matches(is_branch);
    let rest = if rest.len() < bare.len() {
        rest
    } else {
        drawn_in_ascii(line).or_else(|| drawn_in_ascii(bare))?
    };
    Some(rest.trim_start_matches(|mark: char| is_branch(mark) || is_twig(mark)))
}

fn is_branch(mark: char) -> bool {
    matches!(mark, '\u{2500}'..='\u{257F}' | '\u{2580}'..='\u{2590}')
        || matches!(mark, '↳' | '⤷' | '➥' | '↪' | '⎿' | '｜' | '︱' | '❘' | '¦')
}

/// What may stand between a branch and its text.
fn is_twig(mark: char) -> bool {
    is_blank(mark)
        || matches!(mark, '-' | '>' | '・' | '•' | '·' | '▸' | '►' | '➤' | '»' | '→' | '›')
}

/// `|-- Product`, `|_ Product`, `` `-- Product``, `+-- Product`, `\-- Product`.
fn drawn_in_ascii(line: &str) -> Option<&str> {
    let starts = ["|--", "|-", "|_", "`--", "+--", "\\--", "'--"];
    starts.iter().find_map(|start| line.strip_prefix(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_of_all_kinds() {
        for line in [
            "├ Product: A",
            "├── Product: A",
            "┣ Product: A",
            "┗━ Product: A",
            "╰・Product: A",
            "╰─> Product: A",
            "│ Product: A",
            "│   └─ Product: A",
            "║ Product: A",
            "▌Product: A",
            "↳ Product: A",
            "|-- Product: A",
            "|_ Product: A",
            "`-- Product: A",
        ] {
            assert_eq!(branch(line), Some("Product: A"), "{line}");
        }
        assert_eq!(branch("**├ Product:** A"), Some("Product:** A"));
        assert_eq!(branch("│"), Some(""));
    }

    #[test]
    fn other_lines_are_no_branches() {
        for line in ["Product: A", "|| #1 ||", "| A | B |", "`code`", "- A", "**A**", ""] {
            assert_eq!(branch(line), None, "{line}");
        }
    }
}
