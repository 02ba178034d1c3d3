//! What rows say, by kind. `None` and empty: the cell is blank or the sheet has no such column, which erases
//! nothing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::amount::{Amount, Symbol};
use super::moment::Moment;
use crate::order::{Currency, Status};

/// What one row says. The larger kinds are boxed: a hundred thousand rows of a smaller one are in memory at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Row {
    /// Of a `track` sheet.
    Track(TrackRow),
    /// Of a `received` sheet.
    Received(Box<ReceivedRow>),
    /// Of a `status` sheet.
    Status(StatusRow),
    /// Of a `charges` sheet.
    Charges(Box<ChargeRow>),
    /// Of an `orders` sheet.
    Orders(Box<OrderRow>),
}

impl Row {
    /// The row as it is kept: a JSON object without what is blank.
    pub fn to_json(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        drop_blank(&mut value);
        value.to_string()
    }

    /// A row that was kept.
    ///
    /// # Errors
    /// When the text is none of [`Self::to_json`].
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The same for rows that say the same, of [`Self::to_json`].
    pub fn fingerprint(json: &str) -> String {
        // How rows go together, and who wrote them, is no word of theirs, and was not kept once.
        let mut json = Symbol::taken_out(json);
        for of_file in [r#""adds_up":true,"#, r#""is_shown":true,"#] {
            json = json.replacen(of_file, "", 1);
        }
        format!("{:x}", Sha256::digest(json))
    }

    /// The orders that it may speak of, the likeliest first; of a group's file none. An order without a number is
    /// named as [`OrderRow::purchase`].
    pub fn order_numbers(&self) -> &[String] {
        match self {
            Self::Track(row) => std::slice::from_ref(&row.order_number),
            Self::Status(row) => std::slice::from_ref(&row.order_number),
            Self::Orders(row) if row.order_number.is_empty() => row.purchase.as_slice(),
            Self::Orders(row) => std::slice::from_ref(&row.order_number),
            Self::Charges(row) => &row.order_numbers,
            Self::Received(_) => &[],
        }
    }

    /// Whether it names an order or a parcel and says nothing of it: such a row changes nothing, and is not kept.
    pub fn says_nothing(&self) -> bool {
        match self {
            Self::Track(row) => row.parcels.is_empty(),
            Self::Received(row) => {
                let parcel = row.parcel.clone();
                **row == ReceivedRow { parcel, ..ReceivedRow::default() }
            }
            Self::Status(_) | Self::Charges(_) | Self::Orders(_) => false,
        }
    }

    /// Takes out what tells who bought.
    pub fn clear_personal(&mut self) {
        let Self::Orders(row) = self else { return };
        let personal = [
            &mut row.email,
            &mut row.customer_name,
            &mut row.profile,
            &mut row.proxy_list,
            &mut row.payment_method,
            &mut row.shipping_address,
            &mut row.notes,
            &mut row.order_url,
            &mut row.buyer,
        ];
        for text in personal {
            *text = None;
        }
    }
}

fn drop_blank(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(drop_blank);
            members.retain(|_, value| match value {
                Value::Null | Value::Bool(false) => false,
                Value::Array(elements) => !elements.is_empty(),
                _ => true,
            });
        }
        Value::Array(elements) => elements.iter_mut().for_each(drop_blank),
        _ => {}
    }
}

/// Parcels of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackRow {
    /// As [`crate::reading::order_number::normal`] spells it.
    pub order_number: String,
    /// As written.
    pub store: Option<String>,
    /// Upper case, without spaces, each once. Empty: the cell is blank.
    pub parcels: Vec<String>,
    /// What the order becomes with them, as whoever brought the sheet asked; no column says it.
    pub status: Option<Status>,
}

/// What a buying group says of a parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceivedRow {
    /// Upper case, without spaces.
    pub parcel: String,
    /// Units that arrived, not negative.
    pub units: Option<i64>,
    /// What the group pays for the parcel.
    pub payout: Option<Amount>,
    /// The reseller's part of the payout.
    pub commission: Option<Amount>,
    /// The group's word in capitals: `VERIFIED`.
    pub status: Option<String>,
    /// The group's own number, as written; not the shop's.
    pub group_order_number: Option<String>,
    /// When the group noted the parcel.
    pub created: Option<Moment>,
    /// When the group last changed its note.
    pub modified: Option<Moment>,
}

/// A status for an order, or for a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusRow {
    /// As [`crate::reading::order_number::normal`] spells it.
    pub order_number: String,
    /// As written.
    pub store: Option<String>,
    /// `None`: the one that is asked for.
    pub status: Option<Status>,
    /// Of how many units, at least one; `None`: the whole order.
    pub units: Option<i64>,
}

