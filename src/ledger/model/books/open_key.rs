//! The lines of what is open, and what of a payout is tolerated. Pure.

use crate::order::Currency;
use crate::sheet::Amount;

/// A line of what is open, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenKey {
    /// Verified, processing or shipped, without a parcel, and nothing was received.
    NoTracking,
    /// It has a parcel, is not delivered, and nothing was received.
    OnTheWay,
    /// Delivered, and the buying group has counted nothing.
    DeliveredNotReceived,
    /// The group has counted a part.
    PartReceived,
    /// Received whole, and the group has not verified it.
    Unverified,
    /// Verified, and the group says no payout.
    Unpaid,
    /// The payout is less than the cost.
    Short,
    /// The card's statements were brought, and this one is in none.
    ChargeMissing,
    /// Cancelled and charged, and nothing came back.
    RefundMissing,
    /// In a group's file and of no order.
    ForeignParcels,
}

impl OpenKey {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::NoTracking,
        Self::OnTheWay,
        Self::DeliveredNotReceived,
        Self::PartReceived,
        Self::Unverified,
        Self::Unpaid,
        Self::Short,
        Self::ChargeMissing,
        Self::RefundMissing,
        Self::ForeignParcels,
    ];

    /// Those that have orders in them.
    pub const WITH_ORDERS: [Self; 9] = [
        Self::NoTracking,
        Self::OnTheWay,
        Self::DeliveredNotReceived,
        Self::PartReceived,
        Self::Unverified,
        Self::Unpaid,
        Self::Short,
        Self::ChargeMissing,
        Self::RefundMissing,
    ];

    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoTracking => "no_tracking",
            Self::OnTheWay => "on_the_way",
            Self::DeliveredNotReceived => "delivered_not_received",
            Self::PartReceived => "part_received",
            Self::Unverified => "unverified",
            Self::Unpaid => "unpaid",
            Self::Short => "short",
            Self::ChargeMissing => "charge_missing",
            Self::RefundMissing => "refund_missing",
            Self::ForeignParcels => "foreign_parcels",
        }
    }

    /// Its number in the database.
    pub(crate) fn line(self) -> i64 {
        let place = Self::ALL.iter().position(|known| *known == self).unwrap_or_default();
        i64::try_from(place).unwrap_or_default()
    }

    /// The words for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoTracking => "No tracking number",
            Self::OnTheWay => "On the way",
            Self::DeliveredNotReceived => "Delivered, not received by the group",
            Self::PartReceived => "Received in part",
            Self::Unverified => "Received, not verified",
            Self::Unpaid => "Verified, not paid",
            Self::Short => "Paid less than the cost",
            Self::ChargeMissing => "Not charged to the card",
            Self::RefundMissing => "Cancelled and charged, not refunded",
            Self::ForeignParcels => "In the group's file, of no order",
        }
    }
}

/// By how much a payout may be less than the cost, as queries take it: in minor units of a currency with none, one, two
/// and three decimals, as a JSON array.
pub(crate) fn by_decimals(tolerance: Amount) -> String {
    let minor = |currency| tolerance.money(currency).map_or(0, |money| money.minor);
    let (none, two, three) = (minor(Some(Currency::JPY)), minor(None), minor(Some(Currency::KWD)));
    format!("[{none},{two},{two},{three}]")
}
