//! Options that are one of a few words. poise's own choices send the place in the list, which changes
//! its meaning with the list; a word never does.

use poise::{SlashArgError, SlashArgument};
use serenity::all::{
    CommandInteraction, CommandOptionType, Context, CreateCommandOption, ResolvedValue,
};
use serenity::async_trait;

use crate::config::{FeedStyle, Replies};
use crate::discord::render::orders::by_hand::name;
use crate::export::Format;
use crate::ledger::{OpenKey, OrderField};
use crate::order::period::Period;
use crate::order::{Sort, Status};
use crate::verdict::Outcome;

/// A status, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatusWord(pub(crate) Status);

/// An outcome, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutcomeWord(pub(crate) Outcome);

/// A span of time, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PeriodWord(pub(crate) Period);

/// A file's format, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormatWord(pub(crate) Format);

/// What comes first in a list, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SortWord(pub(crate) Sort);

/// A line of what is open, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineWord(pub(crate) OpenKey);

/// How the feed posts an order, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StyleWord(pub(crate) FeedStyle);

/// Who sees replies, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RepliesWord(pub(crate) Replies);

/// What of an order is corrected, as an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldWord(pub(crate) Correctable);

/// What of an order can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Correctable {
    /// The order number.
    Number,
    /// A value that is kept by the order.
    Value(OrderField),
}

impl Correctable {
    /// The word that is sent and shown.
    const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Value(field) => name(field),
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        OrderField::ALL.into_iter().map(Self::Value).chain([Self::Number])
    }
}

/// An option that is one of `$all`, which is sent as its `$word` and shown as its `$name`.
macro_rules! word_option {
    ($option:ident, $all:expr, $word:path, $name:path) => {
        #[async_trait]
        impl SlashArgument for $option {
            async fn extract(
                _context: &Context,
                _interaction: &CommandInteraction,
                value: &ResolvedValue<'_>,
            ) -> Result<Self, SlashArgError> {
                let ResolvedValue::String(word) = *value else {
                    return Err(SlashArgError::new_command_structure_mismatch("expected a word"));
                };
                let found =
                    $all.into_iter().find(|it| $word(*it).eq_ignore_ascii_case(word.trim()));
                found.map(Self).ok_or_else(|| {
                    let names: Vec<&str> = $all.into_iter().map($name).collect();
                    let why = format!("choose one of {}", names.join(", "));
                    SlashArgError::new_parse(why.into(), word.to_owned())
                })
            }

            fn create(builder: CreateCommandOption) -> CreateCommandOption {
                $all.into_iter().fold(builder.kind(CommandOptionType::String), |builder, it| {
                    builder.add_string_choice($name(it), $word(it))
                })
            }
        }
    };
}

word_option!(StatusWord, Status::ALL, Status::as_str, Status::as_str);
word_option!(OutcomeWord, Outcome::ALL, Outcome::as_str, Outcome::word);
word_option!(PeriodWord, Period::ALL, Period::as_str, Period::label);
word_option!(FormatWord, Format::ALL, Format::as_str, Format::as_str);
word_option!(FieldWord, Correctable::all(), Correctable::word, Correctable::word);
word_option!(SortWord, Sort::ALL, Sort::as_str, Sort::words);
word_option!(StyleWord, FeedStyle::ALL, FeedStyle::as_str, FeedStyle::words);
word_option!(RepliesWord, Replies::ALL, Replies::as_str, Replies::words);
word_option!(LineWord, OpenKey::WITH_ORDERS, OpenKey::as_str, OpenKey::words);
