//! Small words that decide what a phrase means where it stands. All are lower case and without accents, as
//! [`words`] gives them.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::reading::sections::phrases::sense::Sense;
use crate::reading::sections::phrases::words::words;
use crate::reading::sections::phrases::{PHRASES, events, foreign};

/// Words that notices of an attempt are made of; a product's name holds others.
const KNOWN: &str = "a an the your my our this that its it we you is was were are be been has have \
    had by for of to at on in with from as and or but then because due since while now later again \
    please card cards credit debit payment payments order orders checkout checkouts purchase preorder \
    transaction attempt attempts try tries bank issuer item items product products shop store site \
    merchant account billing funds process processed processing authorization authentication auth \
    verification reason status code limit quantity address shipping delivery invalid expired expiry \
    placing submitting contact support new task tasks bot user customer after first second times \
    twice once successfully number no id via not yet did didnt does doesnt could couldnt would will \
    cannot cant cancel than more less all any some other bei der die das ihre deine wurde ist und karte \
    zahlung bestellung la le les votre commande paiement carte a ete su pago tarjeta pedido";

/// Words of time and mood that stand between a denial and what it denies.
const AUXILIARY: &str = "been be yet is was were are get got have has had being any a an the wird \
    wurde";
const DENIALS: &str = "no not never without zero 0 0x isnt wasnt werent didnt doesnt dont hasnt \
    havent hadnt wont cannot cant nothing none non kein keine nicht ohne pas sans aucun aucune sin \
    almost nearly awaiting sem nao senza geen niet zonder nie bez не нет без";
const SUPPOSITIONS: &str = "if unless whenever should falls wenn sollte sofern si caso indien jesli \
    jezeli если якщо eger";
const POSSIBILITIES: &str = "can could may might would cannot cant kann konnen konnte peut peuvent \
    puede pueden pode podem puo kan moze может risk chance \
    chances odds likelihood probability";
const FUTURE: &str = "will ll youll well shall wird werden zal sera";
const VERBS: &str = "decline fail refund return error";
const COUNT_LEADS: &str = "after with and had than of plus but then only despite has got from nach \
    und mit";
const TALLIED: &str = "total tasks payments cards orders checkouts attempts session daily today \
    overall all runs and";
const SEVERAL: &str = "attempts payments cards orders checkouts tasks transactions purchases tries \
    retries accounts proxies profiles logins runs reports codes free items preorders";
const DEFINITE: &str = "some your the these those my our both ihre deine";
const DETERMINERS: &str = "a an the several multiple some many few one two three four five initial \
    first another your my was only";
const ATTEMPT: &str = "attempt try retry payment card login";
const FORMER: &str = "previous previously earlier prior former formerly";
const RIGHTS: &str = "policy policies window period deadline terms fee fees protection guarantee \
    anytime within until before form instructions options rate rates chance chances \
    odds likelihood probability ratio";
const DONE: &str = "issued processed sent completed approved confirmed";
const DELIVERY: &str = "delivery deliver delivered delivering deliveries shipment package parcel \
    courier carrier driver recipient addressee customs usps ups fedex dhl ontrac lasership dpd gls \
    hermes evri zustellung paket sendung lieferung livraison colis entrega paquete envio consegna \
    pacco bezorging pakket przesylka paczka dostawa";
const OF_A_SHOP: &str = "out oos sold declined decline declines insufficient banned timed timeout \
    abgelehnt";
const PURCHASE: &str = "checkout payment card purchase task cart transaction billing bank zahlung \
    karte paiement pago";
const AFTER_RECAP: &str = "for of from on by in at since until to and ended complete completed \
    finished is are has today yesterday tonight this last week month day year so update updated \
    report summary stats results recap rate rates list with january february march april may june \
    july august september october november december jan feb mar apr jun jul aug sep oct nov dec \
    monday tuesday wednesday thursday friday saturday sunday";
const LEADS_TO_DAY: &str = "for on by until fur am pour le para el per voor na";
const DAYS: &str = "today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january \
    february march april may june july august september october november december jan feb mar apr jun \
    jul aug sep oct nov dec montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi \
    mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo";