/// A line of a card's statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChargeRow {
    /// What may be the order's number, the likeliest first, at least one. American Express states it: one
    /// alone. Of a description each of its words that can be one.
    pub order_numbers: Vec<String>,
    /// The card's number of the line.
    pub reference: Option<String>,
    /// The day on which the charge posted, without a time.
    pub posted_on: Option<Moment>,
    /// Positive: a charge. Negative: a refund.
    pub amount: Amount,
}

/// An order of the past, or one line of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a member of the row as it is kept")]
pub struct OrderRow {
    /// As [`crate::reading::order_number::normal`] spells it. Empty: the order has none.
    pub order_number: String,
    /// Of an order without a number a name that no number can be: the same for each row of the same purchase.
    /// `None`: it has a number, or the rows of its file have not been told apart yet.
    pub purchase: Option<String>,
    /// Of an order without a number the message that announced it, as our exports have it.
    pub message_id: Option<i64>,
    /// Of such an order its id in the ledger that wrote the file.
    pub ledger_id: Option<i64>,
    /// When that ledger noted it; its offset tells the clock of `ordered_at`, which has none in our exports.
    pub noted_at: Option<Moment>,
    /// As written.
    pub store: Option<String>,
    /// Of all amounts without one of their own.
    #[serde(with = "super::amount::currency_code")]
    pub currency: Option<Currency>,
    /// Whether an amount has a bare `$`: dollars, where nothing else names a currency.
    pub is_dollars: bool,
    /// When it was placed.
    pub ordered_at: Option<Moment>,
    /// The lines. A row of `--rows items` holds one of several: rows of one number and store in one file add up.
    pub items: Vec<ItemRow>,
    /// Whether each row of this sheet is a line of an order, not an order: then `quantity` is blank and `total`
    /// is in the first row alone.
    pub is_item: bool,
    /// Whether rows of an order add up over the files of a call. In our exports they say all of it: of two files the
    /// later one counts.
    pub adds_up: bool,
    /// Whether it is written as our own export writes the old sheet, which says what people see.
    pub is_shown: bool,
    /// Units of the whole order.
    pub quantity: Option<i64>,
    /// What the order cost.
    pub total: Option<Amount>,
    /// The reseller's wage.
    pub commission: Option<Amount>,
    /// Lower case, without a password.
    pub email: Option<String>,
    /// The buyer's name.
    pub customer_name: Option<String>,
    /// Refract's billing profile.
    pub profile: Option<String>,
    /// Without user and password.
    pub proxy_list: Option<String>,
    /// The shop's or the card's second number.
    pub reference_number: Option<String>,
    /// Upper case, without spaces, each once.
    pub parcels: Vec<String>,
    /// The order's.
    pub status: Option<Status>,
    /// How it was paid.
    pub payment_method: Option<String>,
    /// Where it goes.
    pub shipping_address: Option<String>,
    /// How it goes.
    pub shipping_method: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Link of the product.
    pub product_url: Option<String>,
    /// Link of the order, without what opens it.
    pub order_url: Option<String>,
    /// Picture of the product.
    pub image_url: Option<String>,
    /// When it was shipped.
    pub shipped_at: Option<Moment>,
    /// When it arrived.
    pub delivered_at: Option<Moment>,
    /// The day on which the card was charged, without a time.
    pub charge_posted_on: Option<Moment>,
    /// What the card was charged.
    pub charged: Option<Amount>,
    /// What came back to the card.
    pub refunded: Option<Amount>,
    /// What the card was charged and what came back in other currencies, each named.
    pub other_charges: Vec<(Amount, Amount)>,
    /// Units that the group received.
    pub qty_received: Option<i64>,
    /// What the group pays.
    pub payout: Option<Amount>,
    /// The group's word in capitals.
    pub group_status: Option<String>,
    /// The group's own number.
    pub group_order_number: Option<String>,
    /// When the group noted it.
    pub group_created: Option<Moment>,
    /// When the group last changed its note.
    pub group_modified: Option<Moment>,
    /// What it was sold for.
    pub sold_price: Option<Amount>,
    /// What selling cost.
    pub fees: Option<Amount>,
    /// Who bought it in the end.
    pub buyer: Option<String>,
}

/// A line of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemRow {
    /// The product's name.
    pub product: Option<String>,
    /// One unit.
    pub price: Option<Amount>,
    /// Units of this line.
    pub quantity: Option<i64>,
    /// The shop's product number.
    pub sku: Option<String>,
    /// Size or variant.
    pub size: Option<String>,
}
