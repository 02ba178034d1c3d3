//! What is asked about a sheet that cannot be understood by itself.

use std::collections::BTreeSet;

use serenity::all::{CreateActionRow, CreateEmbed, CreateSelectMenuOption};

use super::name;
use crate::discord::render::custom_id::{BooksPart, CustomId};
use crate::discord::render::rows::{button, buttons, menu, primary};
use crate::discord::render::text::{code, cut, escape, plain, shown_to, whole_lines};
use crate::discord::render::{Audience, NEUTRAL};
use crate::sheet::{DateOrder, Field, Kind, NotUnderstood, Why, fold};

/// What holds of columns that have headings.
const REMEMBERS: &str = " I will remember it for files with the same headings.";

/// Columns that can be offered.
const MOST: usize = 25;

/// The reply where the file is not there any more.
pub(crate) const GONE: &str =
    "I don't have this file any more. Bring it again; I remember the columns that were read.";

/// The reply where files are too large to be kept until somebody has answered.
pub(crate) const TOO_MUCH: &str = "I would have to ask you about these files, and together they are too large for that. Bring them one by one.";

/// What a file lacks whose columns are called by their places.
pub(crate) const NO_HEADINGS: &str = "headings";

/// What is asked about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// Which column is which: its headings, what the sheet lacks, and the page of the fields.
    Columns { headings: Vec<String>, missing: Option<&'static str>, page: usize },
    /// In which order days and months are written.
    Dates { example: String, line: u64, against: Option<(String, u64)> },
}

impl Question {
    /// What to ask about a file that was not understood. `None`: nothing that is asked would help.
    pub(crate) fn of(why: &Why) -> Option<Self> {
        match why {
            Why::MissingColumn { missing, found, .. } if !found.is_empty() => {
                Some(Self::Columns { headings: found.clone(), missing: Some(missing), page: 0 })
            }
            // A menu names one column for each field: one alone cannot be both numbers.
            Why::NoHeadings { found, .. } if found.len() < 2 => None,
            Why::NoHeadings { found, .. } => {
                let missing = Some(NO_HEADINGS);
                Some(Self::Columns { headings: found.clone(), missing, page: 0 })
            }
            Why::NeedsMap { found, .. } => {
                Some(Self::Columns { headings: found.clone(), missing: None, page: 0 })
            }
            Why::Dates { example, line, against } => {
                let against = against.clone();
                Some(Self::Dates { example: example.clone(), line: *line, against })
            }
            _ => None,
        }
    }
}

/// Menus of a message: the fifth row has its buttons.
const MENUS: usize = 4;

/// Names of fields that are not asked for first, where their words say too little.
const NAMES: [(Field, &str); 3] = [
    (Field::NegativeAmount, "amount with a minus before purchases"),
    (Field::Charged, "amount that was charged (debit)"),
    (Field::Refunded, "amount that came back (credit)"),
];

/// All fields of a sheet: first those that most sheets have, and of the others first those with a name of their own.
fn all_fields(kind: Kind) -> Vec<Field> {
    let named = NAMES.iter().map(|(field, _)| *field);
    let named =
        named.filter(|field| kind == Kind::Charges && Field::of_kind(kind).any(|of| of == *field));
    let mut all: Vec<Field> = fields(kind).iter().map(|(field, _)| *field).chain(named).collect();
    for field in Field::of_kind(kind) {
        if !all.contains(&field) {
            all.push(field);
        }
    }
    all
}

/// Pages of fields.
pub(crate) fn pages(kind: Kind) -> usize {
    all_fields(kind).len().div_ceil(MENUS)
}

/// The fields that are asked for first, with their names.
const fn fields(kind: Kind) -> &'static [(Field, &'static str)] {
    match kind {
        Kind::Track => {
            &[(Field::OrderNumber, "order number"), (Field::Tracking, "tracking number")]
        }
        Kind::Received => &[
            (Field::Tracking, "tracking number"),
            (Field::Payout, "payout of the parcel"),
            (Field::Received, "units received"),
            (Field::GroupStatus, "status"),
        ],
        Kind::Status => &[(Field::OrderNumber, "order number"), (Field::Status, "status")],
        Kind::Charges => &[
            (Field::Date, "date"),
            (Field::Amount, "amount"),
            (Field::Description, "text with the order number"),
            (Field::Reference, "reference"),
        ],
        Kind::Orders => &[
            (Field::OrderNumber, "order number"),
            (Field::Date, "date"),
            (Field::Product, "product"),
            (Field::Total, "total"),
        ],
    }
}