const NEVER_IN_FRONT: &str = "complete request change issue window success attempt";
const NOT_BESIDE: &str = "update updates alert notice status information received processed issued \
    successfully change created";
const ONE_ORDER: &str = "order checkout purchase payment preorder sale";
const SPANS: &str = "daily weekly monthly yearly hourly session drop release task group today todays \
    yesterdays run raid total";

/// Every word of a phrase for what becomes of an attempt, and [`KNOWN`].
static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    use Sense::{BareSuccess, Change, Failure, New, Status, Success, Update};
    let is_outcome = |sense| matches!(sense, Failure | Status(_) | Update | Change);
    words_of(|sense| matches!(sense, Success | New | BareSuccess) || is_outcome(sense))
});

/// Every word of a phrase, and [`KNOWN`].
static ALL_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| words_of(|_| true));

fn words_of(counts: impl Fn(Sense) -> bool) -> HashSet<String> {
    let rows = PHRASES.iter().chain(foreign::PHRASES).filter(|(sense, _)| counts(*sense));
    let texts = rows.map(|(_, phrases)| *phrases).chain([KNOWN]);
    let split = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    texts.flat_map(|text| split(words(text))).collect()
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a notice of any kind may hold the word.
pub(in crate::reading::sections) fn is_of_notices(word: &str) -> bool {
    ALL_WORDS.contains(word) || is_number(word)
}

/// Whether a notice of an attempt may hold the word. Numbers are known, too.
pub(in crate::reading::sections) fn is_known(word: &str) -> bool {
    WORDS.contains(word) || is_number(word)
}

/// `was`, `yet`: between a denial and what it denies.
pub(super) fn is_auxiliary(word: &str) -> bool {
    is_in(AUXILIARY, word)
}

/// `no errors`, `wasn't declined`.
pub(super) fn denies(word: &str) -> bool {
    is_in(DENIALS, word)
}

/// `if`, `in case`, `falls`: what follows is supposed, not said.
pub(super) fn supposes(word: &str, next: &str) -> bool {
    match word {
        "when" => is_in("your a an the you we any", next),
        "that" | "which" => is_in("are were is cannot cant", next),
        "in" => next == "case",
        "as" => next == "soon",
        "se" => is_in("o a il la seu sua l lo", next),
        "als" => is_in("je uw de het", next),
        "om" => is_in("din ditt", next),
        _ => is_in(SUPPOSITIONS, word),
    }
}

/// `can be cancelled`: it may happen, and did not.
pub(super) fn is_possibility(word: &str) -> bool {
    is_in(POSSIBILITIES, word)
}

/// `will be shipped`: it did not happen yet.
pub(super) fn is_future(word: &str) -> bool {
    is_in(FUTURE, word)
}

/// Verbs that `to` may stand before.
pub(super) fn is_verb(word: &str) -> bool {
    is_in(VERBS, word)
}

/// Whether a text of a script without spaces supposes, denies or counts what it names, with what follows.
pub(in crate::reading::sections) fn is_unsaid(words: &str, after: &str) -> bool {
    const MARKS: [&str; 14] = [
        "場合",
        "の際",
        "如果",
        "若",
        "假如",
        "可以",
        "可能",
        "경우",
        "수 있",
        "หาก",
        "ถ้า",
        "なし",
        "没有",
        "없음",
    ];
    let after = after.trim_start_matches([' ', '数', '數', '件']);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) || MARKS.iter().any(|mark| words.contains(mark))
}

/// Words in front of a count: `after 2 declines`, `and 3 failed`.
pub(super) fn leads_to_count(word: &str) -> bool {
    is_in(COUNT_LEADS, word)
}

/// Words in front of a failure that is counted: `total declined: 3`.
pub(super) fn is_tallied(word: &str) -> bool {
    is_in(TALLIED, word) || is_number(word)
}

/// `failed attempts`: several, and not this one.
pub(super) fn is_several(word: &str) -> bool {
    is_in(SEVERAL, word)
}

