//! The texts of an order that are kept as somebody states them: each a column of its own.
//!
//! They are named here and nowhere else: readings, states, rows and exports hold them as one, so that a new
//! one is a line here, beside the texts of SQL and a migration.

use serde::{Deserialize, Serialize};

/// Whom a text tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// Who bought: it goes with them when they ask to be forgotten.
    OfBuyer,
    /// The order alone.
    OfOrder,
}

macro_rules! details {
    ($($(#[$doc:meta])* $variant:ident $name:ident $tells:ident,)+) => {
        /// One of the texts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Detail {
            $($(#[$doc])* $variant,)+
        }

        /// Something for each of the texts.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, bound(deserialize = "T: Default + Deserialize<'de>"))]
        pub struct Details<T> {
            $($(#[$doc])* pub $name: T,)+
        }

        impl Detail {
            /// All, in the order of the columns.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$variant),+];

            /// Its column, and its key in JSON and in `[labels]`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($name)),+ }
            }

            const fn tells(self) -> Tells {
                match self { $(Self::$variant => Tells::$tells),+ }
            }
        }

        impl<T> Details<T> {
            /// What belongs to one.
            pub const fn get(&self, detail: Detail) -> &T {
                match detail { $(Detail::$variant => &self.$name),+ }
            }

            /// The place of one.
            pub const fn get_mut(&mut self, detail: Detail) -> &mut T {
                match detail { $(Detail::$variant => &mut self.$name),+ }
            }

            /// Makes something else of each.
            pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Details<U> {
                Details { $($name: make(self.$name)),+ }
            }
        }
    };
}

/// The texts of an order. `None`: nobody stated it.
pub type OrderDetails = Details<Option<String>>;

details! {
    /// The buyer's address, in lower case.
    Email email OfBuyer,
    /// The buyer's name.
    CustomerName customer_name OfBuyer,
    /// Refract's billing profile.
    Profile profile OfBuyer,
    /// Label, host and port of the proxy; never user and password.
    ProxyList proxy_list OfBuyer,
    /// The shop's second number.
    ReferenceNumber reference_number OfOrder,
    /// The carrier's numbers, separated by commas.
    TrackingNumber tracking_number OfOrder,
    /// How it was paid.
    PaymentMethod payment_method OfBuyer,
    /// Where it goes.
    ShippingAddress shipping_address OfBuyer,
    /// How it goes.
    ShippingMethod shipping_method OfOrder,
    /// Free text.
    Notes notes OfBuyer,
    /// Link of the product.
    ProductUrl product_url OfOrder,
    /// Link of the order, without what opens it.
    OrderUrl order_url OfBuyer,
    /// Picture of the product.
    ImageUrl image_url OfOrder,
}

impl Detail {
    /// The one that is called so.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detail| detail.name() == name)
    }

    /// Whether it tells who bought.
    pub fn is_personal(self) -> bool {
        self.tells() == Tells::OfBuyer
    }
}

impl OrderDetails {
    /// Each with its value.
    pub fn pairs(&self) -> impl Iterator<Item = (Detail, Option<&str>)> {
        Detail::ALL.into_iter().map(|detail| (detail, self.get(detail).as_deref()))
    }

    /// Takes over what a later word states. Another tracking number is another parcel, so it stays what it
    /// is here.
    pub fn overlay(&mut self, later: &Self) {
        let stated = |detail: &Detail| *detail != Detail::TrackingNumber;
        for detail in Detail::ALL.into_iter().filter(stated) {
            let (kept, stated) = (self.get_mut(detail), later.get(detail));
            if kept != stated && stated.is_some() {
                kept.clone_from(stated);
            }
        }
    }

    /// Takes over what is missing here.
    pub fn fill(&mut self, other: &Self) {
        for detail in Detail::ALL {
            let value = self.get_mut(detail);
            if value.is_none() {
                value.clone_from(other.get(detail));
            }
        }
    }

    /// Takes out those for which this holds.
    pub fn clear_where(&mut self, holds: impl Fn(Detail, &str) -> bool) {
        for detail in Detail::ALL {
            let value = self.get_mut(detail);
            if value.as_deref().is_some_and(|value| holds(detail, value)) {
                *value = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_word_wins_and_says_nothing_by_silence() {
        let text = |text: &str| Some(text.to_owned());
        let parcel = text("1Z999");
        let mut kept = OrderDetails {
            notes: text("gift"),
            tracking_number: parcel,
            ..OrderDetails::default()
        };
        let later = OrderDetails {
            email: text("a@example.com"),
            tracking_number: text("1Z000"),
            ..OrderDetails::default()
        };
        kept.overlay(&later);
        let said: Vec<_> =
            kept.pairs().filter_map(|(detail, value)| Some((detail.name(), value?))).collect();
        assert_eq!(
            said,
            [("email", "a@example.com"), ("tracking_number", "1Z999"), ("notes", "gift")]
        );
    }

    #[test]
    fn what_is_there_is_not_filled_again() {
        let text = |text: &str| Some(text.to_owned());
        let mut kept = OrderDetails { notes: text("gift"), ..OrderDetails::default() };
        kept.fill(&OrderDetails {
            notes: text("sold"),
            profile: text("Demo"),
            ..OrderDetails::default()
        });
        assert_eq!((kept.notes, kept.profile), (text("gift"), text("Demo")));
    }

    #[test]
    fn what_tells_who_bought_can_be_taken_out() {
        let mut details = OrderDetails::default().map(|_: Option<String>| Some("said".to_owned()));
        details.clear_where(|detail, _| detail.is_personal());
        let left: Vec<_> =
            details.pairs().filter_map(|(detail, value)| value.map(|_| detail.name())).collect();
        assert_eq!(
            left,
            ["reference_number", "tracking_number", "shipping_method", "product_url", "image_url"]
        );
    }
}
