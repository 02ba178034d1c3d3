//! What a column can mean, and the word for it in `--map COLUMN=FIELD`.

use super::options::Kind;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $word:literal in $kinds:expr,)+) => {
        /// What a column means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $name,)+ }

        impl Field {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word that is typed and stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The sheets that may have it.
            const fn kinds(self) -> &'static [Kind] {
                match self { $(Self::$name => $kinds,)+ }
            }
        }
    };
}

use Kind::{Charges, Orders, Received, Status, Track};

fields! {
    /// The shop's number of the order.
    OrderNumber = "order_number" in &[Track, Status, Charges, Orders],
    /// The shop's name, as the sheet writes it.
    Store = "store" in &[Track, Status, Orders],
    /// Numbers of parcels.
    Tracking = "tracking_number" in &[Track, Received, Orders],
    /// What the group pays.
    Payout = "payout" in &[Received, Orders],
    /// The reseller's wage.
    Commission = "commission" in &[Received, Orders],
    /// Units that the group received.
    Received = "qty_received" in &[Received, Orders],
    /// The group's word.
    GroupStatus = "group_status" in &[Received, Orders],
    /// The group's own number.
    GroupNumber = "group_order_number" in &[Received, Orders],
    /// When the group noted it.
    GroupCreated = "group_created" in &[Received, Orders],
    /// When the group last changed its note.
    GroupModified = "group_modified" in &[Received, Orders],
    /// The order's status.
    Status = "status" in &[Status, Orders],
    /// Units.
    Quantity = "quantity" in &[Status, Orders],
    /// Units of the whole order, beside those of a line.
    OrderQuantity = "order_quantity" in &[],
    /// Units of a line, where those of its order have become others since.
    LineQuantity = "line_quantity" in &[],
    /// The day of an order or a charge, with its time or without.
    Date = "date" in &[Charges, Orders],
    /// The time of that day.
    Time = "time" in &[Orders],
    /// What was charged or came back.
    Amount = "amount" in &[Charges],
    /// The same of banks for which a purchase is negative.
    NegativeAmount = "negative_amount" in &[Charges],
    /// A text that holds the order's number.
    Description = "description" in &[Charges],
    /// The second number of a shop or a card.
    Reference = "reference_number" in &[Charges, Orders],
    /// The currency of all amounts of the row.
    Currency = "currency" in &[Received, Charges, Orders],
    /// A product's name.
    Product = "product" in &[Orders],
    /// One unit.
    Price = "price" in &[Orders],
    /// What the order cost.
    Total = "total" in &[Orders],
    /// Refract's billing profile.
    Profile = "profile" in &[Orders],
    /// The proxies of the purchase.
    ProxyList = "proxy_list" in &[Orders],
    /// The buyer's address.
    Email = "email" in &[Orders],
    /// The buyer's name.
    CustomerName = "customer_name" in &[Orders],
    /// How it was paid.
    PaymentMethod = "payment_method" in &[Orders],
    /// Where it goes.
    ShippingAddress = "shipping_address" in &[Orders],
    /// How it goes.
    ShippingMethod = "shipping_method" in &[Orders],
    /// Free text.
    Notes = "notes" in &[Orders],
    /// The shop's product number.
    Sku = "sku" in &[Orders],
    /// Size or variant.
    Size = "size" in &[Orders],
    /// Link of the product.
    ProductUrl = "product_url" in &[Orders],
    /// Link of the order.
    OrderUrl = "order_url" in &[Orders],
    /// Picture of the product.
    ImageUrl = "image_url" in &[Orders],
    /// When it was shipped.
    ShippedAt = "shipped_at" in &[Orders],
    /// When it arrived.
    DeliveredAt = "delivered_at" in &[Orders],
    /// The day on which the card was charged.
    ChargePostedOn = "charge_posted_on" in &[Orders],
    /// What the card was charged.
    Charged = "charged" in &[Charges, Orders],
    /// What came back to the card.
    Refunded = "refunded" in &[Charges, Orders],
    /// What it was sold for.
    SoldPrice = "sold_price" in &[Orders],
    /// What selling cost.
    Fees = "fees" in &[Orders],
    /// Who bought it in the end.
    Buyer = "buyer" in &[Orders],
    /// The lines of an order, as our own JSON has them; nobody names such a column.
    Items = "items" in &[],
    /// The currency of the payout, as our own JSON has it.
    PayoutCurrency = "payout_currency" in &[],
    /// The currency of what the card was charged, as our own JSON has it.
    ChargeCurrency = "charge_currency" in &[],
    /// What the card was charged in other currencies, as our own JSON has it.
    OtherCharges = "other_charges" in &[],
    /// More parcels, as our own JSON has them.
    Parcels = "parcels" in &[],
    /// When a ledger noted the order; its offset tells by which clock the row was written.
    CreatedAt = "created_at" in &[],
    /// The id of the order in the ledger that wrote the file.
    LedgerId = "id" in &[],
    /// The message that announced it.
    MessageId = "message_id" in &[],
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading, as written.
    pub heading: String,
    /// `None`: it is not read.
    pub field: Option<Field>,
}

impl Field {
    /// What a column of a sheet of this kind can mean, as people are offered it.
    pub fn of_kind(kind: Kind) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |field| field.kinds().contains(&kind))
    }

    /// The field behind a word, where a sheet of this kind has it.
    pub fn parse(word: &str, kind: Kind) -> Option<Self> {
        Self::of_kind(kind).find(|field| field.as_str() == word)
    }
}
