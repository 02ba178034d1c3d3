//! Small words that decide what a phrase means where it stands.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::reading::sections::heading::{Sense, words};
use crate::reading::sections::phrases::PHRASES;
use crate::reading::sections::phrases::foreign;

/// Words that notices of an attempt are made of; a product's name holds others.
const KNOWN: &str = "a an the your my our this that it its we you is was were are be been has have \
    had by for of to at on in with from as and or but then because due since while now later again \
    please card cards credit debit payment payments order orders checkout checkouts purchase preorder \
    transaction attempt attempts try tries bank issuer item items product products shop store site \
    merchant account billing funds process processed processing authorization authentication auth \
    verification reason status code limit quantity address shipping delivery invalid expired expiry \
    placing submitting contact support new task tasks bot user customer after first second times \
    twice once successfully number no id via not yet did didnt does doesnt could couldnt would will \
    cannot cant than more less all any some other bei der die das ihre deine wurde ist und karte \
    zahlung bestellung la le les votre commande paiement carte a ete su pago tarjeta pedido";

/// Every word of a phrase for what becomes of an attempt, and [`KNOWN`].
static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    words_of(|sense| {
        matches!(
            sense,
            Sense::Success
                | Sense::New
                | Sense::BareSuccess
                | Sense::Failure
                | Sense::Status(_)
                | Sense::Update
        )
    })
});

/// Every word of a phrase, and [`KNOWN`].
static ALL_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| words_of(|_| true));

fn words_of(counts: impl Fn(Sense) -> bool) -> HashSet<String> {
    let rows = PHRASES.iter().chain(foreign::PHRASES).filter(|(sense, _)| counts(*sense));
    let texts = rows.map(|(_, phrases)| *phrases).chain([KNOWN]);
    let split = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    texts.flat_map(|text| split(words(text))).collect()
}

/// Whether a notice of any kind may hold the word.
pub(in crate::reading::sections) fn is_of_notices(word: &str) -> bool {
    ALL_WORDS.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a notice of an attempt may hold the word. Numbers are known, too.
pub(in crate::reading::sections) fn is_known(word: &str) -> bool {
    WORDS.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words of time and mood that stand between a denial and what it denies.
pub(in crate::reading::sections) fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "been"
            | "be"
            | "yet"
            | "is"
            | "was"
            | "were"
            | "are"
            | "get"
            | "got"
            | "have"
            | "has"
            | "had"
            | "being"
            | "any"
            | "a"
            | "an"
            | "the"
            | "wird"
            | "wurde"
    )
}

/// `no errors`, `wasn't declined`.
pub(in crate::reading::sections) fn denies(word: &str) -> bool {
    matches!(
        word,
        "no" | "not"
            | "never"
            | "without"
            | "zero"
            | "0"
            | "0x"
            | "isnt"
            | "wasnt"
            | "werent"
            | "didnt"
            | "doesnt"
            | "dont"
            | "hasnt"
            | "havent"
            | "hadnt"
            | "wont"
            | "cannot"
            | "cant"
            | "nothing"
            | "none"
            | "non"
            | "kein"
            | "keine"
            | "nicht"
            | "ohne"
            | "pas"
            | "sans"
            | "aucun"
            | "aucune"
            | "sin"
            | "sem"
            | "nao"
            | "senza"
            | "geen"
            | "niet"
            | "zonder"
            | "nie"
            | "bez"
            | "не"
            | "нет"
            | "без"
    )
}

/// `if`, `in case`, `falls`: what follows is supposed, not said.
pub(in crate::reading::sections) fn supposes(word: &str, next: &str) -> bool {
    match word {
        "if" | "unless" | "whenever" | "should" | "falls" | "wenn" | "sollte" | "sofern" | "si"
        | "caso" | "indien" | "jesli" | "jezeli" | "если" | "якщо" | "eger" => true,
        "when" => matches!(next, "your" | "a" | "an" | "the" | "you" | "we" | "any"),
        "that" | "which" => matches!(next, "are" | "were" | "is" | "cannot" | "cant"),
        "in" => next == "case",
        "as" => next == "soon",
        "se" => matches!(next, "o" | "a" | "il" | "la" | "seu" | "sua" | "l" | "lo"),
        "als" => matches!(next, "je" | "uw" | "de" | "het"),
        "om" => matches!(next, "din" | "ditt"),
        _ => false,
    }
}

