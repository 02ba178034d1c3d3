//! Discord's markdown as people see it: runs of text, each in one style.

use chrono::{DateTime, Utc};

/// A piece of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) code: bool,
    pub(super) link: bool,
}

/// Reads one line.
pub(super) fn line(text: &str) -> Vec<Run> {
    let mut reader = Reader::default();
    let mut rest = text;
    for (mark, shown, bold) in [
        ("### ", "", true),
        ("## ", "", true),
        ("# ", "", true),
        ("-# ", "", false),
        ("> ", "▎ ", false),
        ("- ", "• ", false),
    ] {
        if let Some(after) = rest.strip_prefix(mark) {
            reader.now.text.push_str(shown);
            reader.now.bold = bold;
            rest = after;
            break;
        }
    }
    while let Some(letter) = rest.chars().next() {
        rest = reader.step(letter, rest);
    }
    reader.end_run();
    reader.runs
}

/// The text of all lines without any style.
pub(super) fn plain(text: &str) -> String {
    let lines = text.lines().map(|text| line(text).into_iter().map(|run| run.text).collect());
    lines.collect::<Vec<String>>().join("\n")
}

#[derive(Debug, Default)]
struct Reader {
    runs: Vec<Run>,
    now: Run,
}

impl Reader {
    fn end_run(&mut self) {
        let style = Run { text: String::new(), ..self.now.clone() };
        let run = std::mem::replace(&mut self.now, style);
        if !run.text.is_empty() {
            self.runs.push(run);
        }
    }

    /// Takes what begins with this letter, and gives back what comes after it.
    fn step<'a>(&mut self, letter: char, rest: &'a str) -> &'a str {
        let after = rest.strip_prefix(letter).unwrap_or_default();
        if letter == '`' {
            self.end_run();
            self.now.code = !self.now.code;
            return after.trim_start_matches('`');
        }
        if self.now.code {
            self.now.text.push(letter);
            return after;
        }
        if let Some(escaped) = after.chars().next().filter(char::is_ascii_punctuation)
            && letter == '\\'
        {
            self.now.text.push(escaped);
            return after.strip_prefix(escaped).unwrap_or_default();
        }
        if let Some(after) = rest.strip_prefix("**") {
            self.end_run();
            self.now.bold = !self.now.bold;
            return after;
        }
        for mark in ["||", "~~", "__"] {
            if let Some(after) = rest.strip_prefix(mark) {
                return after;
            }
        }
        self.special(letter, rest).unwrap_or_else(|| {
            let in_word = self.now.text.ends_with(char::is_alphanumeric)
                && after.starts_with(char::is_alphanumeric);
            if letter != '*' && (letter != '_' || in_word) {
                self.now.text.push(letter);
            }
            after
        })
    }

    /// Masked links and what stands in angle brackets.
    fn special<'a>(&mut self, letter: char, rest: &'a str) -> Option<&'a str> {
        match letter {
            '[' => {
                let (label, after) = rest.strip_prefix('[')?.split_once("](")?;
                let (_, after) = after.split_once(')')?;
                self.end_run();
                let text = line(label).into_iter().map(|run| run.text).collect();
                self.runs.push(Run { text, link: true, ..self.now.clone() });
                Some(after)
            }
            '<' => {
                let (inner, after) = rest.strip_prefix('<')?.split_once('>')?;
                self.now.text.push_str(&bracketed(inner)?);
                Some(after)
            }
            _ => None,
        }
    }
}

/// What `<...>` shows: a time, a mention, an emoji, an address.
fn bracketed(inner: &str) -> Option<String> {
    let mut parts = inner.split(':');
    match parts.next()? {
        "t" => {
            let time = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
            Some(shown_time(time, Utc::now(), parts.next().unwrap_or("f")))
        }
        "" | "a" if inner.contains(':') => Some(format!(":{}:", parts.next()?)),
        _ if inner.starts_with("@&") => Some("@role".to_owned()),
        _ if inner.starts_with('@') => Some("@member".to_owned()),
        _ if inner.starts_with('#') => Some("#channel".to_owned()),
        _ if inner.starts_with("http") => Some(inner.to_owned()),
        _ if inner.starts_with('/') => Some(inner.split(':').next()?.to_owned()),
        _ => None,
    }
}

/// A time as Discord shows it for the given style, in UTC.
fn shown_time(time: DateTime<Utc>, now: DateTime<Utc>, style: &str) -> String {
    let form = match style {
        "R" => return distance(now.signed_duration_since(time).num_seconds()),
        "t" => "%H:%M",
        "T" => "%H:%M:%S",
        "d" => "%d/%m/%Y",
        "D" => "%-d %B %Y",
        "F" => "%A, %-d %B %Y %H:%M",
        _ => "%-d %B %Y %H:%M",
    };
    time.format(form).to_string()
}

/// `3 hours ago`, `in 2 days`.
fn distance(seconds_ago: i64) -> String {
    let units = [
        (31_536_000, "year"),
        (2_592_000, "month"),
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let seconds = seconds_ago.abs();
    let (count, unit) = units
        .iter()
        .find(|(length, _)| seconds >= *length)
        .map_or((0, "second"), |(length, unit)| (seconds / length, *unit));
    let plural = if count == 1 { "" } else { "s" };
    if seconds_ago < 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_shown_and_not_printed() {
        assert_eq!(
            plain("**Price** ||$1.00|| `a*b` \\*x\\* _so_ file_no"),
            "Price $1.00 a*b *x* so file_no"
        );
        assert_eq!(
            plain("[Name (1)](https://a.example/b) <:box:1> <#5>"),
            "Name (1) :box: #channel"
        );
        assert_eq!(plain("<t:0:F> [x] <b"), "Thursday, 1 January 1970 00:00 [x] <b");
        assert_eq!(plain("- one\n> two"), "• one\n▎ two");
    }

    #[test]
    fn distances_are_rounded_down() {
        assert_eq!(distance(0), "0 seconds ago");
        assert_eq!(distance(7_199), "1 hour ago");
        assert_eq!(distance(-86_400 * 3), "in 3 days");
    }
}
