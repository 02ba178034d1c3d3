//! The days that figures and files are about, as somebody types them.

use chrono::NaiveDate;

use crate::discord::interactions::error::Error;
use crate::discord::render;
use crate::order::day::{self, FORMS, NotADay};
use crate::order::period::{Period, Span};

/// A text option, if something stands in it.
pub(crate) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The days that were asked for by a period, or by `since` and `until`, and what they are called.
pub(crate) fn asked(
    typed: (Option<Period>, Option<String>, Option<String>),
    usual: Period,
    today: NaiveDate,
) -> Result<(Span, String), Error> {
    let (period, since, until) = typed;
    let (since, until) = (filled(since), filled(until));
    if since.is_none() && until.is_none() {
        let period = period.unwrap_or(usual);
        return Ok((period.days(today), period.to_string()));
    }
    if period.is_some() {
        return Err(Error::User(
            "Choose either a `period` or days with `since` and `until`.".to_owned(),
        ));
    }
    let of_day = |typed: String| day(&typed, today);
    let (since, last) = (since.map(of_day).transpose()?, until.map(of_day).transpose()?);
    if let (Some(first), Some(last)) = (since, last)
        && first > last
    {
        return Err(Error::User(format!(
            "{first} is after {last}: put the earlier day into `since`."
        )));
    }
    let title = match (since, last) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("up to {last}"),
        (None, None) => String::new(),
    };
    Ok((Span { since, until: last.and_then(|last| last.succ_opt()) }, title))
}

/// A day that somebody typed.
pub(crate) fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Error> {
    day::day(text, today).map_err(|why| {
        let typed = render::text::code(text);
        Error::User(match why {
            NotADay::Ambiguous(one, other) => {
                format!("{typed} can be `{one}` or `{other}`. Write it like that.")
            }
            NotADay::Unknown => {
                format!("I can't read {typed} as a date. Write it like {FORMS}.")
            }
        })
    })
}