/// `can be cancelled`: it may happen, and did not.
pub(in crate::reading::sections) fn is_possibility(word: &str) -> bool {
    matches!(
        word,
        "can"
            | "could"
            | "may"
            | "might"
            | "would"
            | "cannot"
            | "cant"
            | "kann"
            | "konnen"
            | "konnte"
            | "peut"
            | "peuvent"
            | "puede"
            | "pueden"
            | "pode"
            | "podem"
            | "puo"
            | "kan"
            | "moze"
            | "может"
    )
}

/// `will be shipped`: it did not happen yet.
pub(in crate::reading::sections) fn is_future(word: &str) -> bool {
    matches!(word, "will" | "ll" | "youll" | "well" | "shall" | "wird" | "werden" | "zal" | "sera")
}

/// Verbs that `to` may stand before.
pub(in crate::reading::sections) fn is_verb(word: &str) -> bool {
    matches!(word, "cancel" | "decline" | "fail" | "refund" | "return" | "error")
}

/// What `cancel` takes: `cancel your order`.
pub(in crate::reading::sections) fn is_object(word: &str) -> bool {
    matches!(
        word,
        "your"
            | "this"
            | "it"
            | "any"
            | "anytime"
            | "within"
            | "before"
            | "until"
            | "by"
            | "or"
            | "the"
            | "my"
    )
}

/// Words in front of a count: `after 2 declines`, `and 3 failed`.
pub(in crate::reading::sections) fn leads_to_count(word: &str) -> bool {
    matches!(
        word,
        "after"
            | "with"
            | "and"
            | "had"
            | "than"
            | "of"
            | "plus"
            | "but"
            | "then"
            | "only"
            | "despite"
            | "has"
            | "got"
            | "from"
            | "nach"
            | "und"
            | "mit"
    )
}

/// Words in front of a failure that is counted: `total declined: 3`.
pub(in crate::reading::sections) fn is_tallied(word: &str) -> bool {
    matches!(
        word,
        "total"
            | "tasks"
            | "payments"
            | "cards"
            | "orders"
            | "checkouts"
            | "attempts"
            | "session"
            | "daily"
            | "today"
            | "overall"
            | "all"
            | "runs"
            | "and"
    ) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `failed attempts`: several, and not this one.
pub(in crate::reading::sections) fn is_several(word: &str) -> bool {
    matches!(
        word,
        "attempts"
            | "payments"
            | "cards"
            | "orders"
            | "checkouts"
            | "tasks"
            | "transactions"
            | "purchases"
            | "tries"
            | "retries"
            | "accounts"
            | "proxies"
            | "profiles"
            | "logins"
            | "runs"
            | "reports"
            | "codes"
            | "free"
            | "items"
            | "preorders"
    )
}

/// Words that speak of certain orders: `your orders are cancelled`.
pub(in crate::reading::sections) fn is_definite(word: &str) -> bool {
    matches!(word, "your" | "the" | "these" | "those" | "my" | "our" | "both" | "ihre" | "deine")
}

/// Words between `after` and a failure.
pub(in crate::reading::sections) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "several"
            | "multiple"
            | "some"
            | "many"
            | "few"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "initial"
            | "first"
            | "another"
            | "your"
            | "my"
            | "was"
            | "only"
    ) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What failed in `after a failed attempt`.
pub(in crate::reading::sections) fn is_attempt(word: &str) -> bool {
    is_several(word) || matches!(word, "attempt" | "try" | "retry" | "payment" | "card" | "login")
}

/// `previous attempt failed`.
pub(in crate::reading::sections) fn is_former(word: &str) -> bool {
    matches!(word, "previous" | "previously" | "earlier" | "prior" | "former" | "formerly")
}

/// `Refund policy`: what a shop grants, and what did not happen.
pub(in crate::reading::sections) fn names_a_right(word: &str) -> bool {
    matches!(
        word,
        "policy"
            | "policies"
            | "window"
            | "period"
            | "deadline"
            | "terms"
            | "fee"
            | "fees"
            | "protection"
            | "guarantee"
            | "anytime"
            | "within"
            | "until"
            | "before"
            | "form"
            | "instructions"
            | "options"
    )
}

