//! What a section is: an order, an update, a failed attempt, a test, or nothing of these.

mod trial;

use super::heading::Senses;
use super::phrases::documents::{asks_to_pay, names_document};
use super::section::{self, Section};
use super::signals::{NumberSigns, Signals};
use crate::reading::Kind;
use crate::reading::result::Doubt;
use crate::reading::text::plain;

/// The bar of an order that stands, in layouts that tell the status by colour.
const GREEN: [u32; 2] = [0x57_F287, 0x2E_CC71];
/// The bar of an order that was called off, in layouts that tell the status by colour.
const RED: [u32; 3] = [0xFF_0000, 0xED_4245, 0xE7_4C3C];

/// A judgement with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    pub(crate) reason: &'static str,
    /// Why a failed attempt may be an order all the same.
    pub(crate) doubt: Option<Doubt>,
    /// A status that the headings, the reasons or the colour say, where no label states one.
    pub(crate) status: Option<&'static str>,
    /// Whether a notice states the amounts of the order itself.
    pub(crate) restates: bool,
    /// Whether the title is the product's name instead of a heading.
    pub(crate) title_is_product: bool,
}

impl Verdict {
    fn of(kind: Kind, reason: &'static str) -> Self {
        Self { kind, reason, doubt: None, status: None, restates: false, title_is_product: false }
    }
}

/// Judges a section by its headings, its labels and what its sentences say.
pub(crate) fn judge(section: &Section<'_>, numbers: NumberSigns, spoken: Senses) -> Verdict {
    let signals = Signals::of(section, numbers);
    let title = Title::of(section, &signals);
    let mut heads = section.author_senses;
    if title == Title::Heading {
        heads.add(section.title_senses);
    }
    let titled = heads;
    for heading in &section.headings {
        heads.add(below(titled, Senses::of(heading)));
    }
    heads.add(spoken);
    if signals.number {
        heads.say_of_listed();
    }
    if heads.bare_cancel && signals.number && !heads.succeeds() {
        heads.status = heads.status.or(Some("cancelled"));
    }
    let footer = Senses::of(section.footer);
    let mut verdict = if titled.talk && !titled.success {
        Verdict::of(Kind::Other, "it speaks of checkouts and announces none")
    } else {
        decide(section, heads, footer, &signals)
    };
    verdict.title_is_product |= title == Title::Product;
    if verdict.kind == Kind::Decline {
        verdict.doubt = doubt(heads, &signals);
    }
    verdict
}

/// What a line says below author and title: `Delivery scheduled` takes no success back.
fn below(titled: Senses, mut line: Senses) -> Senses {
    line.update &= !titled.succeeds();
    line
}

/// What a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    Heading,
    /// The product's name, which no label says.
    Product,
    /// The product's name, or something else that announces nothing.
    Name,
}

impl Title {
    /// Beside a success a title is a heading only if it says so plainly: `Card Declined`.
    fn of(section: &Section<'_>, signals: &Signals) -> Self {
        let (author, title) = (section.author_senses, section.title_senses);
        let announced =
            author.succeeds() || section.headings.iter().any(|heading| Senses::of(heading).success);
        let speaks = title.talk && !author.succeeds();
        if section.title.is_empty() || title.success || speaks || !announced {
            return Self::Heading;
        }
        if names_document(&plain(section.title).text) {
            return Self::Name;
        }
        let fails = title.failure || title.cancels();
        let sums_up = title.recap && (!author.success || section.tallies() > 0 || signals.many);
        let known = Senses::knows_all(section.title);
        if (fails && known) || sums_up {
            return Self::Heading;
        }
        match signals.product {
            false => Self::Product,
            true if known || title.test => Self::Heading,
            true => Self::Name,
        }
    }
}

/// Why a failed attempt may be an order.
fn doubt(heads: Senses, signals: &Signals) -> Option<Doubt> {
    if heads.success {
        return Some(Doubt::SaysSuccess);
    }
    signals.number.then_some(Doubt::NamesOrder)
}

