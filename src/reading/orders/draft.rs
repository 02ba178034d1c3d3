//! Collects what the labels of a section say, before currency and items are settled.

use chrono::{DateTime, Utc};

use super::numbers::Numbers;
use super::slot::Slot;
use crate::order::details::Details;
use crate::order::{Currency, Detail};
use crate::reading::labels::field::Field;
use crate::reading::labels::{Label, Strength};
use crate::reading::sections::lines::Labelled;
use crate::reading::text::links;
use crate::reading::text::{Plain, is_missing, plain, without_struck};
use crate::reading::values::amount::Amount;
use crate::reading::values::cart::{self, leaves_out};
use crate::reading::values::currency_sign::code;
use crate::reading::values::current_price::{self, behind_arrow};
use crate::reading::values::item_line::{self, ItemLine, MAX_ITEMS, ordinal, price};
use crate::reading::values::quantity::quantity;
use crate::reading::values::scalar::{self, cut, is_click_here, lines_of, link_of};
use crate::reading::values::tracking_number;

/// One line of the order as its labels say it.
#[derive(Debug, Default)]
pub(crate) struct ItemDraft {
    pub(crate) product: Slot<String>,
    pub(crate) price: Slot<Amount>,
    pub(crate) total: Slot<Amount>,
    pub(crate) quantity: Slot<i64>,
    pub(crate) sku: Slot<String>,
    pub(crate) size: Slot<String>,
}

/// What all labels say.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) numbers: Numbers,
    pub(crate) store: Slot<String>,
    pub(crate) currency: Option<Currency>,
    pub(crate) total: Slot<Amount>,
    pub(crate) commission: Slot<Amount>,
    /// A bare `Name`.
    pub(crate) name: Slot<String>,
    pub(crate) details: Details<Slot<String>>,
    pub(crate) checkout_proxy: Slot<String>,
    pub(crate) status: Slot<String>,
    pub(crate) ordered_at: Slot<DateTime<Utc>>,
    /// By position: what stands without a number is the first.
    pub(crate) items: Vec<ItemDraft>,
    /// Item lines within one value or the description.
    pub(crate) lines: Vec<ItemLine>,
    /// Whether a label speaks of who bought, so that a bare `Name` is theirs.
    pub(crate) tells_of_buyer: bool,
    /// Whether the items are numbered from zero.
    counts_from_zero: bool,
    /// How often a label came so far, so that `Product` twice is two items.
    seen: Vec<(String, Field, usize)>,
}