/// `Refunds issued`: it happened.
pub(in crate::reading::sections) fn is_done(word: &str) -> bool {
    matches!(word, "issued" | "processed" | "sent" | "completed" | "approved" | "confirmed")
}

/// Words of a parcel on its way.
pub(in crate::reading::sections) fn is_of_delivery(word: &str) -> bool {
    matches!(
        word,
        "delivery"
            | "deliver"
            | "delivered"
            | "delivering"
            | "deliveries"
            | "shipment"
            | "package"
            | "parcel"
            | "courier"
            | "carrier"
            | "driver"
            | "recipient"
            | "addressee"
            | "customs"
            | "usps"
            | "ups"
            | "fedex"
            | "dhl"
            | "ontrac"
            | "lasership"
            | "dpd"
            | "gls"
            | "hermes"
            | "evri"
            | "zustellung"
            | "paket"
            | "sendung"
            | "lieferung"
            | "livraison"
            | "colis"
            | "entrega"
            | "paquete"
            | "envio"
            | "consegna"
            | "pacco"
            | "bezorging"
            | "pakket"
            | "przesylka"
            | "paczka"
            | "dostawa"
            | "encomenda"
    )
}

/// Failures that a carrier does not speak of.
pub(in crate::reading::sections) fn is_of_a_shop(word: &str) -> bool {
    matches!(
        word,
        "out"
            | "oos"
            | "sold"
            | "declined"
            | "decline"
            | "declines"
            | "insufficient"
            | "banned"
            | "timed"
            | "timeout"
            | "abgelehnt"
    )
}

/// Words of the purchase itself.
pub(in crate::reading::sections) fn is_of_purchase(word: &str) -> bool {
    matches!(
        word,
        "checkout"
            | "payment"
            | "card"
            | "purchase"
            | "task"
            | "cart"
            | "transaction"
            | "billing"
            | "bank"
            | "zahlung"
            | "karte"
            | "paiement"
            | "pago"
    )
}

/// Words that a heading such as `Drop Summary` goes on with.
pub(in crate::reading::sections) fn goes_on_from_recap(word: &str) -> bool {
    let digits = word.trim_end_matches(|mark: char| mark.is_ascii_alphabetic());
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        || matches!(
            word,
            "for"
                | "of"
                | "from"
                | "on"
                | "by"
                | "in"
                | "at"
                | "since"
                | "until"
                | "to"
                | "and"
                | "ended"
                | "complete"
                | "completed"
                | "finished"
                | "is"
                | "are"
                | "has"
                | "today"
                | "yesterday"
                | "tonight"
                | "this"
                | "last"
                | "week"
                | "month"
                | "day"
                | "year"
                | "so"
                | "update"
                | "updated"
                | "report"
                | "summary"
                | "stats"
                | "results"
                | "recap"
                | "rate"
                | "rates"
                | "list"
                | "with"
                | "january"
                | "february"
                | "march"
                | "april"
                | "may"
                | "june"
                | "july"
                | "august"
                | "september"
                | "october"
                | "november"
                | "december"
                | "jan"
                | "feb"
                | "mar"
                | "apr"
                | "jun"
                | "jul"
                | "aug"
                | "sep"
                | "oct"
                | "nov"
                | "dec"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
        )
}

/// What one order's own summary is called by: `Order Summary`, `Checkout Report`.
pub(in crate::reading::sections) fn is_one_order(word: &str) -> bool {
    matches!(word, "order" | "checkout" | "purchase" | "payment" | "preorder" | "sale")
}

/// A summary of such a span is never one order's: `Daily Checkout Report`.
pub(in crate::reading::sections) fn is_span(word: &str) -> bool {
    matches!(
        word,
        "daily"
            | "weekly"
            | "monthly"
            | "yearly"
            | "hourly"
            | "session"
            | "drop"
            | "release"
            | "task"
            | "group"
            | "today"
            | "todays"
            | "yesterdays"
            | "run"
            | "raid"
            | "total"
    )
}