fn decide(section: &Section<'_>, heads: Senses, footer: Senses, signals: &Signals) -> Verdict {
    if trial::is_test(section, heads, signals) {
        return Verdict::of(Kind::Test, "a test notification: the connection works");
    }
    if is_recap(section, heads, signals) {
        return Verdict::of(Kind::Other, "a summary of several attempts, not an order");
    }
    if heads.sale && !heads.success && !heads.failure {
        return Verdict::of(Kind::Other, "a sale of the user's own, not a purchase");
    }
    let by_colour = colour_status(section, heads);
    // A sentence of its own announces something where it names the order and says what became of it.
    let is_vague = section.is_chat() && !(signals.number && says_outcome(heads));
    if let Some(status) = called_off(heads, by_colour, signals).filter(|_| !is_vague) {
        return Verdict { status: Some(status), ..of_called_off(signals) };
    }
    if is_vague {
        return Verdict::of(Kind::Other, "text without labels");
    }
    let failed = heads.failure || footer.failure || signals.failed;
    let on_its_way = signals.tracking || section.names_carrier;
    if failed && !on_its_way {
        let status = signals.declined_by_reason.then_some("declined");
        return Verdict { status, ..Verdict::of(Kind::Decline, "the attempt failed") };
    }
    if signals.masked && !signals.number {
        return of_masked();
    }
    let says_something =
        signals.number || !section.labelled.is_empty() || !section.loose.is_empty();
    if heads.success || (heads.succeeds() && says_something) {
        return Verdict { status: by_colour, ..Verdict::of(Kind::Checkout, "announces an order") };
    }
    let product = signals.product || section.lone_name().is_some_and(|line| !line.contains(": "));
    let title_is_product = !product && is_headed_by_product(section, signals);
    let signals = Signals { product: product || title_is_product, ..*signals };
    if asks_to_pay(section.title, section.headings.iter().chain(&section.loose).copied()) {
        return Verdict::of(Kind::Other, "it asks for money: nothing was bought yet");
    }
    let verdict = unannounced(heads, footer, failed, &signals);
    let is_document = names_document(&plain(section.title).text);
    let asks = heads.notice || heads.offer;
    if verdict.kind == Kind::Other && signals.number && signals.item && is_document && !asks {
        return Verdict::of(Kind::Checkout, "names an order and what it cost");
    }
    Verdict { title_is_product: title_is_product && verdict.kind == Kind::Checkout, ..verdict }
}

fn says_outcome(heads: Senses) -> bool {
    heads.succeeds() || heads.cancels() || (heads.status.is_some() && !heads.failure)
}

/// Whether a title that announces nothing is the product of the order below it, as mail readers put it.
fn is_headed_by_product(section: &Section<'_>, signals: &Signals) -> bool {
    signals.number
        && signals.item
        && !section.title.is_empty()
        && !section.title_senses.any()
        && !Senses::knows_all(section.title)
        && !names_document(&plain(section.title).text)
}

fn of_masked() -> Verdict {
    Verdict::of(Kind::Other, "its order number is masked and names no order")
}

/// The status that undoes the order, by headings, reasons or colour.
fn called_off(
    heads: Senses,
    by_colour: Option<&'static str>,
    signals: &Signals,
) -> Option<&'static str> {
    let said = if heads.cancels() { heads.status } else { signals.called_off };
    let said = said.or(by_colour.filter(|status| *status == "cancelled"));
    said.filter(|status| signals.names_order(true) || *status == "cancelled")
}

fn of_called_off(signals: &Signals) -> Verdict {
    if signals.names_order(true) {
        Verdict::of(Kind::Update, "a notice that changes an order")
    } else if signals.masked {
        of_masked()
    } else {
        Verdict::of(Kind::Decline, "called off, and no order is named")
    }
}

/// Judges what no heading announces as an order. `failed`: a carrier's delivery did.
fn unannounced(heads: Senses, footer: Senses, failed: bool, signals: &Signals) -> Verdict {
    let headed = heads.status.is_some() || heads.update;
    let changes = headed || failed || signals.stated_status || signals.tracking;
    let offers = heads.offer && !headed;
    if signals.names_order(headed) && changes && !offers {
        return Verdict {
            status: heads.status,
            restates: heads.restates(),
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
    if signals.product && (heads.bare_checkout || (heads.ends_with_checkout && signals.buyer)) {
        return Verdict::of(Kind::Checkout, "headed as a checkout, with a product");
    }
    let reason =
        if changes { "a status notice that names no order" } else { "nothing announces an order" };
    Verdict::of(Kind::Other, reason)
}

/// Whether it sums up many attempts, whatever numbers it lists.
fn is_recap(section: &Section<'_>, heads: Senses, signals: &Signals) -> bool {
    let tallies = section.tallies();
    let one_order = signals.number && signals.product && !signals.many;
    let (author, title) = (section.author_senses, section.title_senses);
    if heads.recap && (author.recap || title.recap) {
        return !((author.success || title.success) && one_order && tallies < 2);
    }
    if section.of_recap || section::opens_recap(&section.headings) {
        return true;
    }
    if heads.several && !(one_order && tallies == 0) {
        return true;
    }
    let listed = signals.many && tallies > usize::from(heads.success);
    listed || (tallies > 1 && !heads.success && !signals.product)
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
