//! What the labels of a section say of failure, status and tests.

use super::heading::Senses;
use super::heading::stated_status::status_of_words;
use super::lines::Labelled;
use super::phrases::words::words;
use super::section::Section;
use crate::order::{Detail, Status};
use crate::reading::labels::Strength;
use crate::reading::labels::field::Field;
use crate::reading::text::{is_missing, plain};
use crate::reading::values::tracking_number;

/// What is known of a section's order numbers.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct NumberSigns {
    /// The order's own number, by a label, a heading or a sentence.
    pub(crate) own: bool,
    /// A reference, transaction or invoice that may stand for it.
    pub(crate) other: bool,
    /// One value names several.
    pub(crate) many: bool,
    /// Only a part of it is shown.
    pub(crate) masked: bool,
}

/// What the labels of a section say of failure and status.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each answers one question of the judgement")]
pub(super) struct Signals {
    pub(super) number: bool,
    pub(super) other_number: bool,
    pub(super) many: bool,
    pub(super) masked: bool,
    pub(super) product: bool,
    /// A price, total, size or article number.
    pub(super) item: bool,
    /// A profile or an e-mail address.
    pub(super) buyer: bool,
    pub(super) tracking: bool,
    pub(super) stated_status: bool,
    /// All that is stated is that an order was placed.
    pub(super) stated_success: bool,
    pub(super) failed: bool,
    pub(super) declined_by_reason: bool,
    pub(super) called_off: Option<&'static str>,
    pub(super) placeholder: bool,
}

impl Signals {
    pub(super) fn of(section: &Section<'_>, numbers: NumberSigns) -> Self {
        let NumberSigns { own, other, many, masked } = numbers;
        let mut signals =
            Self { number: own, other_number: other, many, masked, ..Self::default() };
        let announced = section.author_senses.success || section.title_senses.success;
        for labelled in &section.labelled {
            if !(announced && is_of_shop(labelled)) {
                signals.add(labelled);
            }
        }
        let mut headings = section.headings.iter().map(|heading| Senses::of(heading));
        if !(announced || headings.any(|senses| senses.success)) {
            signals.failed |= section.fails || section.labelled.iter().any(is_failed_payment);
        }
        // Beside its number and its product it announces an order.
        let is_placed = signals.stated_success && signals.number && signals.product;
        signals.stated_status &= !is_placed;
        signals
    }

    /// Whether an order is named: by a number of another kind only where a heading says that it changed.
    pub(super) fn names_order(&self, headed: bool) -> bool {
        self.number || (self.other_number && headed)
    }

    fn add(&mut self, labelled: &Labelled<'_>) {
        use Field::{
            CancelReason, Detail as Kept, FailureReason, Ignored, OrderNumber, Product, Reason,
            Status, Store,
        };
        let field = labelled.label.field;
        match field {
            Ignored => {
                self.placeholder |= is_test_run(labelled.name, &labelled.value);
                return;
            }
            Field::Price | Field::Total | Field::Size | Field::Sku => {
                self.item = true;
                return;
            }
            Kept(Detail::Email | Detail::Profile) => {
                self.buyer = true;
                return;
            }
            CancelReason
            | FailureReason
            | OrderNumber
            | Product
            | Reason
            | Status
            | Store
            | Kept(Detail::TrackingNumber) => {}
            _ => return,
        }
        let value = plain(&labelled.value).text;
        if is_missing(&value) {
            return;
        }
        match field {
            Product => {
                self.product |= labelled.label.strength > Strength::Weak;
                self.placeholder |= is_placeholder_product(&value);
            }
            OrderNumber => self.placeholder |= is_placeholder_number(&value),
            Store => self.placeholder |= is_test_store(&value),
            Kept(Detail::TrackingNumber) => {
                self.tracking |= tracking_number::stated(&plain(&labelled.value)).is_some();
            }
            FailureReason => self.failed |= names_failure(labelled.name, &value),
            CancelReason if names_failure(labelled.name, &value) => {
                self.called_off = self.called_off.or(Some("cancelled"));
            }
            CancelReason => {}
            Reason if is_of_address(labelled.name, &value) => {}
            _ => self.add_words(field == Status, &value),
        }
    }

