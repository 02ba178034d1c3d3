//! Shapes and text of an SVG, and an estimate of how wide text is.

use crate::view::markdown::{self, Run};

const FONT: &str = "'gg sans', 'Noto Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif";
const CODE_FONT: &str = "'gg mono', Consolas, 'Liberation Mono', monospace";
const LINK: &str = "#00a8fc";
/// The height of a line, as a multiple of its letters'.
const LINE: f64 = 1.375;

/// How a text looks.
#[derive(Debug, Clone)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) colour: &'static str,
    pub(super) bold: bool,
}

impl Style {
    pub(super) fn new(size: f64, colour: &'static str) -> Self {
        Self { size, colour, bold: false }
    }
}

/// How much wider bold letters are, with a margin, since readers' fonts differ.
const BOLD_MARGIN: f64 = 1.1;

/// A picture that grows downwards.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Where the next thing begins.
    pub(super) y: f64,
    shapes: Vec<String>,
}

impl Drawing {
    pub(super) fn new() -> Self {
        Self { y: 0.0, shapes: Vec::new() }
    }

    pub(super) fn down(&mut self, pixels: f64) {
        self.y += pixels;
    }

    /// A rectangle with its upper left corner, its width and height, and how round its corners are.
    pub(super) fn rectangle(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        round: f64,
        fill: &str,
    ) {
        self.shapes.push(format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="{round}" fill="{fill}"/>"#
        ));
    }

    pub(super) fn circle(&mut self, x: f64, y: f64, r: f64, fill: &str) {
        self.shapes.push(format!(r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>"#));
    }

    /// One line of plain text, with its base line at `y`.
    pub(super) fn text(&mut self, text: &str, x: f64, y: f64, style: &Style) {
        let run = Run { text: text.to_owned(), ..Run::default() };
        self.runs(&[run], x, y, style);
    }

    /// Text with markdown from here downwards.
    pub(super) fn paragraph(&mut self, text: &str, x: f64, width: f64, style: &Style) {
        for line in text.lines() {
            for runs in broken(markdown::line(line), width, style) {
                self.y += style.size * LINE;
                let base = self.y - style.size * (LINE - 1.0);
                self.runs(&runs, x, base, style);
            }
        }
    }

    fn runs(&mut self, runs: &[Run], x: f64, y: f64, style: &Style) {
        let spans = runs.iter().map(|run| {
            let weight = if style.bold || run.bold { r#" font-weight="600""# } else { "" };
            let fill = if run.link { LINK } else { style.colour };
            let font =
                if run.code { format!(r#" font-family="{CODE_FONT}""#) } else { String::new() };
            format!(r#"<tspan fill="{fill}"{weight}{font}>{}</tspan>"#, escaped(&run.text))
        });
        self.shapes.push(format!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{}" xml:space="preserve">{}</text>"#,
            style.size,
            spans.collect::<String>()
        ));
    }

    /// How many shapes there are, to put something behind those that follow.
    pub(super) fn mark(&self) -> usize {
        self.shapes.len()
    }

    /// Puts the last `count` shapes behind all that came since the mark.
    pub(super) fn move_behind(&mut self, mark: usize, count: usize) {
        if let Some(since) = self.shapes.get_mut(mark..) {
            since.rotate_right(count.min(since.len()));
        }
    }

    pub(super) fn finish(self, width: f64, ground: &str) -> String {
        let height = self.y + 16.0;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FONT}\">\n\
             <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n{}\n</svg>\n",
            self.shapes.join("\n")
        )
    }
}

/// About how wide a text is, in pixels.
pub(super) fn text_width(text: &str, style: &Style) -> f64 {
    let em: f64 = text.chars().map(letter_width).sum();
    em * style.size * if style.bold { BOLD_MARGIN } else { 1.0 }
}

/// About how wide a letter is, as a multiple of its height.
fn letter_width(letter: char) -> f64 {
    match letter {
        '\u{200b}'..='\u{200f}' | '\u{fe0f}' => 0.0,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | ' ' => 0.33,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.88,
        'A'..='Z' => 0.7,
        '\u{2300}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}' => 1.3,
        '\u{2e80}'..='\u{d7a3}' => 1.0,
        _ => 0.58,
    }
}

/// The runs in lines that are no wider than this, broken at spaces, and within a word only when it
/// is wider than a whole line.
fn broken(runs: Vec<Run>, width: f64, style: &Style) -> Vec<Vec<Run>> {
    let (mut lines, mut now, mut used) = (Vec::new(), Vec::<Run>::new(), 0.0);
    for run in runs {
        let look = Run { text: String::new(), ..run.clone() };
        let style = Style { bold: style.bold || run.bold, ..style.clone() };
        now.push(look.clone());
        for word in run.text.split_inclusive(' ').flat_map(|word| pieces(word, width, &style)) {
            let needed = text_width(word.trim_end(), &style);
            if used + needed > width && used > 0.0 {
                lines.push(std::mem::replace(&mut now, vec![look.clone()]));
                used = 0.0;
            }
            used += text_width(&word, &style);
            if let Some(last) = now.last_mut() {
                last.text.push_str(&word);
            }
        }
    }
    lines.push(now);
    lines
}

/// A word, in as many pieces as it needs to fit.
fn pieces(word: &str, width: f64, style: &Style) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0.0;
    for letter in word.chars() {
        let needed = letter_width(letter) * style.size * BOLD_MARGIN;
        if used + needed > width && letter != ' ' {
            pieces.push(String::new());
            used = 0.0;
        }
        used += needed;
        if let Some(last) = pieces.last_mut() {
            last.push(letter);
        }
    }
    pieces
}

/// The text as XML takes it: control characters are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter if letter.is_control() || letter > '\u{fffd}' && letter < '\u{10000}' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
