//! What orders came to, by messages, sheets and people: kept, paid, earned; one month beside the month before.

use super::joined;
use crate::count::grouped;
use crate::discord::render::text::whole_lines;
use crate::ledger::BookStats;
use crate::order::Money;

/// What a field may take.
const ROOM: usize = 700;

/// The figures of a span, and of the month before where the span is a month.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    pub(crate) now: BookStats,
    pub(crate) before: Option<BookStats>,
}

/// The fields with something in them: names and texts.
pub(crate) fn fields(came: &Came) -> Vec<(&'static str, String)> {
    if came.now.placed == 0 {
        return Vec::new();
    }
    let mut kept = vec![format!("**{}**", of_placed(&came.now))];
    let before = came.before.as_ref().filter(|before| before.placed > 0);
    kept.extend(before.map(|before| format!("the month before: {}", of_placed(before))));
    let money = whole_lines(&money(came), 5, ROOM);
    let fields = [("Kept", kept.join("\n")), ("Cost and income", money)];
    fields.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// `12 of 14 placed, 85.71%`
fn of_placed(stats: &BookStats) -> String {
    let kept = format!("{} of {} placed", grouped(stats.orders()), grouped(stats.placed));
    match stats.stick_percent() {
        Some(percent) => format!("{kept}, {percent}"),
        None => kept,
    }
}

/// Sums of one kind.
type Of = fn(&BookStats) -> &[Money];

fn money(came: &Came) -> Vec<String> {
    let parts: [(&str, Of); 5] = [
        ("Cost", |stats| &stats.spend),
        ("Payout", |stats| &stats.payout),
        ("Commission", |stats| &stats.commission),
        ("Profit of what is settled", |stats| &stats.profit),
        ("Cost of what is not settled", |stats| &stats.open),
    ];
    let line = |(name, of): &(&str, Of)| {
        let now = sums(of(&came.now));
        let before = came.before.as_ref().and_then(|before| sums(of(before)));
        let before = before.map(|sum| format!(" (the month before: {sum})"));
        let now = match (now, &before) {
            (None, None) => return None,
            (None, Some(_)) => "none".to_owned(),
            (Some(now), _) => format!("**{now}**"),
        };
        Some(format!("{name}: {now}{}", before.unwrap_or_default()))
    };
    parts.iter().filter_map(line).collect()
}

/// The sums of all currencies; `None` of none.
fn sums(sums: &[Money]) -> Option<String> {
    (!sums.is_empty()).then(|| joined(sums, 3, 120))
}
