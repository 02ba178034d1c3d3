//! What a label can stand for.

use crate::order::Detail;

/// A piece of an order that a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    OrderNumber,
    /// A number of the sale that stands for the order where no order number does.
    OtherNumber,
    Store,
    Product,
    /// A list of products with their quantities; anything else behind it says nothing.
    Cart,
    Price,
    Total,
    Currency,
    Quantity,
    CheckoutProxy,
    Status,
    Size,
    Sku,
    Commission,
    /// A text that is kept as it is stated.
    Detail(Detail),
    /// What tells where the buyer lives or how to reach them: known, so that nothing else is seen in it.
    BuyerDetail,
    /// `Name`: the product where nothing else names it, else the buyer.
    Name,
    /// When it happened.
    Date,
    /// Why something failed: only its value tells.
    Reason,
    /// Its presence alone says that the attempt failed.
    FailureReason,
    /// Its presence alone says that the order was called off.
    CancelReason,
    /// A label that is known and says nothing of the order.
    Ignored,
}

impl Field {
    /// The words that `[labels]` in the configuration may use, beside the names of details.
    const WORDS: [(&'static str, Self); 13] = [
        ("order_number", Self::OrderNumber),
        ("store", Self::Store),
        ("product", Self::Product),
        ("price", Self::Price),
        ("total", Self::Total),
        ("currency", Self::Currency),
        ("quantity", Self::Quantity),
        ("proxy", Self::Detail(Detail::ProxyList)),
        ("checkout_proxy", Self::CheckoutProxy),
        ("status", Self::Status),
        ("size", Self::Size),
        ("sku", Self::Sku),
        ("commission", Self::Commission),
    ];

    /// The field of a word of the configuration.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        let field = Self::WORDS.into_iter().find(|(name, _)| *name == word).map(|(_, field)| field);
        field.or_else(|| Detail::of_name(word).map(Self::Detail))
    }

    /// The words of the configuration, for those who look for theirs.
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        let details = Detail::ALL.into_iter().filter(|detail| *detail != Detail::ProxyList);
        Self::WORDS.into_iter().map(|(word, _)| word).chain(details.map(Detail::name))
    }

    /// Whether a message may say it once for each item of an order.
    pub(crate) fn is_of_item(self) -> bool {
        matches!(
            self,
            Self::Product | Self::Price | Self::Quantity | Self::Size | Self::Sku | Self::Total
        )
    }
}
