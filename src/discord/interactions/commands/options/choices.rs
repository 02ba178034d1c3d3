//! Options that are one of a few words. poise's own choices send the place in the list, which changes
//! its meaning with the list; a word never does.

use poise::{SlashArgError, SlashArgument};
use serenity::all::{
    CommandInteraction, CommandOptionType, Context, CreateCommandOption, ResolvedValue,
};
use serenity::async_trait;

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

/// What of an order is corrected, as an option: its number, or another value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldWord {
    /// The order number.
    Number,
    /// A value that is kept by the order.
    Value(OrderField),
}

impl FieldWord {
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

#[async_trait]
impl SlashArgument for FieldWord {
    async fn extract(
        _context: &Context,
        _interaction: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        let ResolvedValue::String(word) = *value else {
            return Err(SlashArgError::new_command_structure_mismatch("expected a word"));
        };
        let folded = |word: &str| word.trim().to_lowercase().replace(['-', '_', ' '], "");
        Self::all().find(|field| folded(field.word()) == folded(word)).ok_or_else(|| {
            let words = Self::all().map(Self::word).collect::<Vec<_>>().join(", ");
            SlashArgError::new_parse(format!("choose one of {words}").into(), word.to_owned())
        })
    }

    fn create(builder: CreateCommandOption) -> CreateCommandOption {
        Self::all().fold(builder.kind(CommandOptionType::String), |builder, field| {
            builder.add_string_choice(field.word(), field.word())
        })
    }
}

/// An option of these words, `$all` of the kind; `$name` is what people choose by, where that is another one.
macro_rules! word_option {
    ($option:ident, $kind:ident, $name:ident) => {
        word_option!($option, $kind, $name, ALL);
    };
    ($option:ident, $kind:ident, $name:ident, $all:ident) => {
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
                $kind::$all
                    .into_iter()
                    .find(|kind| kind.as_str().eq_ignore_ascii_case(word.trim()))
                    .map(Self)
                    .ok_or_else(|| {
                        let words = $kind::$all.map($kind::$name).join(", ");
                        let why = format!("choose one of {words}");
                        SlashArgError::new_parse(why.into(), word.to_owned())
                    })
            }

            fn create(builder: CreateCommandOption) -> CreateCommandOption {
                $kind::$all.iter().fold(builder.kind(CommandOptionType::String), |builder, kind| {
                    builder.add_string_choice(kind.$name(), kind.as_str())
                })
            }
        }
    };
}

word_option!(StatusWord, Status, as_str);
word_option!(OutcomeWord, Outcome, word);
word_option!(PeriodWord, Period, as_str);
word_option!(FormatWord, Format, as_str);
word_option!(SortWord, Sort, words);
word_option!(LineWord, OpenKey, words, WITH_ORDERS);
