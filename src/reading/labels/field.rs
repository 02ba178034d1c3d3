//! What a label can stand for.

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
    Email,
    Profile,
    Proxy,
    CheckoutProxy,
    TrackingNumber,
    Status,
    Size,
    Sku,
    ProductUrl,
    OrderUrl,
    ImageUrl,
    Commission,
    ReferenceNumber,
    PaymentMethod,
    ShippingAddress,
    ShippingMethod,
    CustomerName,
    /// What tells where the buyer lives or how to reach them: known, so that nothing else is seen in it.
    BuyerDetail,
    Notes,
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
    /// The words that `[labels]` in the configuration may use.
    pub(crate) const WORDS: [(&'static str, Self); 25] = [
        ("order_number", Self::OrderNumber),
        ("store", Self::Store),
        ("product", Self::Product),
        ("price", Self::Price),
        ("total", Self::Total),
        ("currency", Self::Currency),
        ("quantity", Self::Quantity),
        ("email", Self::Email),
        ("profile", Self::Profile),
        ("proxy", Self::Proxy),
        ("checkout_proxy", Self::CheckoutProxy),
        ("tracking_number", Self::TrackingNumber),
        ("status", Self::Status),
        ("size", Self::Size),
        ("sku", Self::Sku),
        ("product_url", Self::ProductUrl),
        ("order_url", Self::OrderUrl),
        ("image_url", Self::ImageUrl),
        ("commission", Self::Commission),
        ("reference_number", Self::ReferenceNumber),
        ("payment_method", Self::PaymentMethod),
        ("shipping_address", Self::ShippingAddress),
        ("shipping_method", Self::ShippingMethod),
        ("customer_name", Self::CustomerName),
        ("notes", Self::Notes),
    ];

    /// The field of a word of the configuration.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(name, _)| *name == word).map(|(_, field)| field)
    }

    /// Whether a message may say it once for each item of an order.
    pub(crate) fn is_of_item(self) -> bool {
        matches!(
            self,
            Self::Product | Self::Price | Self::Quantity | Self::Size | Self::Sku | Self::Total
        )
    }
}
