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
    /// An update that names no status itself.
    Update,
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
}

impl Sense {
    /// Whether it takes a success back.
    pub(crate) fn undoes(self) -> bool {
        matches!(self, Self::Failure | Self::Status("cancelled" | "refunded" | "returned"))
    }
}
