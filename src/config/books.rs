//! `[books]`: when something about sheets is late, and what is a loss.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer};

/// `[books]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Books {
    /// Days from delivery within which a buying group must have received an order; then the bot posts an alert. 0:
    /// never.
    pub claim_days: u32,
    /// Days within which a group pays for what it has verified; 0: never.
    pub unpaid_days: u32,
    /// Days within which a card is charged; 0: never.
    pub charge_days: u32,
    /// Days within which the money of a cancelled order comes back; 0: never.
    pub refund_days: u32,
    /// By so much a payout may be less than the cost, in whole units of the order's currency: `1.00`.
    #[serde(deserialize_with = "amount")]
    pub short_tolerance: String,
}

impl Default for Books {
    fn default() -> Self {
        let (claim_days, unpaid_days, charge_days, refund_days) = (30, 14, 7, 10);
        Self {
            claim_days,
            unpaid_days,
            charge_days,
            refund_days,
            short_tolerance: "1.00".to_owned(),
        }
    }
}

impl Books {
    /// What is wrong with it, in one sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        let text = &self.short_tolerance;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fits = !whole.is_empty() && whole.len() <= 9 && fraction.len() <= 3;
        if fits && digits(whole) && digits(fraction) {
            return Ok(());
        }
        Err(format!("[books] short_tolerance is \"{text}\"; write an amount like \"1.00\""))
    }
}

/// An amount as text; a number without quotes is meant as well.
fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Amount;

    impl de::Visitor<'_> for Amount {
        type Value = String;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an amount like \"1.00\"")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_i64<E: de::Error>(self, whole: i64) -> Result<String, E> {
            Ok(whole.to_string())
        }

        fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }

    deserializer.deserialize_any(Amount)
}
