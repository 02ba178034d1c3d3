//! What a phrase of a heading says.

/// What words announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// An order was placed: two words or more say so.
    Success,
    /// `Success` alone, as in `Kodai Success`.
    BareSuccess,
    /// The attempt failed.
    Failure,
    /// The order's status changed to this.
    Status(&'static str),
    /// The same of each order in a list below: `Cancelled Orders`, `Cancellations`.
    Listed(&'static str),
    /// An update that names no status itself.
    Update,
    /// The same, of an order that itself is another one by now: `Price Adjusted`, `Order Updated`.
    Change,
    /// The webhook is tried out.
    Test,
    /// A login, a payment link, a step of the checkout: no order, unless it changes one.
    Notice,
    /// A queue, a cart, a stock alert: no order, whatever numbers stand below.
    Offer,
    /// Something new, a success unless it is a notice: `New Order`, but `New Checkout Link`.
    New,
    /// Several successes: `Successful Checkouts`.
    Several,
    /// A summary of many attempts: no order.
    Recap,
    /// A word for what happens to an order later, which says something together with its outcome.
    Event(Event),
    /// Notes on a release, help: it speaks of checkouts.
    Talk,
    /// Makes talk of what follows: `How to get`, `Fixed`.
    Lead,
    /// The user sold something.
    Sale,
}

impl Sense {
    /// Whether it takes a success back.
    pub(crate) fn undoes(self) -> bool {
        matches!(self, Self::Failure | Self::Status("cancelled" | "refunded" | "returned"))
    }
}

/// What happens to a parcel, to its money or to the order itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Delivery,
    Shipping,
    Return,
    Refund,
    Cancellation,
    /// Something else about an order that stands, which says so by itself: its price, its address.
    Change,
    /// The same, which says so only with its outcome.
    Matter,
}