/// Words that speak of certain orders: `your orders are cancelled`.
pub(super) fn is_definite(word: &str) -> bool {
    is_in(DEFINITE, word)
}

/// Words between `after` and a failure.
pub(super) fn is_determiner(word: &str) -> bool {
    is_in(DETERMINERS, word) || is_number(word)
}

/// What failed in `after a failed attempt`.
pub(super) fn is_attempt(word: &str) -> bool {
    is_several(word) || is_in(ATTEMPT, word)
}

/// `previous attempt failed`.
pub(super) fn is_former(word: &str) -> bool {
    is_in(FORMER, word)
}

/// `Refund policy`: what a shop grants, and what did not happen.
pub(super) fn names_a_right(word: &str) -> bool {
    is_in(RIGHTS, word)
}

/// `Refunds issued`: it happened.
pub(super) fn is_done(word: &str) -> bool {
    is_in(DONE, word)
}

/// Words of a parcel on its way.
pub(super) fn is_of_delivery(word: &str) -> bool {
    is_in(DELIVERY, word)
}

/// Failures that a carrier does not speak of.
pub(super) fn is_of_a_shop(word: &str) -> bool {
    is_in(OF_A_SHOP, word)
}

/// Words of the purchase itself.
pub(super) fn is_of_purchase(word: &str) -> bool {
    is_in(PURCHASE, word)
}

/// Words that a heading such as `Drop Summary` goes on with.
pub(super) fn goes_on_from_recap(word: &str) -> bool {
    let digits = word.trim_end_matches(|mark: char| mark.is_ascii_alphabetic());
    (!digits.is_empty() && is_number(digits)) || is_in(AFTER_RECAP, word)
}

/// Words in front of one such as `fixed` in notes on a release: `We have fixed`.
pub(super) fn is_auxiliary_of_talk(word: &str) -> bool {
    is_in("we weve have has been also and wir haben nous avons hemos abbiamo", word)
}

/// Words between an event and what became of it.
pub(super) fn is_filler(word: &str) -> bool {
    let is_order = word.len() > 3 && word.bytes().any(|byte| byte.is_ascii_digit());
    is_order || is_in(events::FILLERS, word)
}

/// Words in front of what an event happens to.
pub(super) fn leads_on(word: &str) -> bool {
    is_in("of for on to from der des fur de d du des di della do da van voor av af", word)
}

/// What is made, and does not happen to it later.
pub(super) fn is_purchase(word: &str) -> bool {
    is_in("checkout order purchase preorder", word)
}

/// Whether a word for what became of an event may stand in front of it: `Complete your return` asks for one.
/// `directly`: nothing stands between.
pub(super) fn stands_in_front(word: &str, directly: bool) -> bool {
    !(is_in(NEVER_IN_FRONT, word) || directly && is_in(NOT_BESIDE, word))
}

/// `for`, as in `for Monday`.
pub(super) fn leads_to_day(word: &str) -> bool {
    is_in(LEADS_TO_DAY, word)
}

/// A day or month by its name.
pub(super) fn is_day(word: &str) -> bool {
    is_in(DAYS, word)
}

/// Words between a status and the part that it is of: `Cancelled items: 1 of 2`.
pub(super) fn leads_to_part(word: &str) -> bool {
    names_units(word) || is_in("for in only your order", word)
}

/// What parts of an order are counted in.
pub(super) fn names_units(word: &str) -> bool {
    is_in("item items unit units product products pieces pcs artikel articles", word)
}

/// Words behind `partial` that it may be said of.
pub(super) fn follows_partial(word: &str) -> bool {
    is_in("refund refunds refunded cancellation cancelled canceled return order only", word)
}

/// What one order's own summary is called by: `Order Summary`, `Checkout Report`.
pub(super) fn is_one_order(word: &str) -> bool {
    is_in(ONE_ORDER, word)
}

/// A summary of such a span is never one order's: `Daily Checkout Report`.
pub(super) fn is_span(word: &str) -> bool {
    is_in(SPANS, word)
}
