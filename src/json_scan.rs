//! Where the values of a JSON text begin and end, without reading them: so that one broken value does
//! not cost the others, and a large file need not be held as a tree.

/// The elements of an array, or values that follow one another.
#[derive(Debug, Clone)]
pub(crate) struct Elements<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    ended: bool,
}

/// One element with the line at which it begins, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Element<'t> {
    pub(crate) line: usize,
    /// `None`: the text breaks off, or something other than a value stands here.
    pub(crate) text: Option<&'t str>,
}

impl<'t> Elements<'t> {
    /// The values in `text` from this byte on, up to the bracket that closes them.
    pub(crate) fn from(text: &'t str, at: usize) -> Self {
        let line = 1 + text.get(..at).map_or(0, count_lines);
        Self { text, at, line, ended: false }
    }

    fn skip(&mut self, to: usize) {
        self.line += self.text.get(self.at..to).map_or(0, count_lines);
        self.at = to;
    }
}

impl<'t> Iterator for Elements<'t> {
    type Item = Element<'t>;

    fn next(&mut self) -> Option<Element<'t>> {
        let rest = self.text.get(self.at..).filter(|_| !self.ended)?;
        let gap =
            rest.bytes().take_while(|byte| byte.is_ascii_whitespace() || *byte == b',').count();
        self.skip(self.at + gap);
        if self.at >= self.text.len() || rest.as_bytes().get(gap) == Some(&b']') {
            self.ended = true;
            return None;
        }
        let line = self.line;
        let end = value_end(self.text, self.at);
        let text = end.and_then(|end| self.text.get(self.at..end));
        match end {
            Some(end) => self.skip(end),
            None => self.ended = true,
        }
        Some(Element { line, text })
    }
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// The end of the value that begins at this byte. `None` when it has none.
pub(crate) fn value_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (offset, byte) in bytes.iter().enumerate() {
        if in_string {
            in_string = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
            if in_string || depth > 0 {
                continue;
            }
            return Some(at + offset + 1);
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 1 => depth -= 1,
            b'}' | b']' if depth == 1 => return Some(at + offset + 1),
            b'}' | b']' => return (offset > 0).then_some(at + offset),
            b',' if depth == 0 => return (offset > 0).then_some(at + offset),
            space if depth == 0 && space.is_ascii_whitespace() => return Some(at + offset),
            _ => {}
        }
    }
    (depth == 0 && !in_string && !bytes.is_empty()).then_some(text.len())
}

/// The members of the object that a text begins with: names with their values, and where the values begin.
pub(crate) fn members(text: &str) -> Vec<(&str, usize, &str)> {
    const MAX_MEMBERS: usize = 64;
    let mut members = Vec::new();
    let skip = |at: usize, marks: &[u8]| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        at + rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace() || marks.contains(byte))
            .count()
    };
    let mut at = skip(0, b"{");
    while members.len() < MAX_MEMBERS && text.as_bytes().get(at) == Some(&b'"') {
        let Some(name_end) = value_end(text, at) else { break };
        let name = text.get(at + 1..name_end - 1).unwrap_or_default();
        let from = skip(name_end, b":");
        let Some(end) = value_end(text, from) else {
            members.push((name, from, ""));
            break;
        };
        members.push((name, from, text.get(from..end).unwrap_or_default()));
        at = skip(end, b",");
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> Vec<(usize, Option<&str>)> {
        Elements::from(text, 1).map(|element| (element.line, element.text)).collect()
    }

    #[test]
    fn elements_with_their_lines() {
        let text = "[{\"a\": \"]}\\\"\"},\n 5, \"x\",\n[1, {}]\n] rest";
        let expected = [
            (1, Some("{\"a\": \"]}\\\"\"}")),
            (2, Some("5")),
            (2, Some("\"x\"")),
            (3, Some("[1, {}]")),
        ];
        assert_eq!(elements(text), expected);
    }

    #[test]
    fn a_text_that_breaks_off_says_where() {
        assert_eq!(elements("[{\"a\": 1},\n{\"b\": "), [(1, Some("{\"a\": 1}")), (2, None)]);
        assert_eq!(elements("[}"), [(1, None)]);
    }

    #[test]
    fn members_of_an_object() {
        let members = members("{\"guild\": {\"id\": \"1\"}, \"n\":2,\n\"messages\": [1");
        assert_eq!(
            members,
            [("guild", 10, "{\"id\": \"1\"}"), ("n", 27, "2"), ("messages", 42, "")]
        );
    }
}
