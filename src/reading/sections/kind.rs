//! What a section is: an order, an update, a failed attempt, a test, or nothing of these.

use super::heading::{self, Senses};
use super::lines::Labelled;
use super::section::Section;
use crate::reading::Kind;
use crate::reading::labels::Strength;
use crate::reading::labels::field::Field;
use crate::reading::text::{is_missing, plain};

/// The bar of an order that stands, in layouts that tell the status by colour.
const GREEN: [u32; 2] = [0x57_F287, 0x2E_CC71];
/// The bar of an order that was called off, in layouts that tell the status by colour.
const RED: [u32; 3] = [0xFF_0000, 0xED_4245, 0xE7_4C3C];

/// A judgement with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    pub(crate) reason: &'static str,
    /// A status that the headings, the reasons or the colour say, where no label states one.
    pub(crate) status: Option<&'static str>,
    /// Whether the title is the product's name instead of a heading.
    pub(crate) title_is_product: bool,
}

impl Verdict {
    fn of(kind: Kind, reason: &'static str) -> Self {
        Self { kind, reason, status: None, title_is_product: false }
    }
}

/// What the labels of a section say of failure and status.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers one question of the judgement below"
)]
struct Signals {
    number: bool,
    product: bool,
    tracking: bool,
    stated_status: bool,
    failed: bool,
    declined_by_reason: bool,
    called_off: Option<&'static str>,
    placeholder: bool,
}

/// Judges a section.
pub(crate) fn judge(section: &Section<'_>, has_number: bool) -> Verdict {
    let author = section.author_senses;
    let title = section.title_senses;
    let signals = Signals::of(section, has_number);
    let title_is_product = !section.title.is_empty()
        && !signals.product
        && !title.success
        && (author.succeeds()
            || section.headings.iter().any(|heading| Senses::of(heading).success));
    let mut heads = author;
    if !title_is_product {
        heads.add(title);
    }
    for heading in &section.headings {
        heads.add(Senses::of(heading));
    }
    let footer = Senses::of(section.footer);
    let mut verdict = decide(section, heads, footer, &signals);
    verdict.title_is_product = title_is_product;
    verdict
}

fn decide(section: &Section<'_>, heads: Senses, footer: Senses, signals: &Signals) -> Verdict {
    if is_test(section, heads, signals) {
        return Verdict::of(Kind::Test, "a test notification: the connection works");
    }
    let by_colour = colour_status(section, heads);
    let called_off = if heads.cancels() { heads.status } else { signals.called_off }
        .or(by_colour.filter(|status| *status == "cancelled"));
    let called_off = called_off.filter(|status| signals.number || *status == "cancelled");
    if let Some(status) = called_off.filter(|_| !section.is_chat()) {
        let kind = if signals.number { Kind::Update } else { Kind::Decline };
        let reason = if signals.number {
            "a notice that changes an order"
        } else {
            "called off, and no order is named"
        };
        return Verdict { status: Some(status), ..Verdict::of(kind, reason) };
    }
    if section.is_chat() {
        return Verdict::of(Kind::Other, "text without labels");
    }
    if heads.failure || footer.failure || signals.failed {
        let status = signals.declined_by_reason.then_some("declined");
        return Verdict { status, ..Verdict::of(Kind::Decline, "the attempt failed") };
    }
    let says_something = !section.labelled.is_empty() || !section.loose.is_empty();
    if heads.success || (heads.succeeds() && says_something) {
        return Verdict { status: by_colour, ..Verdict::of(Kind::Checkout, "announces an order") };
    }
    let product = signals.product || section.lone_name().is_some();
    unannounced(heads, footer, &Signals { product, ..*signals })
}

/// Judges what no heading announces as an order.
fn unannounced(heads: Senses, footer: Senses, signals: &Signals) -> Verdict {
    let changes =
        heads.status.is_some() || heads.update || signals.stated_status || signals.tracking;
    if signals.number && changes {
        return Verdict {
            status: heads.status,
            ..Verdict::of(Kind::Update, "a notice that changes an order")
        };
    }
    if heads.notice {
        return Verdict::of(Kind::Other, "a notice, not an order");
    }
    if footer.bare_success || footer.success {
        return Verdict::of(Kind::Checkout, "announces an order in its footer");
    }
    if signals.number && signals.product {
        return Verdict::of(Kind::Checkout, "names an order and its product");
    }
    if heads.bare_checkout && signals.product {
        return Verdict::of(Kind::Checkout, "headed as a checkout, with a product");
    }
    let reason =
        if changes { "a status notice that names no order" } else { "nothing announces an order" };
    Verdict::of(Kind::Other, reason)
}

fn is_test(section: &Section<'_>, heads: Senses, signals: &Signals) -> bool {
    if heads.test || signals.placeholder || headed_by_test_store(section) {
        return true;
    }
    let bare = section.labelled.is_empty();
    let announced = heads.success || heads.failure;
    let says_so = || section.loose.iter().any(|line| Senses::of(line).test);
    bare && !announced && (heads.begins_with_test || says_so())
}

/// The status by the bar's colour, told only by the layout that heads its order with a linked product.
fn colour_status(section: &Section<'_>, heads: Senses) -> Option<&'static str> {
    let linked = section.loose.iter().any(|line| plain(line).link.is_some());
    let colour = section.embed?.colour.filter(|_| linked && heads.success)?;
    if GREEN.contains(&colour) {
        return Some("confirmed");
    }
    RED.contains(&colour).then_some("cancelled")
}

impl Signals {
    fn of(section: &Section<'_>, number: bool) -> Self {
        let mut signals = Self { number, ..Self::default() };
        for labelled in &section.labelled {
            signals.add(labelled);
        }
        signals
    }

    fn add(&mut self, labelled: &Labelled<'_>) {
        use Field::{
            CancelReason, FailureReason, OrderNumber, Product, Reason, Status, Store,
            TrackingNumber,
        };
        let field = labelled.label.field;
        if !matches!(
            field,
            CancelReason
                | FailureReason
                | OrderNumber
                | Product
                | Reason
                | Status
                | Store
                | TrackingNumber
        ) {
            return;
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
            TrackingNumber => self.tracking = true,
            FailureReason => self.failed = true,
            CancelReason => self.called_off = self.called_off.or(Some("cancelled")),
            _ => self.add_words(field == Status, &value),
        }
    }

    fn add_words(&mut self, is_status: bool, value: &str) {
        let senses = Senses::of_value(value);
        self.stated_status |= is_status;
        if senses.cancels() {
            self.called_off = self.called_off.or(senses.status);
        } else if senses.failure {
            self.failed = true;
            self.declined_by_reason |= !is_status && value.to_lowercase().contains("declin");
        }
    }
}

fn is_test_store(store: &str) -> bool {
    ["test", "test store", "test site"].iter().any(|test| store.eq_ignore_ascii_case(test))
}

/// `Successful Checkout | Test`.
fn headed_by_test_store(section: &Section<'_>) -> bool {
    [section.author, section.title]
        .into_iter()
        .filter(|head| ["test", "Test", "TEST"].iter().any(|word| head.contains(word)))
        .filter_map(heading::store)
        .any(|store| is_test_store(&store))
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