    fn add_words(&mut self, is_status: bool, value: &str) {
        if !value.contains(char::is_alphanumeric) {
            self.failed |= value.contains(['❌', '✖', '✗', '✘', '🚫', '⛔', '🔴']);
            return;
        }
        let senses = Senses::of_value(value);
        if is_status {
            let succeeds = states_success(senses, value);
            self.stated_success = succeeds && (self.stated_success || !self.stated_status);
            self.stated_status = true;
        }
        if senses.cancels() {
            self.called_off = self.called_off.or(senses.status);
        } else if senses.failure {
            self.failed = true;
            self.declined_by_reason |= !is_status && value.to_lowercase().contains("declin");
        }
    }
}

/// `Payment: Declined`, `Card: Failed`: no way of paying, but what became of it.
fn is_failed_payment(labelled: &Labelled<'_>) -> bool {
    let is_card = || words(&plain(labelled.name).text) == "card";
    let is_payment = match labelled.label.field {
        Field::Detail(Detail::PaymentMethod) => true,
        Field::Ignored => is_card(),
        _ => false,
    };
    let value = || plain(&labelled.value).text;
    is_payment && Senses::of_value(&value()).failure && Senses::knows_all(&value())
}

/// `Success`, `Placed`, `Confirmed`: no status that an order comes to later.
fn states_success(senses: Senses, value: &str) -> bool {
    let is_first = || status_of_words(value) == Some(Status::Verified) && Senses::knows_all(value);
    !(senses.failure || senses.update)
        && senses.status.is_none()
        && (senses.succeeds() || is_first())
}

/// A shop's message to its buyers, in more words than a notice of an attempt has.
fn is_of_shop(labelled: &Labelled<'_>) -> bool {
    labelled.label.field == Field::Reason
        && labelled.name.to_lowercase().contains("message")
        && !Senses::knows_all(&plain(&labelled.value).text)
}

/// `State: Unavailable`: where the buyer lives is not known.
fn is_of_address(name: &str, value: &str) -> bool {
    words(&plain(name).text) == "state"
        && matches!(words(value).as_str(), "unavailable" | "not available")
}

/// Whether the value of a label such as `Error` or `Cancel Reason` is one: not `0`, `No`, `No errors`, and
/// not a count as in `Errors: 2`.
fn names_failure(name: &str, value: &str) -> bool {
    const NONE: [&str; 8] = ["no", "none", "false", "0", "ok", "no error", "no errors", "nothing"];
    let is_count = value.len() <= 3 && value.bytes().all(|byte| byte.is_ascii_digit());
    let several = name.trim_end_matches([':', '*', ' ', '_']).ends_with(['s', 'S']);
    !(NONE.iter().any(|none| value.eq_ignore_ascii_case(none))
        || (is_count && several)
        || Senses::of_value(value).succeeds())
}

/// `Module: Test Hook`, which some bots send in the layout of a success.
fn is_test_run(name: &str, value: &str) -> bool {
    const LABELS: [&str; 5] = ["module", "mode", "type", "event", "event type"];
    const TESTS: [&str; 8] = [
        "test",
        "testing",
        "test hook",
        "test webhook",
        "webhook test",
        "test mode",
        "test notification",
        "hook test",
    ];
    if value.len() > 64 || !value.contains(['t', 'T']) {
        return false;
    }
    TESTS.contains(&words(&plain(value).text).as_str())
        && LABELS.contains(&words(&plain(name).text).as_str())
}

pub(super) fn is_test_store(store: &str) -> bool {
    ["test", "test store", "test site"].iter().any(|test| store.eq_ignore_ascii_case(test))
}

fn is_placeholder_product(product: &str) -> bool {
    const PLACEHOLDERS: [&str; 12] = [
        "test",
        "test product",
        "test item",
        "test product name",
        "sample product",
        "sample item",
        "placeholder",
        "product name",
        "this is a test",
        "test webhook",
        "test notification",
        "test checkout",
    ];
    PLACEHOLDERS.iter().any(|placeholder| product.eq_ignore_ascii_case(placeholder))
}

fn is_placeholder_number(number: &str) -> bool {
    let bare = number.trim_matches(['#', ' ']);
    let begins = bare.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("test"));
    let zeros = bare.len() >= 4 && bare.bytes().all(|byte| byte == b'0' || byte == b'-');
    begins || (zeros && bare.contains('0'))
}