impl Draft {
    /// Reads labels in the order in which they stand.
    pub(crate) fn of(labelled: &[Labelled<'_>]) -> Self {
        let counts_from_zero = labelled.iter().any(|it| it.label.position == Some(0));
        let mut draft = Self { counts_from_zero, ..Self::default() };
        for labelled in labelled {
            draft.add(labelled);
        }
        draft
    }

    fn add(&mut self, labelled: &Labelled<'_>) {
        let strength = labelled.label.strength;
        self.tells_of_buyer |= matches!(
            labelled.label.field,
            Field::Detail(Detail::ShippingAddress | Detail::CustomerName) | Field::BuyerDetail
        );
        let raw = labelled.value.as_ref();
        match labelled.label.field {
            Field::Product => return self.product(labelled),
            Field::Cart => return self.cart(raw),
            Field::Price | Field::Total | Field::Quantity | Field::Size | Field::Sku => {
                return self.of_item(labelled);
            }
            Field::Detail(Detail::Profile) => return self.add_profile(strength, raw),
            Field::Date => {
                self.ordered_at.offer(strength, || {
                    scalar::discord_time(raw).or_else(|| scalar::absolute_time(&plain(raw).text))
                });
                return;
            }
            Field::Detail(text @ (Detail::Notes | Detail::ShippingAddress)) => {
                return self.details.get_mut(text).offer(strength, || lines_of(raw));
            }
            Field::Reason | Field::FailureReason | Field::CancelReason | Field::Ignored => return,
            Field::OrderNumber => self.numbers.labelled = true,
            _ => {}
        }
        let value = plain(raw);
        if !is_missing(&value.text) {
            self.add_value(labelled, value);
        }
    }

    fn add_value(&mut self, labelled: &Labelled<'_>, value: Plain<'_>) {
        let Label { field, strength, .. } = labelled.label;
        let slot = match field {
            Field::OrderNumber => return self.add_number(labelled, &value),
            Field::OtherNumber => return self.numbers.add_other(&value.text),
            Field::Detail(Detail::Email) => {
                return self.details.email.offer(strength, || scalar::email(&value.text));
            }
            Field::Commission => {
                return self.commission.offer(strength, || Amount::find(&value.text));
            }
            Field::Currency => {
                self.currency = self.currency.or_else(|| code(&value.text.to_uppercase()));
                return;
            }
            Field::Detail(link @ (Detail::ProductUrl | Detail::OrderUrl | Detail::ImageUrl)) => {
                return self.details.get_mut(link).offer(strength, || link_of(&value));
            }
            Field::Store => &mut self.store,
            Field::Name => &mut self.name,
            Field::CheckoutProxy => &mut self.checkout_proxy,
            Field::Detail(Detail::ReferenceNumber) => {
                self.numbers.add_other(&value.text);
                &mut self.details.reference_number
            }
            Field::Status => &mut self.status,
            Field::Detail(detail) => self.details.get_mut(detail),
            _ => return,
        };
        let text = match field {
            Field::Status => Some(behind_arrow(&value.text).trim().to_owned()),
            Field::Detail(Detail::TrackingNumber) => tracking_number::stated(&value),
            _ => Some(value.text.into_owned()),
        };
        slot.offer(strength, || text.map(cut).filter(|text| !is_missing(text)));
    }

    fn add_number(&mut self, labelled: &Labelled<'_>, value: &Plain<'_>) {
        let strength = labelled.label.strength;
        if !self.numbers.add(strength, labelled.awaits_several(), &labelled.value, value) {
            return;
        }
        let link = value.link.or_else(|| links::bare(&value.text));
        self.details.order_url.offer(Strength::Weak, || {
            link.filter(|link| link.starts_with("http")).map(str::to_owned)
        });
    }

    /// A profile may hold a second line with the login's e-mail.
    fn add_profile(&mut self, strength: Strength, raw: &str) {
        for line in raw.split('\n') {
            let value = plain(line).text;
            if is_missing(&value) {
                continue;
            }
            self.details.profile.offer(strength, || Some(cut(value.clone().into_owned())));
            self.details
                .email
                .offer(Strength::Weak, || scalar::email(&value).filter(|_| !value.contains(' ')));
        }
    }

    fn product(&mut self, labelled: &Labelled<'_>) {
        let raw = labelled.value.as_ref();
        let value = plain(raw);
        if is_missing(&value.text) || scalar::is_hash(&value.text) || leaves_out(&value.text) {
            return;
        }
        if let Some(lines) = listed(raw, &value.text) {
            self.lines.extend(lines);
            return;
        }
        let is_count = value.text.len() <= 3 && quantity(&value.text).is_some();
        if is_count && labelled.name.to_lowercase().contains("items") {
            return self.of_item_as(labelled, Field::Quantity);
        }
        let url =
            value.link.or_else(|| links::bare(&value.text)).filter(|link| link.starts_with("http"));
        self.details.product_url.offer(Strength::Weak, || url.map(str::to_owned));
        if !is_click_here(&value.text) && !value.text.starts_with("http") {
            self.of_item(labelled);
        }
    }

    fn cart(&mut self, raw: &str) {
        let value = plain(raw);
        let one = || item_line::line(&value.text).filter(|line| line.quantity.is_some());
        let lines = listed(raw, &value.text).or_else(|| one().map(|line| vec![line]));
        self.lines.extend(lines.into_iter().flatten());
    }

    fn of_item(&mut self, labelled: &Labelled<'_>) {
        self.of_item_as(labelled, labelled.label.field);
    }

    fn of_item_as(&mut self, labelled: &Labelled<'_>, field: Field) {
        let struck;
        let raw = match field {
            Field::Price | Field::Total => {
                struck = without_struck(&labelled.value);
                struck.as_ref()
            }
            _ => labelled.value.as_ref(),
        };
        let value = plain(raw).text;
        if is_missing(&value) {
            return;
        }
        let strength = labelled.label.strength;
        self.currency = self.currency.or(labelled.label.currency);
        if field == Field::Total && labelled.label.position.is_none() {
            // `Paid` and `Charged` may be followed by a card as well.
            let is_money = |amount: &Amount| {
                strength > Strength::Weak || amount.sign.is_some() || amount.has_cents()
            };
            return self.total.offer(strength, || current_price::find(&value).filter(is_money));
        }
        let Some(index) = self.index(labelled, field, &value) else { return };
        let Some(item) = self.items.get_mut(index) else { return };
        match field {
            Field::Product => {
                let name = links::without_bare(&value).to_owned();
                item.product.offer(strength, || Some(cut(name)));
            }
            Field::Price => {
                let counted = price::of_value(&value, price::is_paired(labelled.name));
                item.quantity.offer(Strength::Weak, || counted.and_then(|(_, count)| count));
                item.price.offer(strength, || {
                    counted.map(|(one, _)| one).or_else(|| current_price::find(&value))
                });
            }
            Field::Total => item.total.offer(strength, || current_price::find(&value)),
            Field::Quantity => {
                item.quantity.offer(strength, || quantity(behind_arrow(&value)));
            }
            Field::Size => item.size.offer(strength, || Some(cut(value.into_owned()))),
            _ => item.sku.offer(strength, || Some(cut(value.into_owned()))),
        }
    }

    /// Which item a label belongs to: its own number, else how often the same label came before.
    fn index(&mut self, labelled: &Labelled<'_>, field: Field, value: &str) -> Option<usize> {
        let index = match labelled.label.position {
            Some(position) => {
                usize::from(position).saturating_sub(usize::from(!self.counts_from_zero))
            }
            None => self.occurrence(labelled.name, field, value),
        };
        if index >= MAX_ITEMS {
            return None;
        }
        while self.items.len() <= index {
            self.items.push(ItemDraft::default());
        }
        Some(index)
    }

    fn occurrence(&mut self, name: &str, field: Field, value: &str) -> usize {
        let same = |held: &(String, Field, usize)| held.0 == name && held.1 == field;
        let repeated = self
            .items
            .last()
            .and_then(|item| item.product.get())
            .is_some_and(|product| product == value);
        if let Some((_, _, count)) = self.seen.iter_mut().find(|held| same(held)) {
            *count += usize::from(!(field == Field::Product && repeated));
            return *count;
        }
        self.seen.push((name.to_owned(), field, 0));
        0
    }
}

/// The items of a value that lists several: one in each line, or with a quantity each.
fn listed(raw: &str, text: &str) -> Option<Vec<ItemLine>> {
    if !raw.contains('\n') {
        return cart::items(text);
    }
    let says = |line: &&str| !(line.trim().is_empty() || leaves_out(&plain(line).text));
    let written: Vec<&str> = raw.split('\n').filter(says).collect();
    let unnumbered = ordinal::unnumbered(&written);
    let is_list = unnumbered.is_some() || is_bulleted(raw);
    let written = unnumbered.unwrap_or(written).into_iter();
    let lines: Vec<ItemLine> =
        written.filter_map(item_line::line_of_list).take(MAX_ITEMS).collect();
    let counted = |line: &ItemLine| line.quantity.is_some() || line.price.is_some();
    let whole = lines.iter().all(counted) || is_list;
    (lines.len() > 1 && whole).then_some(lines)
}

/// Whether each line is marked as one of a list.
fn is_bulleted(raw: &str) -> bool {
    let mut lines = raw.split('\n').map(str::trim_start).filter(|line| !line.is_empty());
    lines.all(|line| {
        line.starts_with(['•', '◦', '▪', '‣']) || line.starts_with("- ") || line.starts_with("* ")
    })
}
