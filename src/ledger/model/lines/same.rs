//! Whether two lines mean the same product. Pure.

use super::link::same_link;
use super::name::{Likeness, Name, disagree};
use super::words::words;
use crate::ledger::model::folded::folded;
use crate::order::Currency;

/// Of a name that is a part of another one with another price: less in common is another product.
const MUCH: f64 = 0.5;
/// Sizes as people write them out.
const SIZES: [(&str, &str); 12] = [
    ("small", "s"),
    ("medium", "m"),
    ("large", "l"),
    ("xlarge", "xl"),
    ("xxlarge", "xxl"),
    ("2xl", "xxl"),
    ("onesize", ""),
    ("os", ""),
    ("osfa", ""),
    ("size", ""),
    ("mens", ""),
    ("womens", ""),
];

/// A line as it is compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Compared {
    name: Option<Name>,
    size: Vec<String>,
    sku: Option<String>,
    link: Option<String>,
    price: Option<(i64, Option<Currency>)>,
}

/// What is known of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts<'a> {
    pub(super) product: Option<&'a str>,
    pub(super) size: Option<&'a str>,
    pub(super) sku: Option<&'a str>,
    pub(super) link: Option<&'a str>,
    pub(super) price: Option<i64>,
    pub(super) currency: Option<Currency>,
}

/// How sure it is that two lines mean the same product; the surest is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sameness {
    /// Another product.
    Other,
    /// It may be.
    Doubtful,
    /// Something else than the name says so, or one name is a part of the other.
    Likely,
    /// The name says so.
    Sure,
}

/// What two prices say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prices {
    Agree,
    Differ,
    /// One of the two lines has none.
    OneIsMissing,
    /// Neither has one.
    Missing,
}

impl Compared {
    pub(super) fn of(facts: Facts<'_>) -> Self {
        let name = facts.product.map(|product| Name::of(product, facts.size));
        let sku = facts.sku.map(|sku| words(&folded(sku)).concat());
        Self {
            name,
            size: facts.size.map(size_words).unwrap_or_default(),
            sku: sku.filter(|sku| !sku.is_empty()),
            link: facts.link.map(str::to_owned),
            price: facts.price.map(|price| (price, facts.currency)),
        }
    }

    /// Compares a line of the order with one of a message. `store`: the words of the shop's name, which
    /// some tools put in front of a product's.
    pub(super) fn sameness(&self, line: &Self, store: &[String]) -> Sameness {
        if disagree(&self.size, &line.size) {
            return Sameness::Other;
        }
        let sku = compare(self.sku.as_deref(), line.sku.as_deref(), |one, other| one == other);
        let page = compare(self.link.as_deref(), line.link.as_deref(), same_link);
        let (name, other) = match (&self.name, &line.name) {
            (Some(name), Some(other)) => (name, other),
            (Some(_), None) if sku != Some(true) => return Sameness::Other,
            _ if sku == Some(false) => return Sameness::Other,
            _ => return Sameness::Sure,
        };
        let asides: Vec<String> =
            store.iter().chain(&self.size).chain(&line.size).cloned().collect();
        let (likeness, prices) = (name.compare(other, &asides), self.prices(line));
        by_name(likeness, prices, sku, page)
    }

    /// Whether both have one name, but for how it is written.
    pub(super) fn is_spelled_like(&self, line: &Self) -> bool {
        let (Some(name), Some(other)) = (&self.name, &line.name) else { return false };
        let skus = compare(self.sku.as_deref(), line.sku.as_deref(), |one, other| one == other);
        name.has_letters_of(other) && !disagree(&self.size, &line.size) && skus != Some(false)
    }

    pub(super) fn has_price_of(&self, line: &Self) -> bool {
        self.prices(line) == Prices::Agree
    }

    fn prices(&self, line: &Self) -> Prices {
        let in_one = |one: Option<Currency>, other: Option<Currency>| {
            one.is_none() || other.is_none() || one == other
        };
        match (self.price, line.price) {
            (Some((one, own)), Some((other, its))) if one == other && in_one(own, its) => {
                Prices::Agree
            }
            (Some(_), Some(_)) => Prices::Differ,
            (None, None) => Prices::Missing,
            _ => Prices::OneIsMissing,
        }
    }
}

/// `sku`, `page`: whether they are the same; absent where one of the lines has none.
fn by_name(likeness: Likeness, prices: Prices, sku: Option<bool>, page: Option<bool>) -> Sameness {
    let differ = prices == Prices::Differ;
    let helped = sku == Some(true) || (page == Some(true) && sku.is_none());
    match likeness {
        // The same name under two numbers: a variant, or two ways of numbering.
        Likeness::Spelling | Likeness::Contained(_) if sku == Some(false) => {
            if differ {
                Sameness::Other
            } else {
                Sameness::Doubtful
            }
        }
        Likeness::Spelling => Sameness::Sure,
        Likeness::Contained(_) if !differ || helped => Sameness::Likely,
        Likeness::Contained(share) if share >= MUCH => Sameness::Doubtful,
        Likeness::Variant if sku == Some(true) && !differ => Sameness::Doubtful,
        // Colours of one product stand on one page: they have most of the name in common.
        Likeness::Other(share) if helped && !differ => {
            if sku == Some(true) || share < MUCH {
                Sameness::Likely
            } else {
                Sameness::Doubtful
            }
        }
        // Tools that count a cart's lines one by one give each its price.
        Likeness::Other(_) if prices == Prices::OneIsMissing => Sameness::Doubtful,
        Likeness::Contained(_) | Likeness::Variant | Likeness::Other(_) => Sameness::Other,
    }
}

fn compare(
    one: Option<&str>,
    other: Option<&str>,
    same: impl Fn(&str, &str) -> bool,
) -> Option<bool> {
    Some(same(one?, other?))
}

fn size_words(size: &str) -> Vec<String> {
    let joined = words(&folded(size));
    let short = |word: String| match SIZES.iter().find(|(long, _)| *long == word) {
        Some((_, short)) => (*short).to_owned(),
        None => word,
    };
    let whole = short(joined.concat());
    let sizes = if whole == joined.concat() {
        joined.into_iter().map(short).collect()
    } else {
        vec![whole]
    };
    sizes.into_iter().filter(|word| !word.is_empty()).collect()
}