/// The question. `chosen`: headings with the fields that they are said to be.
pub(crate) fn embed(
    kind: Kind,
    file: &str,
    question: &Question,
    chosen: &[(String, String)],
) -> CreateEmbed {
    let file = code(&cut(file, 60));
    let embed = CreateEmbed::new().colour(NEUTRAL).title(name(kind));
    match question {
        Question::Dates { example, line, against } => {
            let shown = |date: &str| code(&cut(date, 40));
            let against = against.as_ref().map(|(date, line)| {
                format!(
                    " {} in line {line} has the day first where others have the month first.",
                    shown(date)
                )
            });
            embed.description(format!(
                "{} in line {line} of {file} can be two dates.{} Which comes first, the month or the day?",
                shown(example),
                against.unwrap_or_default()
            ))
        }
        Question::Columns { headings, missing, .. } => {
            let lacks = match missing {
                Some(NO_HEADINGS) => "It has no headings.".to_owned(),
                // It speaks of the command line.
                Some(missing) if missing.contains("mapped") => {
                    "I find no column with a text that holds the order number.".to_owned()
                }
                Some(missing) => format!("I find no column for: **{missing}**."),
                None => "Its columns could mean several things.".to_owned(),
            };
            let columns: Vec<String> =
                headings.iter().map(|text| escape(&heading(text, 60))).collect();
            let remembers = if *missing == Some(NO_HEADINGS) { "" } else { REMEMBERS };
            let embed = embed.description(format!(
                "{lacks} Which column of {file} is which?{remembers} Nothing is changed yet."
            ));
            let embed = embed.field("Columns", whole_lines(&columns, MOST, 1_000), false);
            let said = meanings(kind, chosen);
            if said.is_empty() { embed } else { embed.field("So far", said.join("\n"), false) }
        }
    }
}

/// What headings are said to be, one a line.
pub(super) fn meanings(kind: Kind, said: &[(String, String)]) -> Vec<String> {
    let line = |(heading, field): &(String, String)| {
        format!("{} is the {}", escape(&cut(heading, 60)), named(kind, field))
    };
    said.iter().map(line).collect()
}

/// What can be seen of a heading.
fn heading(text: &str, longest: usize) -> String {
    let seen = Some(plain(text)).filter(|seen| !seen.is_empty());
    cut(&seen.unwrap_or_else(|| "…".to_owned()), longest)
}

/// The columns that can be chosen, with their places among all. Of columns with the same heading the first is read.
fn offered(headings: &[String]) -> Vec<(usize, &String)> {
    let mut seen = BTreeSet::from([String::new()]);
    let different = headings.iter().enumerate().filter(|(_, heading)| seen.insert(fold(heading)));
    different.take(MOST).collect()
}

fn named(kind: Kind, word: &str) -> String {
    let mut names = fields(kind).iter().chain(&NAMES);
    let known = names.find(|(field, _)| field.as_str() == word);
    known.map_or_else(|| word.replace('_', " "), |(_, name)| (*name).to_owned())
}

/// The menus or the buttons that answer it.
pub(crate) fn rows(
    kind: Kind,
    sheet: i64,
    question: &Question,
    chosen: &[(String, String)],
) -> Vec<CreateActionRow> {
    let part = |part| CustomId::Books(part);
    let leave = || button(&part(BooksPart::Leave(sheet)), "Cancel");
    match question {
        Question::Dates { .. } => {
            let order = |order, label| primary(&part(BooksPart::Dates(order, sheet)), label);
            vec![buttons(vec![
                order(DateOrder::Mdy, "Month first"),
                order(DateOrder::Dmy, "Day first"),
                leave(),
            ])]
        }
        Question::Columns { headings, page, .. } => {
            let offered = offered(headings);
            let of_field = |field: &Field| {
                let is_chosen = |of: &String| {
                    chosen.iter().any(|(heading, word)| heading == of && word == field.as_str())
                };
                let option = |(place, of): (usize, &String)| {
                    CreateSelectMenuOption::new(heading(of, 100), place.to_string())
                        .default_selection(is_chosen(of))
                };
                let options = offered.iter().copied().map(option).collect();
                let menu = menu(&part(BooksPart::Column(*field, sheet)), options);
                let name = named(kind, field.as_str());
                CreateActionRow::SelectMenu(menu.placeholder(format!("Column of the {name}")))
            };
            let (all, pages) = (all_fields(kind), pages(kind));
            let shown = all.iter().skip(page % pages * MENUS).take(MENUS);
            let mut rows: Vec<CreateActionRow> = shown.map(of_field).collect();
            let mut last = vec![primary(&part(BooksPart::Read(sheet)), "Read the file")];
            if pages > 1 {
                let label = format!("Other fields ({} of {pages})", page % pages + 1);
                last.push(button(&part(BooksPart::More(sheet)), &label));
            }
            last.push(leave());
            rows.push(buttons(last));
            rows
        }
    }
}

/// The reply to a file that nothing helps.
pub(crate) fn not_understood(failed: &NotUnderstood) -> String {
    let why = match &failed.why {
        Why::TwoColumns(one, other) => {
            format!(
                "the columns \"{one}\" and \"{other}\" mean the same; remove or rename one of them"
            )
        }
        why => why.to_string(),
    };
    let (file, why) = (code(&cut(&failed.file, 60)), escape(&cut(&why, 1_200)));
    format!("I can't read {file}: {why}. Nothing was changed.")
}

/// The reply where a word was typed in the place of order numbers.
pub(crate) fn no_number(word: &str) -> String {
    format!(
        "{} is not an order number, so nothing was looked up. Type the order numbers alone.",
        code(&cut(&shown_to(Audience::Public, word), 100))
    )
}

/// The reply to a file that cannot be fetched.
pub(crate) fn not_fetched(file: &str) -> String {
    let file = code(&cut(file, 60));
    format!("I couldn't get {file} from Discord. Nothing was changed; please try again.")
}

/// The reply to a file that is too large.
pub(crate) fn too_large(file: &str) -> String {
    let file = code(&cut(file, 60));
    format!(
        "{file} is larger than 8 MB. Bring it in parts, or use `refract-ledger bulk` on the computer that runs the bot."
    )
}
